"""The states of a talk and of an institution that is asked to take part (drawn in docs/states/)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.states import States, Way, WayIsClosed
from orken.meetings.models import Institution, Meeting, Speaker, Talk
from orken.training.models import Run

LOOKS = 2  # so many have looked before a proposal is decided
Text = str | Promise
T = Talk.State
I = Institution.State  # noqa: E741  # as short as its neighbour


def not_over(talk: Talk) -> Text | None:
    """What was held stands: talks of a meeting that is closed or called off are not decided any more."""
    return as_it_stands(talk.meeting)


def as_it_stands(meeting: Meeting) -> Text | None:
    if meeting.run.is_live:
        return None
    return _("The state of the run: %(state)s.") % {"state": meeting.run.get_state_display()}


def two_have_looked(talk: Talk) -> Text | None:
    have = len({look.by_id for look in talk.looks.all()})
    if have >= LOOKS:
        return None
    return _("%(have)s of %(need)s have looked at it.") % {"have": have, "need": LOOKS}


def not_held_yet(talk: Talk) -> Text | None:
    """Once the meeting goes on its programme is what was heard; who did not speak is noted on the release."""
    if talk.meeting.run.state in (Run.State.TENTATIVE, Run.State.CONFIRMED):
        return None
    return _("The meeting has begun.")


TALK = States(
    "talk",
    T,
    [
        Way("look", _("Look at it"), (T.PROPOSED, T.REVIEW), T.REVIEW, (not_over,), actor="organiser, trainers of the run"),
        Way("accept", _("Accept"), (T.PROPOSED, T.REVIEW), T.ACCEPTED, (not_over, two_have_looked), actor="organiser"),
        Way("decline", _("Decline"), (T.PROPOSED, T.REVIEW), T.DECLINED, (not_over, two_have_looked), actor="organiser", needs_reason=True, grave=True),
        Way("reopen", _("Look at it again"), (T.DECLINED,), T.REVIEW, (not_held_yet,), actor="organiser"),
        Way("withdraw", _("Withdraw"), (T.PROPOSED, T.REVIEW, T.ACCEPTED), T.WITHDRAWN, (not_held_yet,), actor="speaker, organiser", needs_reason=True, grave=True),
    ],
    first=T.PROPOSED,
)  # fmt: skip


def still_live(institution: Institution) -> Text | None:
    return as_it_stands(institution.meeting)


INSTITUTION = States(
    "institution",
    I,
    [
        Way("invite", _("Invite"), (I.LISTED, I.INVITED), I.INVITED, (still_live,), actor="organiser"),
        Way("come", _("Takes part"), (I.LISTED, I.INVITED, I.DECLINES, I.COMES), I.COMES, (still_live,), actor="its library, organiser"),
        Way("stay_away", _("Does not take part"), (I.LISTED, I.INVITED, I.COMES, I.DECLINES), I.DECLINES, (still_live,), actor="its library, organiser", needs_reason=True),
    ],
    first=I.LISTED,
)  # fmt: skip
ALL = (TALK, INSTITUTION)


def check_live(meeting: Meeting, way: str) -> None:
    """Raises WayIsClosed when the run is over: its programme and its institutions stand as they were."""
    if (reason := as_it_stands(meeting)) is not None:
        raise WayIsClosed(way, [reason])


def check_naming(speaker: Speaker, way: str) -> None:
    """Names and posts are those of the meeting's day: they are put right until it is closed."""
    check_live(speaker.meeting, way)
