"""Hours that the house itself saw: lessons that somebody taught, recordings that she watched alone.

Whoever saw it (training at the close of a run, the proceedings at a look at a recording) says how many minutes a source
stands at now. What differs supersedes what stood; nothing is updated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from orken.competencies.models import Domain
from orken.credentials.models import LedgerRow, Observed
from orken.kit import bulk
from orken.kit.ids import among
from orken.people.models import Account


@dataclass(frozen=True)
class Sight:
    """So many minutes of one person from one source, the last of them on a day; none when it is 0.

    `title` and `organiser` by language (kk always) are kept from the first look; `domain` is the code of an area or empty.
    """

    person: int
    activity: str
    source: str
    minutes: int
    on: date
    title: Mapping[str, str]
    organiser: Mapping[str, str] = field(default_factory=dict)
    domain: str = ""


@transaction.atomic
def observe(*, seen: Sequence[Sight], by: Account | None = None, at: datetime | None = None) -> int:
    """The ledger stands at what was seen, confirmed by whoever says so; how many rows were written.

    The caller has the right to say it: its own verb (closing a run) was allowed. A person stands once for a source.
    """
    seen = [one for one in seen if one.minutes >= 0]
    at = at or timezone.now()
    known = _known(seen, at)
    standing = {
        row.observed_id: row
        for row in LedgerRow.objects.select_for_update(of=("self",)).filter(
            observed__in=among([one.pk for one in known.values()]), superseded_at=None
        )
    }
    ended, written = [], []
    for one in seen:
        sight = known.get((one.person, one.activity, one.source))
        if sight is None:
            continue
        stands = standing.get(sight.pk)
        if stands is not None and (stands.minutes, stands.on) == (one.minutes, one.on):
            continue
        if stands is not None:
            ended.append(stands.pk)
        if one.minutes:
            written.append(
                LedgerRow(
                    person_id=one.person, activity=one.activity, minutes=one.minutes, domain_id=sight.domain_id, on=one.on, observed=sight,
                    confirmed=True, verifier=by, recorded_at=at,
                )
            )  # fmt: skip
    LedgerRow.objects.filter(pk__in=among(ended)).update(superseded_at=at)
    bulk.insert(LedgerRow, written)
    return len(written)


def _known(seen: Sequence[Sight], at: datetime) -> dict[tuple[int, str, str], Observed]:
    """The rows that name what was seen, written where they lack; of none that has no minutes and never had."""
    sources = {one.source for one in seen}
    found = {
        (one.person_id, one.activity, one.source): one
        for one in Observed.objects.select_for_update().filter(source__in=list(sources))
    }
    domains = {one.code: one.pk for one in Domain.objects.all()} if any(one.domain for one in seen) else {}
    fresh = [
        Observed(
            person_id=one.person, activity=one.activity, source=one.source, title=dict(one.title), organiser=dict(one.organiser),
            domain_id=domains.get(one.domain),
        )
        for one in seen
        if one.minutes and (one.person, one.activity, one.source) not in found
    ]  # fmt: skip
    bulk.insert(Observed, fresh)
    return found | {(one.person_id, one.activity, one.source): one for one in fresh}
