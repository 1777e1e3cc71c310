"""What becomes of works and reviews when two persons are joined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orken.assignments.models import Review, Work
from orken.people.models import Person
from orken.people.services import merging
from orken.people.services.merging import Collision, Writing

State = Work.State


def register() -> None:
    merging.register("assignments.Work", "person", Works())
    merging.register("assignments.Review", "reviewer", Reviews())


class Works:
    """Works go over with new numbers after hers; of two drafts at one place the other does not count."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        numbers: dict[tuple[int, str], int] = {}
        drafts: set[tuple[int, str]] = set()
        for assignment, context, number, state in Work.objects.filter(person=writing.kept).values_list("assignment", "context", "number", "state"):  # fmt: skip
            numbers[assignment, context] = max(number, numbers.get((assignment, context), 0))
            if state == State.DRAFT:
                drafts.add((assignment, context))
        for row in Work.objects.filter(person=writing.gone).order_by("number"):
            place = (row.assignment_id, row.context)
            numbers[place] = numbers.get(place, 0) + 1
            changes: dict[str, Any] = {"person_id": writing.kept.pk, "number": numbers[place]}
            if row.state == State.DRAFT and place in drafts:
                changes["state"] = State.VOID.value
            writing.set(Work, row.pk, **changes)


class Reviews:
    """Reviews go over. One that would be of her own work, or the second of one work, is not asked for any more."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        mine = set(Review.objects.filter(reviewer=writing.kept).values_list("work", flat=True))
        for row in Review.objects.filter(reviewer=writing.gone).select_related("work").order_by("pk"):
            open_still = row.state in (Review.State.ASKED, Review.State.BEGUN)
            own = row.work.person_id in (writing.kept.pk, writing.gone.pk)
            if open_still and (own or row.work_id in mine):
                writing.set(Review, row.pk, state=Review.State.LAPSED.value)
            if row.role == Review.Role.PEER and row.work_id in mine:
                continue  # two of one work cannot both be hers: this one stays where it was
            writing.set(Review, row.pk, reviewer_id=writing.kept.pk)
        for row in Review.objects.filter(reviewer=writing.kept, state__in=[Review.State.ASKED, Review.State.BEGUN], work__person__in=[writing.kept, writing.gone]):  # fmt: skip
            writing.set(Review, row.pk, state=Review.State.LAPSED.value)
