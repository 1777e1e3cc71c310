"""What becomes of invitations when two persons are joined, and when one is erased."""

from __future__ import annotations

from collections.abc import Iterable

from orken.people.models import Person
from orken.people.services import merging
from orken.people.services.merging import Collision, Writing
from orken.surveys.models import Invitation


def register() -> None:
    merging.register("surveys.Invitation", "person", Ways())


class Ways:
    """Invitations go over. Asked twice in one survey: both stay, the other without a way to the sheet.

    Which of the two was used is a fact of a sheet that leads to nobody, so nothing is asked and nothing is taken.
    """

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        mine = set(Invitation.objects.filter(person=writing.kept).values_list("survey", flat=True))
        for row in Invitation.objects.filter(person=writing.gone):
            if row.survey_id not in mine:
                writing.set(Invitation, row.pk, person_id=writing.kept.pk)
