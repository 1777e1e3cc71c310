"""How the questions of an exercise do, once enough people have answered: facility and discrimination. Pure but for one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from orken.attempts.models import Attempt, AttemptItem
from orken.questions.models import Exercise

ENOUGH = 10  # answers, before a figure says anything and no answer of one person shows through


@dataclass(frozen=True)
class Figures:
    """`facility`: the mean share of the mark, 0 to 1; `discrimination`: how far those who are good at the rest are good
    at this one, −1 to 1; None where all did alike."""

    label: str
    kind: str
    answers: int
    facility: float | None = None
    discrimination: float | None = None

    @property
    def enough(self) -> bool:
        return self.facility is not None

    @property
    def remark(self) -> str:
        """A word for whoever mends questions: «easy», «hard», «reversed» or nothing."""
        if self.facility is None:
            return ""
        if self.discrimination is not None and self.discrimination < 0:
            return "reversed"
        return "easy" if self.facility > 0.95 else "hard" if self.facility < 0.2 else ""


def of_exercise(exercise: Exercise) -> list[Figures]:
    """Each question of its sittings, in the order of its first place; first attempts alone, so that nobody counts twice."""
    rows = (
        AttemptItem.objects.filter(attempt__exercise=exercise, attempt__state=Attempt.State.DONE, attempt__number=1, share__isnull=False)
        .select_related("question").order_by("attempt", "position")
    )  # fmt: skip
    marks: dict[int, dict[int, tuple[float, float]]] = {}
    called: dict[int, tuple[str, str]] = {}
    for row in rows:
        if row.question is None:
            continue
        question = row.question.question_id
        called.setdefault(question, (row.question.label, row.kind))
        marks.setdefault(row.attempt_id, {})[question] = (float(row.share or 0), float(row.mark))
    return [Figures(label, kind, *_figures(question, list(marks.values()))) for question, (label, kind) in called.items()]  # fmt: skip


def _figures(question: int, sittings: Sequence[dict[int, tuple[float, float]]]) -> tuple[int, float | None, float | None]:  # fmt: skip
    answered = [one for one in sittings if question in one]
    if len(answered) < ENOUGH:
        return len(answered), None, None
    shares = [one[question][0] for one in answered]
    rest = [_rest(one, question) for one in answered]
    return len(answered), round(sum(shares) / len(shares), 4), correlation(shares, rest)


def _rest(sitting: dict[int, tuple[float, float]], question: int) -> float:
    """What she got for everything else, as a share: the question itself would speak for itself."""
    others = [(share * mark, mark) for key, (share, mark) in sitting.items() if key != question]
    whole = sum(mark for _got, mark in others)
    return sum(got for got, _mark in others) / whole if whole else 0.0


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's coefficient; None where one of them does not vary."""
    n = len(first)
    mean_a, mean_b = sum(first) / n, sum(second) / n
    a = sum((one - mean_a) ** 2 for one in first)
    b = sum((one - mean_b) ** 2 for one in second)
    if a < 1e-12 or b < 1e-12:
        return None
    return round(sum((x - mean_a) * (y - mean_b) for x, y in zip(first, second, strict=True)) / sqrt(a * b), 4)
