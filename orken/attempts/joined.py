"""What becomes of sittings when two persons are joined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orken.attempts.models import Attempt
from orken.people.models import Person
from orken.people.services import merging
from orken.people.services.merging import Collision, Writing

State = Attempt.State


def register() -> None:
    merging.register("attempts.Attempt", "person", Sittings())
    merging.register("attempts.Allowance", "person")


class Sittings:
    """Sittings go over with new numbers after hers; of two that are open at one place the other ends and does not count."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        mine = Attempt.objects.filter(person=writing.kept).values_list("exercise", "context", "number", "state")
        numbers: dict[tuple[int, str], int] = {}
        going_on: set[tuple[int, str]] = set()
        for exercise, context, number, state in mine:
            numbers[exercise, context] = max(number, numbers.get((exercise, context), 0))
            if state == State.OPEN:
                going_on.add((exercise, context))
        for row in Attempt.objects.filter(person=writing.gone).order_by("number"):
            place = (row.exercise_id, row.context)
            numbers[place] = numbers.get(place, 0) + 1
            changes: dict[str, Any] = {"person_id": writing.kept.pk, "number": numbers[place]}
            if row.state == State.OPEN and place in going_on:
                changes |= {"state": State.VOID.value, "ended": Attempt.End.JOINED.value, "closed_at": writing.now, "look_at": None}  # fmt: skip
            writing.set(Attempt, row.pk, **changes)
