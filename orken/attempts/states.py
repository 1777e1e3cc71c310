"""The ways of an attempt."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.attempts.models import Attempt
from orken.kit.states import States, Way

State = Attempt.State
ATTEMPT = States(
    "attempt",
    State,
    [
        Way("hand_in", _("Hand in"), (State.OPEN,), None, actor="the learner"),
        Way("time_out", _("The time is up"), (State.OPEN,), None, actor="the clock"),
        Way("mark", _("Mark the last answer"), (State.WAITING,), State.DONE, actor="who marks"),
        Way("regrade", _("Mark anew"), (State.WAITING, State.DONE), None, actor="who marks", needs_reason=True),
        Way("void", _("Does not count"), (State.OPEN, State.WAITING, State.DONE), State.VOID, actor="two records joined"),
    ],
    first=State.OPEN,
)  # fmt: skip
