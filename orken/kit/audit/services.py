"""Writing the audit trail."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypedDict, Unpack
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from orken.kit import bulk
from orken.kit.audit.models import AuditEvent
from orken.kit.text.naming import without_names, without_names_in


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


ERASED = "•••"  # stands for the name, and for what was told, of a person whose data were erased


def mask(kind: str, ids: Sequence[int], *, told: Collection[str]) -> int:
    """Take the name and every fact but the keys in `told` out of the rows about these targets.

    The one change that the trail allows: a person was erased. Verb, day, place and actor stay.
    """
    rows = list(AuditEvent.objects.select_for_update().filter(target_kind=kind, target_id__in=[str(pk) for pk in ids]))
    for row in rows:
        row.target_name, row.note = ERASED, ""
        row.before, row.after = (_told(facts, told) for facts in (row.before, row.after))
    return _rewrite(rows)


def mask_words(kind: str, ids: Sequence[int], words: Sequence[str]) -> int:
    """Take `words` (the names of an erased person, the longest first) out of the rows about these targets; the rest stays."""
    changed = []
    for row in AuditEvent.objects.select_for_update().filter(target_kind=kind, target_id__in=[str(pk) for pk in ids]):
        before = (row.target_name, row.note, row.before, row.after)
        row.target_name, row.note = (without_names(text, words, ERASED) for text in (row.target_name, row.note))
        row.before, row.after = (without_names_in(facts, words, ERASED) for facts in (row.before, row.after))
        if before != (row.target_name, row.note, row.before, row.after):
            changed.append(row)
    return _rewrite(changed)


def mask_actor(by_id: int) -> int:
    """Take the name of an erased person out of what she did herself, when no duty asks to know who it was."""
    return AuditEvent.objects.filter(by_id=by_id).update(by_name=ERASED)


def _told(facts: Mapping[str, Any], told: Collection[str]) -> dict[str, Any]:
    return {key: value if key in told or not value else ERASED for key, value in facts.items()}


def _rewrite(rows: Sequence[AuditEvent]) -> int:
    AuditEvent.objects.bulk_update(rows, ["target_name", "note", "before", "after"], batch_size=200)
    return len(rows)
