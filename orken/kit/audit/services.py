"""Writing the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Model

from orken.kit.audit.models import AuditEvent


class Actor(Protocol):
    """Whoever acts: an account, or nobody when a job does."""

    pk: Any

    def __str__(self) -> str: ...


def record(
    verb: str,
    target: Model,
    *,
    by: Actor | None,
    scope_path: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    batch: UUID | None = None,
    note: str = "",
) -> AuditEvent:
    """Add one row to the trail, inside the transaction of the change itself.

    `before` and `after` hold only the fields that changed, as JSON values, never an IIN.
    """
    return AuditEvent.objects.create(
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
