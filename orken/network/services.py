"""The verbs of the network: each is one transaction, one permission check, one audit row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from orken.kit import history
from orken.kit.audit import services as audit
from orken.kit.audit.models import AuditEvent
from orken.kit.search import services as search
from orken.kit.text.sorting import sort_key
from orken.network import events, policy
from orken.network.models import (
    Appointment,
    Post,
    RoleAssignment,
    Unit,
    UnitImport,
    UnitName,
    UnitPlace,
    UnitTraits,
)
from orken.network.roles import PERMISSIONS, Permission, Role
from orken.people.models import Account, Person

NAME_FIELDS = ("name_kk", "name_ru", "name_en", "short_kk", "short_ru", "short_en")
TRAIT_FIELDS = (
    "locality", "internet", "city_kk", "city_ru", "city_en", "address", "phone", "email", "latitude", "longitude",
)  # fmt: skip
NUMBERS = ("latitude", "longitude")
NEW = "new/"  # the path of a unit in the moment before it has an id
CURRENT_TRAIT_FIELDS = ("locality", "internet", "city_kk", "city_ru", "city_en")


class EditedMeanwhile(Exception):
    """Somebody else changed the unit after this form was opened; nothing was written."""

    def __init__(self, unit: Unit) -> None:
        super().__init__(unit.code)
        self.unit = unit


class CannotMove(Exception):
    """The new parent stands inside the unit itself."""


class StillInUse(Exception):
    """The unit cannot close on this day: units or staff are still under it."""


class UnitNotOpen(Exception):
    """The unit does not exist on all the days of the appointment."""


class RoleIsHeld(Exception):
    """The person holds this role over this unit already."""


class PostIsTaken(Exception):
    """The person already has a main post on these days; she can only combine."""


@transaction.atomic
def open_unit(
    *,
    code: str,
    kind: str,
    parent: Unit | None,
    names: Mapping[str, str],
    by: Account | None,
    on: date,
    traits: Mapping[str, Any] | None = None,
    department: str = Unit.Department.CULTURE,
    profile: str = Unit.Profile.UNIVERSAL,
    synthetic: bool = False,
    batch: UUID | None = None,
) -> Unit:
    """Open a unit under `parent` from the day `on`. `by` is None only for set-up and demo data."""
    if by is not None:
        if parent is None:
            raise policy.OutOfScope("only set-up makes a root")
        policy.require(by, Permission.UNIT_EDIT, parent)
    unit = Unit(code=code, kind=kind, department=department, profile=profile, synthetic=synthetic)
    unit.path = f"{NEW}{code}/"
    unit.save(force_insert=True)
    history.state(UnitName.objects.all(), subject={"unit": unit}, values=dict(names), valid_from=on)
    history.state(UnitTraits.objects.all(), subject={"unit": unit}, values=dict(traits or {}), valid_from=on)
    history.state(UnitPlace.objects.all(), subject={"unit": unit}, values={"parent": parent}, valid_from=on)
    refresh_current(unit)
    audit.record("unit.opened", unit, by=by, scope_path=unit.path, after={**names, "on": str(on)}, batch=batch)
    return unit


@transaction.atomic
def rename_unit(
    *,
    unit: Unit,
    names: Mapping[str, str],
    on: date,
    by: Account | None,
    revision: int | None = None,
    batch: UUID | None = None,
) -> Unit:
    """State the names of `unit` from the day `on` (a correction: from the day of the wrong name)."""
    unit = _locked(unit, by, Permission.UNIT_EDIT, revision)
    before = {field: getattr(unit, field) for field in NAME_FIELDS}
    values = {field: names.get(field, before[field]) for field in NAME_FIELDS}
    history.state(UnitName.objects.all(), subject={"unit": unit}, values=values, valid_from=on)
    return _changed(unit, "unit.renamed", by, before, values, on, batch)


@transaction.atomic
def set_traits(
    *,
    unit: Unit,
    traits: Mapping[str, Any],
    on: date,
    by: Account | None,
    revision: int | None = None,
    batch: UUID | None = None,
) -> Unit:
    """State the traits of `unit` from the day `on`; traits that are not named stay as they were."""
    unit = _locked(unit, by, Permission.UNIT_EDIT, revision)
    standing = UnitTraits.objects.at(on).filter(unit=unit).first()
    before = {field: getattr(standing, field, None) for field in TRAIT_FIELDS}
    values = {field: traits.get(field, before[field]) for field in TRAIT_FIELDS}
    values = {field: value for field, value in values.items() if value is not None}
    history.state(UnitTraits.objects.all(), subject={"unit": unit}, values=values, valid_from=on)
    return _changed(unit, "unit.traits_set", by, before, values, on, batch)


@transaction.atomic
def move_unit(
    *, unit: Unit, parent: Unit, on: date, by: Account | None, revision: int | None = None, batch: UUID | None = None
) -> Unit:
    """Put `unit` with all below it under `parent` from the day `on`.

    The mover needs the right over both places. Raises CannotMove when `parent` is inside `unit`.
    """
    unit = _locked(unit, by, Permission.UNIT_MOVE, revision)
    parent = Unit.objects.select_for_update().get(pk=parent.pk)
    if by is not None:
        policy.require(by, Permission.UNIT_MOVE, parent)
    if parent.path.startswith(unit.path):
        raise CannotMove(parent.code)
    before = {"parent": unit.parent.code if unit.parent else None}
    history.state(UnitPlace.objects.all(), subject={"unit": unit}, values={"parent": parent}, valid_from=on)
    return _changed(unit, "unit.moved", by, before, {"parent": parent.code}, on, batch)


@transaction.atomic
def close_unit(*, unit: Unit, on: date, by: Account, revision: int | None = None, batch: UUID | None = None) -> Unit:
    """Close `unit` from the day `on`. Raises StillInUse while open units or staff are under it."""
    unit = _locked(unit, by, Permission.UNIT_EDIT, revision)
    if (
        UnitPlace.objects.at(on).filter(parent=unit).exists()
        or Appointment.objects.live().filter(unit=unit).exclude(valid_to__lte=on).exists()
    ):
        raise StillInUse(unit.code)
    before = {"parent": unit.parent.code if unit.parent else None}
    history.state(UnitPlace.objects.all(), subject={"unit": unit}, values=None, valid_from=on)
    return _changed(unit, "unit.closed", by, before, {"parent": ""}, on, batch)


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

    Raises UnitNotOpen, and PostIsTaken for a second main post or the same post twice on one day.
    """
    if by is not None:
        policy.require(by, Permission.STAFF_EDIT, unit)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if not _open_throughout(unit, on, until):
        raise UnitNotOpen(unit.code)
    person = Person.objects.select_for_update().get(pk=person.pk)
    standing = Appointment.objects.live().filter(person=person).exclude(valid_to__lte=on)
    if until is not None:
        standing = standing.filter(valid_from__lt=until)
    main = employment == Appointment.Employment.MAIN and standing.filter(employment=employment).exists()
    if main or standing.filter(unit=unit, post=post).exists():
        raise PostIsTaken(str(person.pk))
    appointment = Appointment.objects.create(
        person=person, unit=unit, post=post, employment=employment, rate=rate, valid_from=on, valid_to=until
    )
    search.index("person", [person.pk])
    audit.record(
        "staff.appointed", appointment, by=by, scope_path=unit.path, batch=batch,
        after={"person": person.pk, "unit": unit.code, "post": post.code, "on": str(on), "employment": employment},
    )  # fmt: skip
    return appointment


