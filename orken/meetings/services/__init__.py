"""The verbs of meetings. Other apps call them from here."""

from orken.meetings.services.common import EditedMeanwhile, NotAMeeting, WayIsClosed
from orken.meetings.services.guests import (
    add_guest,
    drop_guest,
    forget_guest,
    guest_answers,
    guest_of_speaker,
    note_minutes,
    reopen_guest,
)
from orken.meetings.services.institutions import (
    TooManyAtOnce,
    count_heads,
    list_outsider,
    list_units,
)
from orken.meetings.services.institutions import answer as answer_for_institution
from orken.meetings.services.institutions import change as change_institution
from orken.meetings.services.institutions import invite as invite_institution
from orken.meetings.services.institutions import strike as strike_institution
from orken.meetings.services.programme import (
    NotAccepted,
    NothingChanged,
    NotReady,
    SectionStands,
    WrongSession,
    drop_section,
    place,
    put_section,
    release,
    take_out,
    tell_of,
)
from orken.meetings.services.speakers import (
    TakenAlready,
    change_speaker,
    claim,
    drop_speaker,
    name_person,
    name_speaker,
    read_register,
)
from orken.meetings.services.speakers import answer as answer_as_speaker
from orken.meetings.services.speakers import ask as ask_speaker
from orken.meetings.services.speaking import certify_speakers, prefix_of, source_of_run
from orken.meetings.services.talks import (
    CallIsClosed,
    ReasonIsMissing,
    TooMany,
    add_file,
    change_talk,
    decide,
    drop_file,
    invite_talk,
    look_at,
    propose,
    show_file,
)

__all__ = [
    "CallIsClosed",
    "EditedMeanwhile",
    "NotAMeeting",
    "NotAccepted",
    "NotReady",
    "NothingChanged",
    "ReasonIsMissing",
    "SectionStands",
    "TakenAlready",
    "TooMany",
    "TooManyAtOnce",
    "WayIsClosed",
    "WrongSession",
    "add_file",
    "add_guest",
    "answer_as_speaker",
    "answer_for_institution",
    "ask_speaker",
    "certify_speakers",
    "change_institution",
    "change_speaker",
    "change_talk",
    "claim",
    "count_heads",
    "decide",
    "drop_file",
    "drop_guest",
    "drop_section",
    "drop_speaker",
    "forget_guest",
    "guest_answers",
    "guest_of_speaker",
    "invite_institution",
    "invite_talk",
    "list_outsider",
    "list_units",
    "look_at",
    "name_person",
    "name_speaker",
    "note_minutes",
    "place",
    "prefix_of",
    "propose",
    "put_section",
    "read_register",
    "release",
    "reopen_guest",
    "show_file",
    "source_of_run",
    "strike_institution",
    "take_out",
    "tell_of",
]
