"""How learners stand to assignments: everybody at once, in two queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from orken.assignments.models import Assignment, Work
from orken.people.models import Person

State = Work.State


@dataclass(frozen=True)
class Standing:
    """`left`: how many more times she may hand in; `last` is her newest try."""

    passed: bool = False
    best: Decimal | None = None
    left: int = 0
    last: Work | None = None

    @property
    def waiting(self) -> bool:
        return self.last is not None and self.last.is_waiting

    @property
    def draft(self) -> bool:
        return self.last is not None and self.last.is_draft


def standings(
    people: Collection[Person], assignments: Collection[Assignment], contexts: Collection[str]
) -> Mapping[tuple[int, int, str], Standing]:
    """By person, assignment and place; one query for the works. `assignments` have their published version at hand."""
    made: dict[tuple[int, int, str], list[Work]] = defaultdict(list)
    rows = Work.objects.filter(person__in=people, assignment__in=assignments, context__in=contexts)
    for row in rows.exclude(state=State.VOID).select_related("version").defer("text", "prints").order_by("number"):
        made[row.person_id, row.assignment_id, row.context].append(row)
    return {
        (person.pk, assignment.pk, context): _standing(assignment, made.get((person.pk, assignment.pk, context), []))
        for person in people
        for assignment in assignments
        for context in contexts
    }


def _standing(assignment: Assignment, works: list[Work]) -> Standing:
    scores = [one.score for one in works if one.is_closed and one.score is not None]
    last = works[-1] if works else None
    version = last.version if last is not None else assignment.published
    used = last.number if last is not None else 0
    over = last is not None and last.state == State.DONE
    left = 0 if over or version is None else max(0, 1 + version.resubmissions - used)
    return Standing(any(one.state == State.DONE and one.passed for one in works), max(scores, default=None), left, last)


def own(person: Person) -> QuerySet[Work]:
    """Her works, the newest first."""
    rows = Work.objects.filter(person=person).exclude(state=State.VOID).select_related("version", "assignment")
    return rows.defer("text", "prints").order_by("-opened_at", "-pk")


def tries(person: Person, assignment: Assignment, context: str) -> list[Work]:
    """Her tries at one place, the newest first."""
    rows = Work.objects.filter(person=person, assignment=assignment, context=context).exclude(state=State.VOID)
    return list(rows.select_related("version").defer("prints").order_by("-number"))