@transaction.atomic
def dismiss(*, appointment: Appointment, on: date, by: Account, batch: UUID | None = None) -> Appointment | None:
    """End the appointment: the day `on` is the first without it."""
    policy.require(by, Permission.STAFF_EDIT, appointment.unit)
    Person.objects.select_for_update().get(pk=appointment.person_id)
    now = timezone.now()
    live = Appointment.objects.select_for_update().get(pk=appointment.pk, superseded_at=None)
    live.superseded_at = now
    live.save(update_fields=["superseded_at"])
    ended: Appointment | None = None
    if live.valid_from < on:
        ended = Appointment.objects.create(
            person_id=live.person_id, unit_id=live.unit_id, post_id=live.post_id, employment=live.employment,
            rate=live.rate, valid_from=live.valid_from, valid_to=on, recorded_at=now,
        )  # fmt: skip
    search.index("person", [live.person_id])
    audit.record("staff.dismissed", live, by=by, scope_path=appointment.unit.path, after={"on": str(on)}, batch=batch)
    return ended


@transaction.atomic
def assign_role(
    *, person: Person, role: Role, unit: Unit, on: date, by: Account | None, basis: str = "", batch: UUID | None = None
) -> RoleAssignment:
    """Give `person` the `role` over `unit` from the day `on`.

    Nobody gives more than she has: the giver needs the right over the unit and every permission
    that the role brings.
    """
    if by is not None:
        policy.require(by, Permission.ROLE_ASSIGN, unit)
        for permission in PERMISSIONS[role]:
            policy.require(by, permission, unit)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if RoleAssignment.objects.live().filter(person=person, role=role, unit=unit).exclude(valid_to__lte=on).exists():
        raise RoleIsHeld(role)
    assignment = RoleAssignment.objects.create(person=person, role=role, unit=unit, valid_from=on, basis=basis)
    audit.record(
        "role.assigned", assignment, by=by, scope_path=unit.path, batch=batch,
        after={"person": person.pk, "role": role, "unit": unit.code, "on": str(on), "basis": basis},
    )  # fmt: skip
    events.role_given.send(sender=RoleAssignment, assignment=assignment, by=by)
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, on: date, by: Account) -> None:
    """Take the role back: the day `on` is the first without it."""
    policy.require(by, Permission.ROLE_ASSIGN, assignment.unit)
    now = timezone.now()
    live = RoleAssignment.objects.select_for_update().get(pk=assignment.pk, superseded_at=None)
    live.superseded_at = now
    live.save(update_fields=["superseded_at"])
    if live.valid_from < on:
        RoleAssignment.objects.create(
            person_id=live.person_id, role=live.role, unit_id=live.unit_id, basis=live.basis,
            valid_from=live.valid_from, valid_to=on, recorded_at=now,
        )  # fmt: skip
    audit.record("role.ended", live, by=by, scope_path=assignment.unit.path, after={"on": str(on)})
    events.role_ended.send(sender=RoleAssignment, assignment=live, on=on, by=by)


