"""The kinds of question, one module each, registered with curriculum; whoever runs them is unknown here."""

from __future__ import annotations

from orken.curriculum import kinds
from orken.questions.kinds.base import QuestionKind
from orken.questions.kinds.choice import Choice
from orken.questions.kinds.essay import Essay
from orken.questions.kinds.gaps import Gaps
from orken.questions.kinds.handin import HandIn
from orken.questions.kinds.hotspot import HotSpot
from orken.questions.kinds.matching import Matching
from orken.questions.kinds.numeric import Numeric
from orken.questions.kinds.ordering import Ordering
from orken.questions.kinds.several import Several
from orken.questions.kinds.short import Short
from orken.questions.kinds.sorting import Sorting
from orken.questions.kinds.truth import Truth

ALL: tuple[QuestionKind, ...] = (
    Choice(), Several(), Truth(), Short(), Numeric(), Matching(), Ordering(), Gaps(), Sorting(), HotSpot(), Essay(), HandIn(),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in ALL}


def register_all() -> None:
    for kind in ALL:
        kinds.register(kind)


def of(code: str) -> QuestionKind:
    """A kind of the bank. Raises KeyError for kinds of other apps: these are slots of an exercise, not questions of a bank."""
    return BY_CODE[code]


def choices() -> list[tuple[str, str]]:
    return [(kind.code, str(kind.label)) for kind in ALL]
