"""What becomes of posts and roles when two persons are joined, and what has to be kept of a person who wants to be erased."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.network.models import Appointment, RoleAssignment, Transfer
from orken.people.models import Person
from orken.people.services import merging, rights
from orken.people.services.merging import GONE, Collision, Writing

MAIN, COMBINED = Appointment.Employment.MAIN, Appointment.Employment.COMBINED


def register() -> None:
    merging.register("network.Appointment", "person", Appointments())
    merging.register("network.RoleAssignment", "person", Roles())
    merging.register("network.StaffRow", "person")
    merging.register("network.Transfer", "person", Transfers())
    rights.register_duty(duties)


class Appointments:
    """Posts go over. Two main posts at one time: somebody says which is the main one, the other becomes combined.

    The very same post in the same library counts once: the row of the one who goes is struck out where
    the days overlap.
    """

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        for mine, theirs in self._overlapping(kept, gone):
            if self._twin(mine, theirs) or MAIN not in (mine.employment, theirs.employment):
                continue
            if mine.employment == theirs.employment == MAIN:
                yield Collision(
                    f"main:{mine.pk}:{theirs.pk}",
                    _("Which of the two posts is her main one?"),
                    _told(mine),
                    _told(theirs),
                )

    def move(self, writing: Writing) -> None:
        for mine, theirs in self._overlapping(writing.kept, writing.gone):
            if self._twin(mine, theirs):
                # The longer of two rows about one post stands; the other is struck out, not lost.
                loser = theirs if _covers(mine, theirs) else mine
                writing.set(Appointment, loser.pk, superseded_at=writing.now)
            elif mine.employment == theirs.employment == MAIN:
                loser = mine if writing.answer(f"main:{mine.pk}:{theirs.pk}") == GONE else theirs
                writing.set(Appointment, loser.pk, employment=COMBINED)
        for pk in Appointment.objects.filter(person=writing.gone).values_list("pk", flat=True):
            writing.set(Appointment, pk, person_id=writing.kept.pk)

    def _overlapping(self, kept: Person, gone: Person) -> list[tuple[Appointment, Appointment]]:
        rows = Appointment.objects.live().filter(person__in=[kept, gone]).select_related("unit", "post").order_by("pk")
        mine = [row for row in rows if row.person_id == kept.pk]
        return [(one, other) for one in mine for other in rows if other.person_id == gone.pk and _same_days(one, other)]

    def _twin(self, one: Appointment, other: Appointment) -> bool:
        return (one.unit_id, one.post_id) == (other.unit_id, other.post_id)


class Roles:
    """Roles go over; the same role over the same unit counts once."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        mine = list(RoleAssignment.objects.live().filter(person=writing.kept))
        for row in RoleAssignment.objects.filter(person=writing.gone):
            twins = (one for one in mine if (one.role, one.unit_id) == (row.role, row.unit_id) and _same_days(one, row))
            if row.superseded_at is None and next(twins, None) is not None:
                writing.set(RoleAssignment, row.pk, superseded_at=writing.now)
            writing.set(RoleAssignment, row.pk, person_id=writing.kept.pk)


class Transfers:
    """Requests go over; of two that wait at one library the one of the row that goes is taken back."""

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        waiting = Transfer.objects.filter(person=writing.kept, state=Transfer.State.ASKED)
        units = set(waiting.values_list("unit_id", flat=True))
        for row in Transfer.objects.filter(person=writing.gone):
            if row.state == Transfer.State.ASKED and row.unit_id in units:
                writing.set(Transfer, row.pk, state=Transfer.State.WITHDRAWN, answered_at=writing.now)
            writing.set(Transfer, row.pk, person_id=writing.kept.pk)


def _same_days(one: Appointment | RoleAssignment, other: Appointment | RoleAssignment) -> bool:
    return (one.valid_to is None or one.valid_to > other.valid_from) and (
        other.valid_to is None or other.valid_to > one.valid_from
    )


def _covers(one: Appointment, other: Appointment) -> bool:
    return one.valid_from <= other.valid_from and (
        one.valid_to is None or (other.valid_to is not None and one.valid_to >= other.valid_to)
    )


def _told(row: Appointment) -> str:
    return f"{row.post.title} · {row.unit.name}"


def duties(person: Person) -> Iterable[str | Promise]:
    """What the labour law and the library's papers make the network keep."""
    if Appointment.objects.filter(person=person, superseded_at=None).exists():
        yield _(
            "Posts held in a library: counted in the yearly statistics and kept as long as the papers of the staff."
        )
    if RoleAssignment.objects.filter(person=person).exists():
        yield _("Roles held in this system: who decided what must stay known.")