def refresh_current(unit: Unit, today: date | None = None) -> Unit:
    """Copy what holds today from the dated facts to the unit, and its new path to all below it."""
    day = today or timezone.localdate()
    name = UnitName.objects.at(day).filter(unit=unit).first() or UnitName.objects.live().filter(unit=unit).last()
    traits = UnitTraits.objects.at(day).filter(unit=unit).first()
    place = UnitPlace.objects.at(day).filter(unit=unit).select_related("parent").first()
    assert name is not None, "a unit is opened with a name"
    for field in NAME_FIELDS:
        setattr(unit, field, getattr(name, field))
    for field in CURRENT_TRAIT_FIELDS:
        setattr(unit, field, getattr(traits, field, ""))
    unit.sort_kk = sort_key(unit.name_kk)
    unit.sort_ru = sort_key(unit.name_ru or unit.name_kk)
    unit.exists = place is not None
    # A closed unit keeps its last place, so that those who were in charge still see its past.
    parent = place.parent if place else unit.parent
    old, new = unit.path, f"{parent.path if parent else ''}{unit.pk}/"
    unit.parent, unit.path = parent, new
    unit.save()
    if old != new and not old.startswith(NEW):  # nothing stands under what has just been opened
        below = list(Unit.objects.filter(path__within=old).exclude(pk=unit.pk).only("path"))
        for child in below:
            child.path = new + child.path[len(old) :]
        Unit.objects.bulk_update(below, ["path"], batch_size=500)
        search.move(old, new)
    search.index("unit", [unit.pk])
    return unit


@transaction.atomic
def note_line(*, units: Iterable[Unit], internet: str, on: date, by: Account, batch: UUID) -> int:
    """Note the quality of the line for many libraries at once; answers how many changed."""
    changed = 0
    for unit in sorted(units, key=lambda unit: unit.pk):  # one order for all, so that two never wait for each other
        if unit.internet != internet:
            set_traits(unit=unit, traits={"internet": internet}, on=on, by=by, batch=batch)
            changed += 1
    return changed


