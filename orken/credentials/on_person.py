"""What certificates add to a person's page: her certificates and the hours that the ledger counts."""

from __future__ import annotations

from typing import Any

from orken.credentials import policy, selectors
from orken.people.models import Account, Person

SHOWN = 10


def context(person: Person, reader: Account) -> dict[str, Any] | None:
    """Nothing when she has none, or when this reader may not see it; two queries."""
    if not policy.sees_hours(reader, person):
        return None
    certificates = list(selectors.certificates_of(person)[:SHOWN])
    hours = selectors.hours_of(person)
    return {"certificates": certificates, "hours": hours, "person": person} if certificates or hours.rows else None
