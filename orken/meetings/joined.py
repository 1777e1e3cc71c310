"""What becomes of speakers when two persons are joined, and what must be kept of one who is erased."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.meetings.models import Speaker
from orken.people.models import Person
from orken.people.services import merging, rights
from orken.people.services.merging import Collision, Writing


def register() -> None:
    merging.register("meetings.Speaker", "person", Speaking())
    rights.register_duty(duties)


class Speaking:
    """Her places in programmes go over. Where both stand in one programme it named both: the second row stays with the one who goes,

    for a released programme is not rewritten; no pair needs a decision.
    """

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        mine = set(Speaker.objects.filter(person=writing.kept).values_list("meeting", flat=True))
        for row in Speaker.objects.filter(person=writing.gone):
            if row.meeting_id not in mine:
                writing.set(Speaker, row.pk, person_id=writing.kept.pk)


def duties(person: Person) -> Iterable[str | Promise]:
    """A programme that was released names whoever spoke, as long as it is kept."""
    if Speaker.objects.filter(person=person, meeting__releases__isnull=False).exists():
        yield _("Talks at meetings: a released programme names those who spoke.")