@transaction.atomic
def reopen_unit(*, unit: Unit, parent: Unit, on: date, by: Account, batch: UUID | None = None) -> Unit:
    """Open a closed `unit` again under `parent` from the day `on`."""
    unit = _locked(unit, by, Permission.UNIT_EDIT, None)
    policy.require(by, Permission.UNIT_EDIT, parent)
    history.state(UnitPlace.objects.all(), subject={"unit": unit}, values={"parent": parent}, valid_from=on)
    return _changed(unit, "unit.reopened", by, {}, {"parent": parent.code}, on, batch)


class CannotUndo(Exception):
    """Something was changed again since, or the verb knows no way back."""


def size_of(batch: UUID) -> int:
    """How many changes a batch holds."""
    return AuditEvent.objects.filter(batch=batch).count()


@transaction.atomic
def undo(*, batch: UUID, by: Account) -> int:
    """State again what held before the changes of `batch`, newest first; answers how many were undone.

    The register keeps both: nothing is wiped, the undoing is a change like any other. Raises
    CannotUndo when a unit was changed again since.
    """
    events = list(AuditEvent.objects.filter(batch=batch).order_by("-pk"))
    if not events:
        raise CannotUndo(str(batch))
    for event in events:  # all of them first: the undoing itself leaves rows in the trail
        later = AuditEvent.objects.filter(target_kind=event.target_kind, target_id=event.target_id, pk__gt=event.pk)
        if event.target_kind != "network.unit" or later.exclude(batch=batch).exists():
            raise CannotUndo(event.target_name)
    with search.together():
        for event in events:
            _undo_one(event, by)
    UnitImport.objects.filter(pk=batch).update(state=UnitImport.State.UNDONE)
    return len(events)


def _undo_one(event: AuditEvent, by: Account) -> None:
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=event.target_id)
    on = date.fromisoformat(event.after["on"])
    before = {key: value for key, value in event.before.items() if value is not None}
    match event.verb:
        case "unit.renamed":
            rename_unit(unit=unit, names=before, on=on, by=by)
        case "unit.traits_set":
            blank = {key: "" for key, value in event.before.items() if value is None and key not in NUMBERS}
            set_traits(unit=unit, traits=before | blank, on=on, by=by)
        case "unit.moved":
            move_unit(unit=unit, parent=Unit.objects.get(code=before["parent"]), on=on, by=by)
        case "unit.closed":
            reopen_unit(unit=unit, parent=Unit.objects.get(code=before["parent"]), on=on, by=by)
        case "unit.opened":
            close_unit(unit=unit, on=on, by=by)
        case _:
            raise CannotUndo(event.verb)


def _open_throughout(unit: Unit, on: date, until: date | None) -> bool:
    """Whether the unit has a place on every day from `on` up to `until`."""
    day: date | None = on
    for place in UnitPlace.objects.live().filter(unit=unit).order_by("valid_from"):
        if day is not None and place.holds(day):
            day = place.valid_to
            if day is None or (until is not None and until <= day):
                return True
    return False


def _locked(unit: Unit, by: Account | None, permission: Permission, revision: int | None) -> Unit:
    """The unit, locked; refused when out of scope or when changed since `revision` was shown."""
    fresh = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
    if by is not None:
        policy.require(by, permission, fresh)
    if revision is not None and revision != fresh.revision:
        raise EditedMeanwhile(fresh)
    fresh.revision += 1
    return fresh


def _changed(
    unit: Unit, verb: str, by: Account | None, before: Mapping[str, Any], after: Mapping[str, Any], on: date,
    batch: UUID | None,
) -> Unit:  # fmt: skip
    old_path = unit.path
    refresh_current(unit)
    changed = {key: value for key, value in after.items() if before.get(key) != value}
    audit.record(
        verb, unit, by=by, scope_path=old_path, batch=batch,
        before={key: before.get(key) for key in changed}, after={**changed, "on": str(on)},
    )  # fmt: skip
    return unit
