"""What becomes of applications, enrolments and teaching when two persons are joined."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.people.models import Person
from orken.people.services import merging, rights
from orken.people.services.merging import GONE, Collision, Writing
from orken.training.models import Applicant, Enrolment, Session, Trainer
from orken.training.services import deciding


def register() -> None:
    merging.register("training.Applicant", "person", Applications())
    merging.register("training.Enrolment", "person")
    merging.register("training.Trainer", "person", Teaching())
    rights.register_duty(duties)


class Applications:
    """Applications go over. Both applied to one run: somebody says which of the two stands; the other is withdrawn,

    and stays so when the merge is undone: her seat may have gone to whoever waited.
    """

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        for mine, theirs in self._twice(kept, gone):
            yield Collision(
                f"applied:{mine.pk}:{theirs.pk}",
                _("Both applied to one run. Which of the two stands?"),
                _told(mine),
                _told(theirs),
            )

    def move(self, writing: Writing) -> None:
        for mine, theirs in self._twice(writing.kept, writing.gone):
            loser = mine if writing.answer(f"applied:{mine.pk}:{theirs.pk}") == GONE else theirs
            deciding.end_as_twin(loser)
        for pk in Applicant.objects.filter(person=writing.gone).values_list("pk", flat=True):
            writing.set(Applicant, pk, person_id=writing.kept.pk)

    def _twice(self, kept: Person, gone: Person) -> list[tuple[Applicant, Applicant]]:
        live = Applicant.objects.filter(state__in=Applicant.LIVE).select_related("run__host", "unit", "pool__unit")
        mine = {row.run_id: row for row in live.filter(person=kept)}
        return [(mine[row.run_id], row) for row in live.filter(person=gone).order_by("pk") if row.run_id in mine]


class Teaching:
    """Invitations to teach and the sessions that she teaches go over; asked twice to one run counts once."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        mine = set(Trainer.objects.filter(person=writing.kept).values_list("run", flat=True))
        for row in Trainer.objects.filter(person=writing.gone):
            if row.run_id not in mine:
                writing.set(Trainer, row.pk, person_id=writing.kept.pk)
        link = Session.trainers.through
        sittings = set(link.objects.filter(person=writing.kept).values_list("session", flat=True))
        for pk, session in link.objects.filter(person=writing.gone).values_list("pk", "session"):
            if session not in sittings:
                writing.set(link, pk, person_id=writing.kept.pk)


def _told(row: Applicant) -> str:
    return f"{row.run.title} · {row.unit.name} · {row.get_state_display()}"


def duties(person: Person) -> Iterable[str | Promise]:
    """What the papers of learning make the office keep."""
    if Enrolment.objects.filter(person=person).exists():
        yield _("Courses taken: they stand in orders and registers.")
