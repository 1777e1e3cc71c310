"""The verbs of climate: rooms, readings typed or out of a logger's file, and taking a file back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from orken.conservation.climate.alarms import Point
from orken.conservation.models import Reading, Room
from orken.kit.audit import services as audit
from orken.network import policy
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.people.models import Account

ROOM_FIELDS = ("name_kk", "name_ru", "name_en", "norm_set", "device", "calibrated_on")


class NothingNew(Exception):
    """Every reading stands already."""


class RoomClosed(Exception):
    """The room is watched no more: it takes no readings until it is opened again."""


@transaction.atomic
def open_room(*, unit: Unit, values: dict[str, Any], by: Account) -> Room:
    """Begin to watch a room of `unit` against a norm set."""
    policy.require(by, Permission.CONDITION_EDIT, unit)
    room = Room.objects.create(unit=unit, **{name: values.get(name) or ("" if name != "calibrated_on" else None) for name in ROOM_FIELDS})  # fmt: skip
    audit.record("climate.room_opened", room, by=by, scope_path=unit.path, after={"norm_set": room.norm_set})
    return room


@transaction.atomic
def set_room(*, room: Room, values: dict[str, Any], by: Account) -> Room:
    """Change names, instrument or norm set; readings stay, alarms are told by the new set from now on."""
    room = _held(room, by)
    before = {name: _plain(getattr(room, name)) for name in ROOM_FIELDS}
    for name in ROOM_FIELDS:
        setattr(room, name, values.get(name) or ("" if name != "calibrated_on" else None))
    room.save()
    after = {name: _plain(getattr(room, name)) for name in ROOM_FIELDS}
    changed = {name: value for name, value in after.items() if before[name] != value}
    audit.record("climate.room_set", room, by=by, scope_path=room.unit.path, before={name: before[name] for name in changed}, after=changed)  # fmt: skip
    return room


@transaction.atomic
def close_room(*, room: Room, by: Account) -> Room:
    """Watch the room no more from today on; its readings stay. Closing twice changes nothing."""
    room = _held(room, by)
    if room.closed_on is None:
        room.closed_on = timezone.localdate()
        room.save(update_fields=["closed_on"])
        audit.record("climate.room_closed", room, by=by, scope_path=room.unit.path, after={"closed_on": _plain(room.closed_on)})  # fmt: skip
    return room


@transaction.atomic
def reopen_room(*, room: Room, by: Account) -> Room:
    """Watch a closed room again."""
    room = _held(room, by)
    if room.closed_on is not None:
        before, room.closed_on = room.closed_on, None
        room.save(update_fields=["closed_on"])
        audit.record("climate.room_reopened", room, by=by, scope_path=room.unit.path, before={"closed_on": _plain(before)})  # fmt: skip
    return room


def _held(room: Room, by: Account) -> Room:
    found = Room.objects.select_for_update(of=("self",)).select_related("unit").get(pk=room.pk)
    policy.require(by, Permission.CONDITION_EDIT, found.unit)
    return found


@transaction.atomic
def record(*, room: Room, points: Sequence[Point], source: str, by: Account) -> tuple[UUID, int]:
    """Keep readings (local time). One that says the same moment differently supersedes the old; the same is left out.

    Answers the batch, by which a whole file can be taken back, and how many are new. Raises NothingNew, RoomClosed.
    """
    room = _held(room, by)
    if room.closed_on is not None:
        raise RoomClosed
    now, batch = timezone.now(), uuid4()
    fresh = {timezone.make_aware(point.at): point for point in points}
    span = (min(fresh), max(fresh))
    standing = {row.at: row for row in Reading.objects.filter(room=room, superseded_at=None, at__range=span)}
    old: list[int] = []
    rows: list[Reading] = []
    for at, point in fresh.items():
        temperature, humidity = Decimal(str(round(point.temperature, 1))), Decimal(str(round(point.humidity, 1)))
        row = standing.get(at)
        if row is not None and (row.temperature, row.humidity) == (temperature, humidity):
            continue
        if row is not None:
            old.append(row.pk)
        rows.append(
            Reading(room=room, at=at, temperature=temperature, humidity=humidity, source=source, batch=batch, by=by, recorded_at=now)
        )  # fmt: skip
    if not rows:
        raise NothingNew
    for start in range(0, len(old), 500):
        Reading.objects.filter(pk__in=old[start : start + 500]).update(superseded_at=now)
    Reading.objects.bulk_create(rows, batch_size=500)
    audit.record(
        "climate.recorded", room, by=by, scope_path=room.unit.path, batch=batch,
        after={"readings": len(rows), "corrected": len(old), "since": _plain(span[0]), "until": _plain(span[1])},
    )  # fmt: skip
    return batch, len(rows)


@transaction.atomic
def take_back(*, room: Room, batch: UUID, by: Account) -> int:
    """Supersede the readings of one file or one typing; answers how many. What stood before them is not restored."""
    room = _held(room, by)
    gone = Reading.objects.filter(room=room, batch=batch, superseded_at=None).update(superseded_at=timezone.now())
    if gone:
        audit.record(
            "climate.taken_back", room, by=by, scope_path=room.unit.path, batch=batch, after={"readings": gone}
        )
    return gone


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
