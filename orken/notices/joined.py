"""What becomes of letters and wishes when two rows of one woman are joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orken.notices.models import Hours, Preference
from orken.people.models import Person
from orken.people.services import merging
from orken.people.services.merging import Collision, Writing


@dataclass(frozen=True)
class HersStay:
    """Her wishes: those of the one who stays hold; a wish that only the other has goes over."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        has = set(Preference.objects.filter(person=writing.kept).values_list("kind", flat=True))
        for row in Preference.objects.filter(person=writing.gone).exclude(kind__in=has).order_by("pk"):
            writing.set(Preference, row.pk, person_id=writing.kept.pk)


@dataclass(frozen=True)
class HoursStay:
    """Her hours: hers if she has chosen any, else the other's."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        if not Hours.objects.filter(person=writing.kept).exists():
            for row in Hours.objects.filter(person=writing.gone):
                writing.set(Hours, row.pk, person_id=writing.kept.pk)


def register() -> None:
    merging.register("notices.Notice", "person")
    merging.register("notices.Preference", "person", HersStay())
    merging.register("notices.Hours", "person", HoursStay())
