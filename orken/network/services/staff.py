"""The verbs about people in units: posts and roles, from a day and up to a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.kit.search import services as search
from orken.network import events, kinds, policy
from orken.network.models import Appointment, Post, RoleAssignment, Unit, UnitPlace
from orken.network.policy import Scope
from orken.network.refusals import (
    AsksFirst,
    BornLater,
    EndedAlready,
    EndsBeforeItBegan,
    GoneMeanwhile,
    PostIsTaken,
    RoleIsHeld,
    RoleNotHere,
    UnitNotOpen,
)
from orken.network.roles import PERMISSIONS, Permission, Role
from orken.people.models import Account, Person


@transaction.atomic
def appoint(
    *,
    person: Person,
    unit: Unit,
    post: Post,
    on: date,
    by: Account | None,
    until: date | None = None,
    employment: str = Appointment.Employment.MAIN,
    rate: Decimal = Decimal("1.00"),
    batch: UUID | None = None,
) -> Appointment:
    """Appoint `person` to `post` in `unit` from the day `on`.

    Whoever works under another's care comes by a request of transfer (decision 0044). Raises AsksFirst,
    UnitNotOpen, BornLater, and PostIsTaken for a second main post or the same post twice on one day.
    """
    if by is not None:
        policy.require(by, Permission.STAFF_EDIT, unit)
    appointment = place(
        person=person, unit=unit, post=post, on=on, by=by, until=until, employment=employment, rate=rate, batch=batch,
        care=policy.scope(by, Permission.STAFF_EDIT) if by is not None else None,
    )  # fmt: skip
    events.appointed.send(sender=Appointment, appointment=appointment, by=by)
    return appointment


def works_elsewhere(person: Person, scope: Scope) -> bool:
    """Whether she holds a post, today's or a coming one, and none of them stands in `scope`."""
    standing = Appointment.objects.live().filter(person=person).exclude(valid_to__lte=timezone.localdate())
    return standing.exists() and not standing.filter(scope.q("unit__path")).exists()


def lock_unit(unit: Unit) -> Unit:
    """Lock a library before the person who is to work there: every verb that writes a post takes the two in this order.

    Rows that only point to the library, an ended post for one, do not wait for this lock.
    """
    return Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)


def place(
    *,
    person: Person,
    unit: Unit,
    post: Post,
    on: date,
    by: Account | None,
    until: date | None = None,
    employment: str = Appointment.Employment.MAIN,
    rate: Decimal = Decimal("1.00"),
    batch: UUID | None = None,
    care: Scope | None = None,
) -> Appointment:
    """Write an appointment that was allowed already: by `appoint`, by a move, by an accepted transfer.

    With `care` (where the writer keeps the staff) AsksFirst is raised for whoever works only outside it.
    """
    unit = lock_unit(unit)
    if not open_throughout(unit, on, until):
        raise UnitNotOpen(unit.code)
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if care is not None and works_elsewhere(person, care):
        raise AsksFirst(str(person.pk))
    if person.birth_on is not None and on <= person.birth_on:
        raise BornLater(str(person.pk), since=on)
    standing = Appointment.objects.live().filter(person=person).exclude(valid_to__lte=on)
    if until is not None:
        standing = standing.filter(valid_from__lt=until)
    main = employment == Appointment.Employment.MAIN and standing.filter(employment=employment).exists()
    if main or standing.filter(unit=unit, post=post).exists():
        raise PostIsTaken(str(person.pk))
    now = timezone.now()
    appointment = Appointment.objects.create(
        person=person, unit=unit, post=post, employment=employment, rate=rate, valid_from=on, valid_to=until,
        recorded_at=now,
    )  # fmt: skip
    search.index("person", [person.pk])
    audit.record(
        "staff.appointed", appointment, by=by, scope_path=unit.path, batch=batch, at=now,
        after={"person": person.pk, "unit": unit.code, "post": post.code, "on": str(on), "employment": employment},
    )  # fmt: skip
    return appointment


