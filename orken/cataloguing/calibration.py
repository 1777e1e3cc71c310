"""Whether the experts of a task agree well enough for it to judge anybody.

Real records of one book by two professionals score 68 on the average against each other, so a task with
one expert fails good work. A task may be published only when every expert, graded against the others and
the stated variants, gets at least 85.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orken.cataloguing.grading import Expert, Marked, Terms, grade

AGREED = 85.0


@dataclass(frozen=True)
class Agreement:
    """Each expert's mark against the others, in their order."""

    marks: tuple[Marked, ...]

    @property
    def scores(self) -> tuple[float, ...]:
        return tuple(mark.score for mark in self.marks)

    @property
    def least(self) -> float:
        return min(self.scores, default=0.0)

    @property
    def publishable(self) -> bool:
        return len(self.marks) >= 2 and self.least >= AGREED


def agreement(experts: Sequence[Expert], terms: Terms | None = None) -> Agreement:
    """Grade each expert against all the others; two at least, else nobody agrees with anybody."""
    if len(experts) < 2:
        return Agreement(())
    marks = []
    for place, one in enumerate(experts):
        others = [other for number, other in enumerate(experts) if number != place]
        marks.append(grade(one.description, others, issues=one.issues, terms=terms))
    return Agreement(tuple(marks))
