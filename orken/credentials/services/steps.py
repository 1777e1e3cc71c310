"""Writing the steps of certificates, each chained to the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from orken.credentials import chain
from orken.credentials.models import Certificate, Step
from orken.kit import bulk
from orken.people.models import Account


def write(
    certificates: Sequence[Certificate], verb: str, *, at: datetime, by: Account | None, facts: Mapping[int, Mapping[str, Any]]
) -> None:  # fmt: skip
    """A step for each certificate (two queries for any number); the caller holds their rows. `facts` by certificate."""
    last: dict[int, Step] = {}
    for step in Step.objects.filter(certificate__in=[one.pk for one in certificates]).order_by("place"):
        last[step.certificate_id] = step
    rows = []
    for one in certificates:
        before = last.get(one.pk)
        place, told = (before.place + 1 if before else 1), dict(facts.get(one.pk, {}))
        earlier = before.digest if before else ""
        digest = chain.link(number=one.number, place=place, verb=verb, at=at, facts=told, before=earlier)
        rows.append(
            Step(certificate=one, place=place, verb=verb, at=at, by=by, facts=told, before=earlier, digest=digest)
        )
    bulk.insert(Step, rows)
