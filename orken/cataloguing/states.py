"""The states of a mark that waits for a person, in one table."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.cataloguing.models import HeldMark
from orken.kit.states import States, Way

S = HeldMark.State
TEACHER, LEARNER = "who teaches at the school, and not on her own mark", "who sent it"
HELD_MARK = States(
    "held-mark",
    S,
    [
        Way("confirm", _("Confirm the mark"), (S.WAITING,), S.CONFIRMED, actor=TEACHER),
        Way("change", _("Give another mark"), (S.WAITING,), S.CHANGED, actor=TEACHER, needs_reason=True),
        Way("withdraw", _("Take it back"), (S.WAITING,), S.WITHDRAWN, actor=LEARNER),
    ],
    first=S.WAITING,
)
