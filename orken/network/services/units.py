"""The verbs about units: each is one transaction, one permission check, one audit row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from orken.network import copies, policy
from orken.network.models import Appointment, Unit
from orken.network.refusals import EditedMeanwhile, StandsThere, StillInUse, UnitNotThere
from orken.network.roles import Permission
from orken.network.services.reckoning import Reckoning
from orken.network.stays import Stays, spans
from orken.people.models import Account


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
    """Open a unit under `parent` from the day `on`. `by` is None only for set-up and demo data.

    Raises ParentNotThere and WrongKind.
    """
    _lock_tree()
    parent = Unit.objects.select_related("parent").get(pk=parent.pk) if parent is not None else None
    unit = Unit(code=code, kind=kind, department=department, profile=profile, synthetic=synthetic)
    reckoning = Reckoning([], by=by, batch=batch)
    reckoning.open(unit, parent, names=names, traits=traits or {}, on=on)
    _write(reckoning)
    return unit


@transaction.atomic
def rename_unit(
    *,
    unit: Unit,
    names: Mapping[str, str],
    on: date,
    by: Account | None,
    onward: bool = False,
    revision: int | None = None,
    batch: UUID | None = None,
) -> Unit:
    """State the names of `unit` from the day `on` (a correction: from the day of the wrong name).

    They hold up to the next name that is known or, with `onward`, replace all later ones too.
    Raises UnitNotThere.
    """
    unit = _locked(unit, by, Permission.UNIT_EDIT, revision)
    reckoning = Reckoning([unit], by=by, batch=batch)
    reckoning.rename(unit, names, on, onward=onward)
    _write(reckoning)
    return unit


@transaction.atomic
def set_traits(
    *,
    unit: Unit,
    traits: Mapping[str, Any],
    on: date,
    by: Account | None,
    onward: bool = False,
    revision: int | None = None,
    batch: UUID | None = None,
) -> Unit:
    """State the traits of `unit` from the day `on`; traits that are not named stay as they were. Raises UnitNotThere."""
    unit = _locked(unit, by, Permission.UNIT_EDIT, revision)
    reckoning = Reckoning([unit], by=by, batch=batch)
    reckoning.set_traits(unit, traits, on, onward=onward)
    _write(reckoning)
    return unit


@transaction.atomic
def move_unit(
    *,
    unit: Unit,
    parent: Unit,
    on: date,
    by: Account | None,
    onward: bool = False,
    revision: int | None = None,
    batch: UUID | None = None,
) -> Unit:
    """Put `unit` with all below it under `parent` from the day `on`.

    The mover needs the right over both places. Raises CannotMove when `parent` is inside `unit` on any
    of these days, ParentNotThere, WrongKind, UnitNotThere.
    """
    _lock_tree()
    unit = _locked(unit, by, Permission.UNIT_MOVE, revision)
    parent = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=parent.pk)
    if by is not None:
        policy.require(by, Permission.UNIT_MOVE, parent)
    reckoning = Reckoning([unit], by=by, batch=batch)
    reckoning.move(unit, parent, on, onward=onward)
    _write(reckoning)
    return unit


@transaction.atomic
def close_unit(
    *, unit: Unit, on: date, by: Account | None, revision: int | None = None, batch: UUID | None = None
) -> Unit:
    """Close `unit` from the day `on`. Raises StillInUse while units or staff are under it then or later."""
    _lock_tree()
    unit = _locked(unit, by, Permission.UNIT_EDIT, revision)
    reckoning = Reckoning([unit], by=by, batch=batch)
    reckoning.close(unit, on)
    _write(reckoning)
    return unit


@transaction.atomic
def reopen_unit(*, unit: Unit, parent: Unit, on: date, by: Account | None, batch: UUID | None = None) -> Unit:
    """Open a closed `unit` again under `parent` from the day `on`.

    Raises StandsThere, ParentNotThere, WrongKind, and UnitNotThere on a day before it had its first name.
    """
    _lock_tree()
    unit = _locked(unit, by, Permission.UNIT_EDIT, None)
    parent = Unit.objects.select_related("parent").get(pk=parent.pk)
    if by is not None:
        policy.require(by, Permission.UNIT_EDIT, parent)
    reckoning = Reckoning([unit], by=by, batch=batch)
    if copies.held(reckoning.facts[unit.pk].places, on) is not None:
        raise StandsThere(unit.code)
    if copies.held(reckoning.facts[unit.pk].names, on) is None:
        raise UnitNotThere(unit.code, days=spans(Stays.load().open_days(unit.code)))
    reckoning.reopen(unit, parent, on)
    _write(reckoning)
    return unit


def note_line(*, units: Iterable[Unit], internet: str, on: date, by: Account, batch: UUID) -> int:
    """Note the quality of the line for many libraries at once; answers how many changed.

    Those that are not there on that day are passed over.
    """
    ids = [unit.pk for unit in units]
    with transaction.atomic():
        chosen = list(Unit.objects.filter(pk__in=ids).select_related("parent"))
        for unit in chosen:
            policy.require(by, Permission.UNIT_EDIT, unit)
        reckoning = Reckoning(chosen, by=by, batch=batch)
        for unit in chosen:
            facts = reckoning.facts[unit.pk]
            standing = copies.held(facts.traits, on)
            if getattr(standing, "internet", "") != internet and copies.held(facts.places, on) is not None:
                reckoning.set_traits(unit, {"internet": internet}, on)
        if reckoning.changed:
            _write(reckoning)
    return len(reckoning.changed)


@transaction.atomic
def refresh_current(unit: Unit, today: date | None = None) -> Unit:
    """Copy what holds on `today` from the dated facts to the unit, and its new path to all below it."""
    unit = Unit.objects.select_related("parent").get(pk=unit.pk)
    reckoning = Reckoning([unit], by=None)
    wrong = [name for name, value in copies.of_day(unit, reckoning.facts[unit.pk], today or timezone.localdate()).items() if getattr(unit, name) != value]  # fmt: skip
    if wrong:
        reckoning.refresh(unit, wrong, today)
        reckoning.ready(today)
        reckoning.write()
    return unit


def bring_up_to_today() -> int:
    """Let the changes of days that have come take effect; answers how many units show something new.

    Harmless when run twice: a unit that shows what its facts say is left alone. One audit row for
    each change, by the system.
    """
    stale = [(unit, wrong) for unit, wrong in copies.stale(timezone.localdate()) if wrong != ["no name"]]
    if not stale:
        return 0
    with transaction.atomic():
        _lock_tree()
        found = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[unit.pk for unit, _ in stale]).select_related("parent")}  # fmt: skip
        reckoning = Reckoning(found.values(), by=None)
        for unit, wrong in stale:
            reckoning.refresh(found[unit.pk], wrong)
        reckoning.ready()
        reckoning.write()
    return len(stale)


def no_staff_left(codes: Iterable[str], stays: Stays) -> None:
    """Raise StillInUse when somebody is appointed in one of these units on a day when it does not exist."""
    for code, since, until in (
        Appointment.objects.live()
        .filter(unit__code__in=list(codes))
        .values_list("unit__code", "valid_from", "valid_to")
    ):
        if not stays.covers(code, since, until):
            raise StillInUse(code)


def _write(reckoning: Reckoning) -> None:
    """Judge, make ready and write; the caller holds the locks."""
    reckoning.judge()
    if reckoning.placed and reckoning.stays is not None:
        no_staff_left(reckoning.placed, reckoning.stays)
    reckoning.ready()
    reckoning.write()


def _lock_tree() -> None:
    """Whoever changes places holds the root: of two moves that cross one sees the other."""
    list(Unit.objects.select_for_update().filter(kind=Unit.Kind.COUNTRY).values_list("pk"))


def _locked(unit: Unit, by: Account | None, permission: Permission, revision: int | None) -> Unit:
    """The unit, locked; refused when out of scope or when changed since `revision` was shown."""
    fresh = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
    if by is not None:
        policy.require(by, permission, fresh)
    if revision is not None and revision != fresh.revision:
        raise EditedMeanwhile(fresh)
    return fresh
