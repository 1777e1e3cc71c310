"""Taking in what devices send: nothing twice, nothing lost, in the order in which it was written."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.kit.offline import registry, sealing
from orken.kit.offline.models import Device, Operation
from orken.kit.offline.registry import REFUSED, Outcome, Sent
from orken.kit.text.naming import without_names_in

log = logging.getLogger(__name__)
MOST = 500  # lines of one sending
EARLY, RENUMBER = "early", "renumber"  # not outcomes: the line stays in the browser


class NotHers(Exception):
    """The device belongs to another account."""


class Revoked(Exception):
    """The device was taken off the list."""


class TooMany(Exception):
    """More lines than one sending may hold."""


@dataclass(frozen=True)
class Answer:
    """What the browser is told of one line."""

    uid: UUID
    state: str
    reason: str
    kind: str
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Receipt:
    """`last`: the sequence up to which the device is taken in."""

    answers: list[Answer]
    last: int


@transaction.atomic
def receive(
    *, device: UUID, name: str, lines: Sequence[Sent], clock: datetime | None, by: Any, carried_by: Any = None
) -> Receipt:
    """Take in `lines` of a device of `by`; `clock` is what the device's clock shows now.

    Everything that is answered with an outcome is written when this returns. Raises NotHers, Revoked, TooMany.
    """
    if len(lines) > MOST:
        raise TooMany
    now = timezone.now()
    row = _device(device, name, by, now)
    answers: dict[UUID, Answer] = {}
    fresh: list[Sent] = []
    known = {one.uid: one for one in Operation.objects.filter(uid__in=[line.uid for line in lines])}
    expected = row.sequence + 1
    fits, after = True, _last_made(row)
    for line in sorted({line.uid: line for line in lines}.values(), key=lambda one: one.sequence):
        if (old := known.get(line.uid)) is not None:
            ours = old.device_id == row.pk
            answers[line.uid] = (
                Answer(old.uid, old.outcome, old.reason, old.kind, old.told)
                if ours
                else Answer(line.uid, REFUSED, "foreign", line.kind, {})
            )
        elif fits and line.sequence == expected:
            line = _by_our_clock(line, clock, now, after)
            fresh.append(line)
            expected, after = expected + 1, line.made_at
        else:
            # What comes after a line that does not fit waits with it, or a later hand would come before an earlier.
            fits = False
            answers[line.uid] = Answer(line.uid, EARLY if line.sequence > expected else RENUMBER, "", line.kind, {})
    rows = []
    for _kind, group in groupby(fresh, key=lambda one: one.kind):
        batch = list(group)
        for line, outcome in zip(batch, _apply(batch, by), strict=True):
            rows.append(_row(row, line, outcome, carried_by))
            answers[line.uid] = Answer(line.uid, outcome.state, outcome.reason, line.kind, outcome.told)
    received = timezone.now()
    for one in rows:
        one.received_at = received
    bulk.insert(Operation, rows)
    row.sequence, row.last_seen_at = expected - 1, received
    row.save(update_fields=["sequence", "last_seen_at"])
    return Receipt([answers[line.uid] for line in {line.uid: line for line in lines}.values()], row.sequence)


def _device(pk: UUID, name: str, by: Any, now: datetime) -> Device:
    row = Device.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        Device.objects.bulk_create(
            [Device(pk=pk, account_id=by.pk, name=name[:120], first_seen_at=now, last_seen_at=now)],
            ignore_conflicts=True,
        )
        row = Device.objects.select_for_update().get(pk=pk)
    if row.account_id != by.pk:
        raise NotHers
    if row.revoked_at is not None:
        raise Revoked
    return row


def _last_made(device: Device) -> datetime | None:
    """When the last line of the device was written, by a clock put right."""
    last: datetime | None = device.operations.order_by("-sequence").values_list("made_at", flat=True).first()
    return last


def _by_our_clock(line: Sent, clock: datetime | None, now: datetime, after: datetime | None) -> Sent:
    """The moment moved by the difference of the clocks: not before the line before it, never into the future.

    A clock that was put right between writing and sending gives a wrong difference; the order of the lines stays right.
    """
    try:
        made = line.made_at + (now - clock) if clock else line.made_at
    except OverflowError:
        made = now
    made = min(max(made, after or made, now - timedelta(days=366)), now)
    return replace(line, made_at=made)


def _apply(batch: list[Sent], by: Any) -> list[Outcome]:
    """All at once; when that fails one by one, so that a line that cannot be read does not hold up the others."""
    found = registry.kind(batch[0].kind)
    if found is None:
        return [Outcome(REFUSED, "kind") for _ in batch]
    try:
        with transaction.atomic():
            outcomes = list(found.apply(batch, by))
        assert len(outcomes) == len(batch), f"{batch[0].kind} answers every line"
        return outcomes
    except OperationalError:
        raise  # the database is busy: nothing is answered, the browser sends again
    except Exception:  # whatever a kind could not read, the other lines are not held up, and the log shows it
        if len(batch) == 1:
            log.exception("the line %s of kind %s cannot be read", batch[0].uid, batch[0].kind)
            return [Outcome(REFUSED, "fault")]
    return [_apply([line], by)[0] for line in batch]


def _row(device: Device, line: Sent, outcome: Outcome, carried_by: Any) -> Operation:
    return Operation(
        uid=line.uid, device=device, sequence=line.sequence, kind=line.kind, about=outcome.about[:80], base=line.base[:80],
        payload=dict(line.payload), outcome=outcome.state, reason=outcome.reason, told=dict(outcome.told),
        made_at=line.made_at, claimed_at=line.claimed_at, carried_by_id=carried_by.pk if carried_by else None,
    )  # fmt: skip


def receive_file(*, content: bytes, by: Any) -> Receipt:
    """Take in a sealed file that `by` carried here. It acts with the rights of whoever wrote the lines.

    Raises sealing.CannotOpen beside what `receive` raises.
    """
    device, name, lines, clock = sealing.opened(content)
    row = Device.objects.filter(pk=device).first()
    author = get_user_model()._default_manager.filter(pk=row.account_id, is_active=True).first() if row else None
    if author is None:
        raise sealing.CannotOpen
    return receive(device=device, name=name, lines=lines, clock=clock, by=author, carried_by=by)


@transaction.atomic
def look_at(*, line: Operation, by: Any, scope_path: str) -> bool:
    """Somebody has seen that a line could not be written: it leaves the list and stays in the log. False: it was seen already.

    Who may is asked by whoever shows it.
    """
    row = Operation.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if row.outcome != REFUSED or row.looked_at is not None:
        return False
    row.looked_at, row.looked_by_id = timezone.now(), by.pk
    row.save(update_fields=["looked_at", "looked_by_id"])
    audit.record("device.line_looked_at", row.device, by=by, scope_path=scope_path, note=str(row.payload.get("says") or "")[:300])  # fmt: skip
    return True


def unname(*, kinds: Collection[str], names: Sequence[str], instead: str) -> int:
    """Take the names of an erased person out of lines of these kinds; that the line came, when and what became of it stays."""
    held = Q(pk__in=[])
    for name in names:
        held |= Q(payload__says__icontains=name) | Q(payload__name__icontains=name)
    changed = []
    for row in Operation.objects.select_for_update(of=("self",)).filter(held, kind__in=kinds):
        row.payload = without_names_in(row.payload, names, instead)
        changed.append(row)
    Operation.objects.bulk_update(changed, ["payload"], batch_size=200)
    return len(changed)


@transaction.atomic
def revoke(*, device: Device, by: Any) -> Device:
    """Take a device off the list: it sends nothing any more. For one that was lost, sold or given away."""
    row = Device.objects.select_for_update().get(pk=device.pk)
    if row.account_id != by.pk:
        raise NotHers
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        audit.record("device.revoked", row, by=by)
    return row