@transaction.atomic
def dismiss(*, appointment: Appointment, on: date, by: Account, batch: UUID | None = None) -> Appointment | None:
    """End the appointment: the day `on` is the first without it (its own first day: it never was).

    Raises EndsBeforeItBegan, EndedAlready, and GoneMeanwhile when somebody changed it before.
    """
    policy.require(by, Permission.STAFF_EDIT, appointment.unit)
    Person.objects.select_for_update(no_key=True).get(pk=appointment.person_id)
    now = timezone.now()
    live = Appointment.objects.select_for_update().filter(pk=appointment.pk, superseded_at=None).first()
    if live is None:
        raise GoneMeanwhile(str(appointment.pk))
    _ends(live, on)
    live.superseded_at = now
    live.save(update_fields=["superseded_at"])
    ended: Appointment | None = None
    if live.valid_from < on:
        ended = Appointment.objects.create(
            person_id=live.person_id, unit_id=live.unit_id, post_id=live.post_id, employment=live.employment,
            rate=live.rate, valid_from=live.valid_from, valid_to=on, recorded_at=now,
        )  # fmt: skip
    search.index("person", [live.person_id])
    audit.record(
        "staff.dismissed", live, by=by, scope_path=appointment.unit.path, after={"on": str(on)}, batch=batch, at=now
    )
    events.dismissed.send(sender=Appointment, appointment=live, on=on, by=by)
    return ended


@transaction.atomic
def assign_role(
    *, person: Person, role: Role, unit: Unit, on: date, by: Account | None, basis: str = "", batch: UUID | None = None
) -> RoleAssignment:
    """Give `person` the `role` over `unit` from the day `on`.

    Nobody gives more than she has: the giver needs the right over the unit and every permission
    that the role brings. Raises RoleNotHere over a unit where the role means nothing, and RoleIsHeld.
    """
    if by is not None:
        policy.require(by, Permission.ROLE_ASSIGN, unit)
        for permission in PERMISSIONS[role]:
            policy.require(by, permission, unit)
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if unit.kind not in kinds.ROLE_PLACES[role]:
        raise RoleNotHere(role, kinds=kinds.words(kinds.ROLE_PLACES[role]))
    if RoleAssignment.objects.live().filter(person=person, role=role, unit=unit).exclude(valid_to__lte=on).exists():
        raise RoleIsHeld(role)
    now = timezone.now()
    assignment = RoleAssignment.objects.create(
        person=person, role=role, unit=unit, valid_from=on, basis=basis, recorded_at=now
    )
    audit.record(
        "role.assigned", assignment, by=by, scope_path=unit.path, batch=batch, at=now,
        after={"person": person.pk, "role": role, "unit": unit.code, "on": str(on), "basis": basis},
    )  # fmt: skip
    events.role_given.send(sender=RoleAssignment, assignment=assignment, by=by)
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, on: date, by: Account, batch: UUID | None = None) -> None:
    """Take the role back: the day `on` is the first without it. Raises EndsBeforeItBegan, EndedAlready, GoneMeanwhile."""
    policy.require(by, Permission.ROLE_ASSIGN, assignment.unit)
    Person.objects.select_for_update(no_key=True).get(pk=assignment.person_id)
    now = timezone.now()
    live = RoleAssignment.objects.select_for_update().filter(pk=assignment.pk, superseded_at=None).first()
    if live is None:
        raise GoneMeanwhile(str(assignment.pk))
    _ends(live, on)
    live.superseded_at = now
    live.save(update_fields=["superseded_at"])
    if live.valid_from < on:
        RoleAssignment.objects.create(
            person_id=live.person_id, role=live.role, unit_id=live.unit_id, basis=live.basis,
            valid_from=live.valid_from, valid_to=on, recorded_at=now,
        )  # fmt: skip
    audit.record("role.ended", live, by=by, scope_path=assignment.unit.path, after={"on": str(on)}, batch=batch, at=now)
    events.role_ended.send(sender=RoleAssignment, assignment=live, on=on, by=by)


def may_give(account: Account, unit: Unit) -> list[Role]:
    """The roles that `account` may give over `unit`: those that mean something there and bring no more than she has."""
    return [
        role
        for role in Role
        if unit.kind in kinds.ROLE_PLACES[role] and all(policy.allows(account, one, unit) for one in PERMISSIONS[role])
    ]


def _ends(row: Appointment | RoleAssignment, on: date) -> None:
    if on < row.valid_from:
        raise EndsBeforeItBegan(str(row.pk), since=row.valid_from)
    if row.valid_to is not None and on > row.valid_to:
        raise EndedAlready(str(row.pk), until=row.valid_to)


def open_throughout(unit: Unit, on: date, until: date | None) -> bool:
    """Whether the unit has a place on every day from `on` up to `until`."""
    day: date | None = on
    for place in UnitPlace.objects.live().filter(unit=unit).order_by("valid_from"):
        if day is not None and place.holds(day):
            day = place.valid_to
            if day is None or (until is not None and until <= day):
                return True
    return False
