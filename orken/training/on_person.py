"""What the training office adds to a person's page: the runs that she has a seat in."""

from __future__ import annotations

from typing import Any

from orken.people.models import Account, Person
from orken.training import policy
from orken.training.models import Applicant


def context(person: Person, reader: Account) -> dict[str, Any] | None:
    """Her applications that this reader may see, newest first; nothing when there is none."""
    rows = list(
        Applicant.objects.filter(policy.seen(reader), person=person)
        .select_related("run", "unit", "enrolment")
        .distinct()
        .order_by("-pk")[:20]
    )
    return {"applicants": rows} if rows else None
