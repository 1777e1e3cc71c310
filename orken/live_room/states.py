"""The states of a room, of a question and of a poll (drawn in docs/states/)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.states import States, Way
from orken.live_room import providers
from orken.live_room.models import Poll, Question, Room

Text = str | Promise
R, Q, P = Room.State, Question.State, Poll.State
ANY = (Q.SUBMITTED, Q.HELD, Q.VISIBLE, Q.STAGE, Q.LIVE, Q.WRITING)


def run_lives(room: Room) -> Text | None:
    """What was held stands: the room of a run that is closed or called off is not opened any more."""
    run = room.session.run
    if run.is_live and room.session.cancelled_at is None:
        return None
    return _("The state of the run: %(state)s.") % {"state": run.get_state_display()}


def picture_is_settled(room: Room) -> Text | None:
    """Whoever opens the doors has said where the picture comes from."""
    return providers.of(room).lacks(room)


def not_merged(question: Question) -> Text | None:
    if question.merged_into_id is None:
        return None
    return _("It was joined with another question.")


def has_answer(question: Question) -> Text | None:
    if question.answer:
        return None
    return _("Write the answer first.")


def has_two_answers(poll: Poll) -> Text | None:
    if poll.options.count() >= 2:
        return None
    return _("A poll needs two answers to choose from.")


ROOM = States(
    "live_room",
    R,
    [
        Way("green", _("Open the green room"), (R.PLANNED,), R.GREEN, (run_lives,), actor="moderator"),
        Way("open", _("Open the doors"), (R.PLANNED, R.GREEN), R.OPEN, (run_lives, picture_is_settled), actor="moderator"),
        Way("end", _("End the meeting"), (R.GREEN, R.OPEN), R.OVER, actor="moderator", grave=True),
        Way("reopen", _("Open again"), (R.OVER,), R.OPEN, (run_lives,), actor="moderator"),
    ],
    first=R.PLANNED,
)  # fmt: skip
QUESTION = States(
    "live_question",
    Q,
    [
        Way("show", pgettext_lazy("a question", "Show"), (Q.SUBMITTED, Q.HELD), Q.VISIBLE, actor="moderator"),
        Way("hold", pgettext_lazy("a question", "Hold"), (Q.SUBMITTED, Q.VISIBLE), Q.HELD, actor="moderator"),
        Way("stage", pgettext_lazy("a question", "To the stage"), (Q.SUBMITTED, Q.HELD, Q.VISIBLE), Q.STAGE, actor="moderator"),
        Way("leave", pgettext_lazy("a question", "Off the stage"), (Q.STAGE,), Q.VISIBLE, actor="moderator"),
        Way("live", pgettext_lazy("a question", "Answered live"), (Q.STAGE, Q.VISIBLE), Q.LIVE, actor="moderator"),
        Way("write", pgettext_lazy("a question", "Answer in writing"), ANY, Q.WRITING, (has_answer,), actor="moderator, speaker of the talk"),
        Way("archive", pgettext_lazy("a question", "Archive"), ANY, Q.ARCHIVED, actor="moderator; whoever asked, before it is shown"),
        Way("reopen", pgettext_lazy("a question", "Take up again"), (Q.ARCHIVED,), Q.HELD, (not_merged,), actor="moderator"),
    ],
    first=Q.SUBMITTED,
)  # fmt: skip
POLL = States(
    "live_poll",
    P,
    [
        Way("open", pgettext_lazy("a poll", "Open"), (P.DRAFT,), P.OPEN, (has_two_answers,), actor="moderator"),
        Way("close", pgettext_lazy("a poll", "Close"), (P.OPEN,), P.CLOSED, actor="moderator"),
        Way("archive", pgettext_lazy("a poll", "Archive"), (P.DRAFT, P.CLOSED), P.ARCHIVED, actor="moderator"),
    ],
    first=P.DRAFT,
)  # fmt: skip
ALL = (ROOM, QUESTION, POLL)
