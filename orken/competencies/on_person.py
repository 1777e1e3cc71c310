"""What competencies add to a person's page: the way to her profile."""

from __future__ import annotations

from typing import Any

from orken.competencies import policy
from orken.people.models import Account, Person


def context(person: Person, reader: Account) -> dict[str, Any] | None:
    """A short part: the profile itself is a page of its own, since it has forty lines."""
    return {"person": person} if policy.may_view(reader, person) else None
