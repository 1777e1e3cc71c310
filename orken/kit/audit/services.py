"""Writing the audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypedDict, Unpack
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from orken.kit import bulk
from orken.kit.audit.models import AuditEvent


class Actor(Protocol):
    """Whoever acts: an account, or nobody when a job does."""

    pk: Any

    def __str__(self) -> str: ...


class Facts(TypedDict, total=False):
    """What may be told of a change; `event` says what each means."""

    scope_path: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    batch: UUID | None
    note: str
    at: datetime | None


def event(
    verb: str,
    target: Model,
    *,
    by: Actor | None,
    scope_path: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    batch: UUID | None = None,
    note: str = "",
    at: datetime | None = None,
) -> AuditEvent:
    """A row of the trail, not written yet; `at` is the moment at which its facts were recorded.

    `before` and `after` hold only the fields that changed, as JSON values, never an IIN.
    """
    return AuditEvent(
        at=at or timezone.now(),
        verb=verb,
        target_kind=target._meta.label_lower,
        target_id=str(target.pk),
        target_name=str(target)[:300],
        by_id=by.pk if by else None,
        by_name=str(by)[:300] if by else "",
        scope_path=scope_path,
        before=dict(before or {}),
        after=dict(after or {}),
        batch=batch,
        note=note,
    )


def record(verb: str, target: Model, *, by: Actor | None, **facts: Unpack[Facts]) -> AuditEvent:
    """Add one row to the trail, inside the transaction of the change itself."""
    row = event(verb, target, by=by, **facts)
    row.save(force_insert=True)
    return row


def record_all(rows: Sequence[AuditEvent]) -> None:
    """Add many rows at once, inside the transaction of the changes themselves."""
    bulk.insert(AuditEvent, rows)
