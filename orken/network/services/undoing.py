"""The way back: what stood just before a batch stands again, exactly, if nothing was built on it since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from orken.kit import history
from orken.kit.audit import services as audit
from orken.kit.audit.models import AuditEvent
from orken.kit.history import Dated
from orken.kit.search import services as search
from orken.network import policy
from orken.network.models import (
    Appointment,
    RoleAssignment,
    Unit,
    UnitImport,
    UnitName,
    UnitPlace,
    UnitTraits,
)
from orken.network.refusals import CannotUndo, Meanwhile
from orken.network.roles import Permission
from orken.network.services.reckoning import Reckoning
from orken.network.services.staff import open_throughout
from orken.network.services.units import no_staff_left
from orken.people.models import Account, Person

Progress = Callable[[int, int], None]
TRIES = 4
# What each verb wrote, and how the trail calls its way back.
BACK: dict[str, tuple[type[Dated], str, str]] = {
    "unit.renamed": (UnitName, "names", "unit.renamed"),
    "unit.traits_set": (UnitTraits, "traits", "unit.traits_set"),
    "unit.moved": (UnitPlace, "places", "unit.moved"),
    "unit.closed": (UnitPlace, "places", "unit.reopened"),
    "unit.reopened": (UnitPlace, "places", "unit.closed"),
    "unit.opened": (UnitPlace, "places", "unit.closed"),
}
STAFF: dict[str, tuple[type[Dated], Permission, str]] = {
    "staff.appointed": (Appointment, Permission.STAFF_EDIT, "staff.dismissed"),
    "staff.dismissed": (Appointment, Permission.STAFF_EDIT, "staff.appointed"),
    "role.assigned": (RoleAssignment, Permission.ROLE_ASSIGN, "role.ended"),
    "role.ended": (RoleAssignment, Permission.ROLE_ASSIGN, "role.assigned"),
}


def size_of(batch: UUID) -> int:
    """How many changes a batch holds."""
    return AuditEvent.objects.filter(batch=batch).count()


def last_change(unit: Unit) -> AuditEvent | None:
    """The newest change of this unit, when it can still be taken back: made for this unit alone, by a button's batch.

    What came with a table of many units is taken back where the table is, as a whole.
    """
    of_unit = AuditEvent.objects.filter(target_kind="network.unit", target_id=str(unit.pk))
    newest = of_unit.exclude(verb="unit.took_effect").order_by("-at", "-pk").first()
    if newest is None or newest.batch is None or newest.verb not in BACK:
        return None
    return newest if not AuditEvent.objects.filter(batch=newest.batch).exclude(pk=newest.pk).exists() else None


def undo(*, batch: UUID, by: Account, progress: Progress | None = None) -> int:
    """Let what held before the changes of `batch` hold again; answers how many changes were undone.

    The register keeps both: nothing is wiped, the undoing is a change like any other. Raises
    CannotUndo when something was changed again since, and the refusals of the tree.
    """
    events = list(AuditEvent.objects.filter(batch=batch).order_by("-pk"))
    if not events or any(event.verb not in BACK and event.verb not in STAFF for event in events):
        raise CannotUndo(str(batch))
    if all(event.verb in STAFF for event in events):
        with transaction.atomic():
            for event in events:
                _undo_staff(event, by)
        return len(events)
    if any(event.verb in STAFF for event in events):
        raise CannotUndo(str(batch))
    for _ in range(TRIES):
        reckoning = _reckoned(events, by, progress)
        try:
            with transaction.atomic():
                list(UnitImport.objects.select_for_update().filter(pk=batch).values_list("pk"))
                reckoning.write()
                UnitImport.objects.filter(pk=batch).update(state=UnitImport.State.UNDONE)
        except Meanwhile:
            continue
        return len(events)
    raise Meanwhile


def _nothing_since(events: Sequence[AuditEvent]) -> None:
    """Nobody touched these units since. What comes after this question shows in their revisions under the lock."""
    batch = events[0].batch
    firsts: dict[str, int] = {}
    for event in events:
        firsts[event.target_id] = min(event.pk, firsts.get(event.target_id, event.pk))
    later = AuditEvent.objects.filter(target_kind="network.unit", pk__gt=min(firsts.values()))
    for target, pk, other, name in later.exclude(verb="unit.took_effect").values_list(
        "target_id", "pk", "batch", "target_name"
    ):
        if target in firsts and pk > firsts[target] and other != batch:
            raise CannotUndo(name)


def _reckoned(events: Sequence[AuditEvent], by: Account, progress: Progress | None) -> Reckoning:
    ids = sorted({int(event.target_id) for event in events})
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=ids).select_related("parent")}
    _nothing_since(events)
    for event in events:
        permission = Permission.UNIT_MOVE if event.verb == "unit.moved" else Permission.UNIT_EDIT
        policy.require(by, permission, units[int(event.target_id)])
    reckoning = Reckoning(units.values(), by=by)
    models: tuple[type[Dated], ...] = (UnitName, UnitTraits, UnitPlace)
    recorded = {model: _recorded(model, ids) for model in models}
    firsts: dict[tuple[str, type[Dated]], AuditEvent] = {}
    for event in events:  # newest first, so the oldest of each part stays
        firsts[event.target_id, BACK[event.verb][0]] = event
    for done, ((target, model), event) in enumerate(firsts.items(), start=1):
        _model, part, verb = BACK[event.verb]
        unit = units[int(target)]
        if not reckoning.restore(unit, part, event.at, recorded[model].get(unit.pk, []), verb, event):
            raise CannotUndo(event.target_name)
        if progress and done % 200 == 0:
            progress(done, len(firsts) * 2)
    reckoning.judge()
    if reckoning.placed and reckoning.stays is not None:
        no_staff_left(reckoning.placed, reckoning.stays)
    reckoning.ready()
    if progress:
        progress(len(firsts), len(firsts) * 2)
    return reckoning


def _recorded(model: type[Dated], ids: Sequence[int]) -> dict[int, list[Dated]]:
    """All rows of these units, struck out or not."""
    rows: Any = model._default_manager.all()
    if len(ids) <= 500:
        rows = rows.filter(unit_id__in=ids)
    found: dict[int, list[Dated]] = {}
    for row in rows.iterator(chunk_size=2000):
        found.setdefault(row.unit_id, []).append(row)
    return found


def _undo_staff(event: AuditEvent, by: Account) -> None:
    model, permission, verb = STAFF[event.verb]
    rows: Any = model._default_manager
    told = rows.select_related("unit").filter(pk=event.target_id).first()
    if told is None:
        raise CannotUndo(event.target_name)
    policy.require(by, permission, told.unit)
    Unit.objects.select_for_update(no_key=True).get(pk=told.unit_id)
    Person.objects.select_for_update(no_key=True).get(pk=told.person_id)
    subject = {"person": told.person_id, "unit": told.unit_id}
    subject |= {"post": told.post_id} if model is Appointment else {"role": told.role}
    recorded = list(rows.filter(**subject))
    if any(row.recorded_at > event.at or (row.superseded_at and row.superseded_at > event.at) for row in recorded):
        raise CannotUndo(event.target_name)
    revision = history.restored(recorded, before=event.at, moment=timezone.now())
    if not revision.struck and not revision.fresh:
        raise CannotUndo(event.target_name)
    for row in revision.fresh:
        if model is Appointment and not _fits(row, {one.pk for one in revision.struck}):
            raise CannotUndo(event.target_name)
    revision.save()
    if model is Appointment:
        search.index("person", [told.person_id])
    audit.record(
        verb, told, by=by, scope_path=told.unit.path, before=event.after, after={"on": event.after["on"]},
        at=revision.moment,
    )  # fmt: skip


def _fits(row: Any, struck: set[int]) -> bool:
    """Whether the appointment may stand again: its unit is open, and she has no other main post on these days."""
    others = Appointment.objects.live().filter(person=row.person_id, employment=Appointment.Employment.MAIN)
    others = others.exclude(pk__in=struck).exclude(valid_to__lte=row.valid_from)
    if row.valid_to is not None:
        others = others.filter(valid_from__lt=row.valid_to)
    taken = row.employment == Appointment.Employment.MAIN and others.exists()
    until: date | None = row.valid_to
    return not taken and open_throughout(row.unit, row.valid_from, until)
