"""The ways of a work."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.assignments.models import Work
from orken.kit.states import States, Way

State = Work.State
WORK = States(
    "work",
    State,
    [
        Way("hand_in", _("Hand in"), (State.DRAFT,), State.HANDED_IN, actor="the learner"),
        Way("look", _("Begin to look at it"), (State.HANDED_IN,), State.MARKING, actor="who marks, or learners when it is due"),
        Way("differ", _("The two marks differ"), (State.MARKING,), State.DISPUTED, actor="the second marker"),
        Way("return", _("Return to be done again"), (State.HANDED_IN, State.MARKING, State.DISPUTED, State.DONE), State.RETURNED, actor="who marks"),
        Way("mark", _("Give a mark"), (State.HANDED_IN, State.MARKING, State.DISPUTED), State.DONE, actor="who marks, or the last of the learners"),
        Way("mark_anew", _("Mark anew"), (State.DONE, State.RETURNED), State.DONE, actor="who marks", needs_reason=True),
        Way("void", _("Does not count"), (State.DRAFT,), State.VOID, actor="two records joined"),
    ],
    first=State.DRAFT,
)  # fmt: skip
