"""What records add to a person's page: the papers that name her, to whoever may see those papers."""

from __future__ import annotations

from typing import Any

from orken.people.models import Account, Person
from orken.records import kinds, selectors
from orken.records.models import Paper


def context(person: Person, reader: Account) -> dict[str, Any] | None:
    """The newest twenty in the reader's scope; nothing when there is none."""
    rows = list(selectors.papers(reader).filter(named__person=person).exclude(state=Paper.State.DRAFT).distinct().order_by("-on", "pk")[:20])  # fmt: skip
    return {"papers": [(row, kinds.of(row.kind).label) for row in rows]} if rows else None
