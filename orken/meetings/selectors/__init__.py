"""Reading meetings, by subject; pages and other apps read from here."""

from orken.meetings.selectors.facts import event_facts
from orken.meetings.selectors.institutions import (
    Figures,
    below,
    figures,
    guests_of,
    institutions_of,
)
from orken.meetings.selectors.institutions import asked as invitations_of
from orken.meetings.selectors.programme import (
    ZONES,
    Draft,
    blocks,
    draft,
    givers,
    latest,
    meeting_of,
    next_start,
    releases,
    sections_of,
    with_latest,
)
from orken.meetings.selectors.talks import (
    as_of,
    asked,
    decidable,
    institution_as_of,
    mine,
    remarks,
    speakers_of,
    talk_for,
    talks_of,
    waiting_for_her_look,
)

__all__ = [
    "ZONES",
    "Draft",
    "Figures",
    "as_of",
    "asked",
    "below",
    "blocks",
    "decidable",
    "draft",
    "event_facts",
    "figures",
    "givers",
    "guests_of",
    "institution_as_of",
    "institutions_of",
    "invitations_of",
    "latest",
    "meeting_of",
    "mine",
    "next_start",
    "releases",
    "remarks",
    "sections_of",
    "speakers_of",
    "talk_for",
    "talks_of",
    "waiting_for_her_look",
    "with_latest",
]
