"""A sitting as its pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse

from orken.attempts import selectors
from orken.attempts.algebra import OVER, ItemState
from orken.attempts.models import Attempt, AttemptItem, Step
from orken.questions import kinds
from orken.questions.models import Behaviour, Reveal
from orken.questions.showing import AnswerRefused, Item, Verdict, instrument, judge
from orken.questions.showing import item as drawn


@dataclass(frozen=True)
class Beside:
    """An answer that is kept beside the one that stands."""

    seq: int
    at: Any
    lines: list[str]


@dataclass(frozen=True)
class Shown:
    """A question of the sheet with what may be seen of it."""

    row: AttemptItem
    item: Item
    verdict: Verdict | None = None
    beside: list[Beside] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)

    @property
    def over(self) -> bool:
        return self.row.state in OVER

    @property
    def by_a_person(self) -> bool:
        """Of a kind that a person marks: what she is to look for is no right answer for a learner."""
        return is_own(self.row) and kinds.of(self.row.kind).by_hand

    @property
    def answered(self) -> bool:
        return self.row.answer is not None


def name_of(row: AttemptItem) -> str:
    return f"q{row.position}"


def sheet(attempt: Attempt, rows: Sequence[AttemptItem], *, shut: bool) -> list[Shown]:
    """The questions in their order; checked ones with their verdict, where the exercise checks at once."""
    kept = selectors.branches(rows)
    at_once = attempt.version.behaviour in (Behaviour.IMMEDIATE, Behaviour.RETRY)
    found = []
    for row in rows:
        verdict = verdict_of(row) if at_once and row.tries else None
        beside = [Beside(step.seq, step.client_time, in_words(row, step.payload.get("answer"))) for step in kept.get(row.pk, [])]  # fmt: skip
        standing = in_words(row, row.answer) if beside else []
        found.append(Shown(row, item_of(attempt, row, shut=shut or row.state in OVER), verdict, beside, standing))
    return found


def item_of(attempt: Attempt, row: AttemptItem, *, shut: bool) -> Item:
    address = reverse("attempts:item", args=[attempt.uid, row.position])
    return drawn(row.kind, row.asked, row.seed, row.answer, name_of(row), save_url=address, shut=shut)


def on_its_page(one: Shown) -> Shown:
    """A question as its own page shows it: an instrument of a school with everything that it needs."""
    return replace(one, item=instrument(one.item, one.row.asked, one.row.seed, one.row.answer))


def verdict_of(row: AttemptItem) -> Verdict | None:
    """What the answer that stands is worth, in words, for whoever may see it; None when it cannot be read."""
    try:
        return judge(row.kind, row.asked, row.seed, row.answer)
    except (AnswerRefused, KeyError):
        return None


def in_words(row: AttemptItem, answer: Any) -> list[str]:
    """An answer in words, a line each."""
    if answer is None:
        return []
    try:
        return judge(row.kind, row.asked, row.seed, answer).answered or [str(answer)]
    except (AnswerRefused, KeyError):
        return [str(one) for one in answer.values()] if isinstance(answer, dict) else [str(answer)]


def reveals(attempt: Attempt, standing: selectors.Standing) -> bool:
    """Whether right answers are shown: by the rule of the exercise."""
    if attempt.state == Attempt.State.OPEN:
        return False
    rule = attempt.version.reveal
    return rule == Reveal.AT_ONCE or (rule == Reveal.AT_LAST and (standing.passed or standing.left == 0))


def takes_files(row: AttemptItem) -> bool:
    return row.kind == "question.file"


def is_own(row: AttemptItem) -> bool:
    """Whether it fits into a sheet of many: another app's instrument has a page of its own."""
    return row.kind in kinds.BY_CODE


def open_states() -> tuple[str, ...]:
    return (ItemState.TODO, ItemState.INVALID, ItemState.ANSWERED, ItemState.AGAIN)


__all__ = ["Beside", "Shown", "Step", "in_words", "is_own", "item_of", "name_of", "on_its_page", "reveals", "sheet", "takes_files", "verdict_of"]  # fmt: skip
