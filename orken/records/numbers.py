"""Taking numbers: gap-free for an issuer, a series and a year, whoever comes at once.

    with transaction.atomic():
        number = numbers.take(issuer=library, series="order", year=2026, by=account, for_kind="order.enrol")
        Paper.objects.create(number=number, …)

The row of the series is locked until the caller's transaction ends: a number is there together with what
bears it, or neither is. How a number is written is the business of whoever bears it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.network.models import Unit
from orken.people.models import Account
from orken.records.models import Number, Series


class OutsideTransaction(Exception):
    """A number may only be taken together with what bears it."""


class CannotSpoil(Exception):
    """It is spoiled already, or no reason was given."""


def take(*, issuer: Unit, series: str, year: int, by: Account | None, for_kind: str) -> Number:
    """The next number of the series, inside the caller's transaction. Raises OutsideTransaction."""
    return take_many(count=1, issuer=issuer, series=series, year=year, by=by, for_kind=for_kind)[0]


def take_many(*, count: int, issuer: Unit, series: str, year: int, by: Account | None, for_kind: str) -> list[Number]:
    """The next `count` numbers in a row, for a batch; the same queries however many. Raises OutsideTransaction."""
    if not connection.in_atomic_block:
        raise OutsideTransaction(f"{series} {year}")
    if count < 1:
        return []
    Series.objects.get_or_create(issuer=issuer, code=series, year=year)
    line = Series.objects.select_for_update(of=("self",)).get(issuer=issuer, code=series, year=year)
    now = timezone.now()
    rows = [
        Number(series=line, sequence=line.last + place, for_kind=for_kind, by=by, taken_at=now)
        for place in range(1, count + 1)
    ]
    line.last += count
    line.save(update_fields=["last"])
    bulk.insert(Number, rows)
    return rows


@transaction.atomic
def spoil(*, number: Number, reason: str, by: Account | None) -> Number:
    """The number cannot be used: it stays as a row with its reason, and the next one is another. Raises CannotSpoil.

    Whoever bears the number has asked first whether `by` may do it.
    """
    number = Number.objects.select_for_update(of=("self",)).select_related("series__issuer").get(pk=number.pk)
    reason = " ".join(reason.split())[:500]
    if number.state == Number.State.SPOILED or not reason:
        raise CannotSpoil(str(number))
    number.state, number.reason, number.spoiled_at, number.spoiled_by = Number.State.SPOILED, reason, timezone.now(), by
    number.save(update_fields=["state", "reason", "spoiled_at", "spoiled_by"])
    audit.record(
        "number.spoiled", number, by=by, scope_path=number.series.issuer.path,
        after={"number": number.sequence, "series": number.series.code, "year": str(number.series.year), "reason": reason},
    )  # fmt: skip
    return number


@transaction.atomic
def skip(*, issuer: Unit, series: str, year: int, reason: str, by: Account | None, for_kind: str) -> Number:
    """A number that no paper of ours bears: a blank torn at the printer, an entry of the paper journal. Raises CannotSpoil."""
    number = take(issuer=issuer, series=series, year=year, by=by, for_kind=for_kind)
    return spoil(number=number, reason=reason, by=by)


Holders = Callable[[], QuerySet[Number]]
_holders: dict[str, Holders] = {}


def register_holder(name: str, holders: Holders) -> None:
    """Say which numbers rows of `name` bear; `orken audit invariants` proves that each is borne once or spoiled."""
    _holders[name] = holders


def holders() -> dict[str, Holders]:
    return dict(_holders)


def forget_holder(name: str) -> None:
    _holders.pop(name, None)
