"""Reading certificates and hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from orken.credentials import policy, rules
from orken.credentials.models import (
    Activity,
    Batch,
    Certificate,
    DocumentRule,
    LedgerRow,
    OutsideTraining,
    PastList,
    PastRecord,
    Prefix,
)
from orken.credentials.models.past import key_of
from orken.people.models import Account, Person
from orken.records.models import Series

S = Certificate.State
PART = 1000  # numbers of one printed part of a register
MOST_ON_PAPER = 10  # records that bear one number: short numbers began anew each year
ORDER = ("training", "hours_from", "final", "valid_from")


def register_for(account: Account) -> QuerySet[Certificate]:
    """The register as far as she may see it."""
    return Certificate.objects.filter(policy.seen(account)).select_related("person", "unit", "batch", "prefix")


@dataclass(frozen=True)
class Register:
    """A series of numbers of certificates with the parts in which it is printed."""

    series: Series
    prefix: Prefix
    parts: range


def registers_of_numbers(account: Account) -> list[Register]:
    """Series that she keeps, the newest year first."""
    prefixes = {one.ascii: one for one in Prefix.objects.filter(policy.prefixes(account)).select_related("issuer")}
    rows = Series.objects.filter(code__in=prefixes, last__gt=0).order_by("-year", "code")
    return [
        Register(one, prefixes[one.code], range(1, (one.last - 1) // PART + 2))
        for one in rows
        if one.issuer_id == prefixes[one.code].issuer_id
    ]


def batch_counts(batch: Batch) -> dict[str, int]:
    """How many certificates of the batch stand in each state, and how many papers are drawn."""
    found = dict(Certificate.objects.filter(batch=batch).order_by().values_list("state").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in S.values} | {"all": sum(found.values())}


@dataclass(frozen=True)
class Standing:
    """What there is for a source: the certificate that holds or is on its way, and whether one was revoked before."""

    certificate: Certificate | None = None
    revoked: bool = False


def of_source(sources: Iterable[str]) -> dict[str, Standing]:
    """By source, in one query; a source without any certificate is not named."""
    rows = Certificate.objects.filter(source__in=list(sources)).exclude(state__in=[S.SPOILED, S.REPLACED])
    found: dict[str, Standing] = {}
    for one in rows.order_by("pk"):
        before = found.get(one.source, Standing())
        if one.state == S.REVOKED:
            found[one.source] = Standing(before.certificate, True)
        elif before.certificate is None or one.state == S.ISSUED:
            found[one.source] = Standing(one, before.revoked)
    return found


@dataclass
class Hours:
    """What the ledger counts for a person: minutes that are confirmed, and those that wait for a word.

    `paper` and `paper_waits` are the same of what comes from paper: counted apart, in none of the other sums.
    """

    rows: list[LedgerRow]
    confirmed: int = 0
    provisional: int = 0
    paper: int = 0
    paper_waits: int = 0
    by_activity: dict[str, int] = field(default_factory=dict)


def hours_of(
    person: Person, *, since: date | None = None, until: date | None = None, known_at: datetime | None = None
) -> Hours:
    """Her ledger between two days as it was known at a moment, with the sums of its rows."""
    rows = LedgerRow.objects.filter(person=person).select_related(
        "certificate", "outside", "past", "observed", "domain", "verifier__person"
    )
    if known_at is None:
        rows = rows.filter(superseded_at=None)
    else:
        rows = rows.filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at), recorded_at__lte=known_at)
    if since:
        rows = rows.filter(on__gte=since)
    if until:
        rows = rows.filter(on__lte=until)
    found = Hours(list(rows.order_by("-on", "-pk")))
    for row in found.rows:
        if row.activity == Activity.PAPER:
            found.paper += row.minutes if row.confirmed else 0
            found.paper_waits += 0 if row.confirmed else row.minutes
        elif row.confirmed:
            found.confirmed += row.minutes
            found.by_activity[row.activity] = found.by_activity.get(row.activity, 0) + row.minutes
        else:
            found.provisional += row.minutes
    found.by_activity = {one: found.by_activity[one] for one in Activity.values if one in found.by_activity}
    return found


def confirmed_minutes(people: Iterable[int], *, since: date, until: date) -> dict[int, int]:
    """Confirmed minutes of each of these persons between two days, without what comes from paper; one query for any number."""
    rows = LedgerRow.objects.filter(
        person__in=list(people), superseded_at=None, confirmed=True, on__gte=since, on__lte=until
    ).exclude(activity=Activity.PAPER)
    return dict(rows.order_by().values_list("person").annotate(n=Sum("minutes")))


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """Her certificates that were ever issued, newest first."""
    return (
        Certificate.objects.filter(person=person, state__in=Certificate.PUBLIC)
        .select_related("replaced_by", "prefix")
        .order_by("-dated_on", "-pk")
    )


def outside_for(account: Account) -> QuerySet[OutsideTraining]:
    """Training held elsewhere that she may vouch for."""
    return OutsideTraining.objects.filter(policy.vouched(account)).select_related(
        "person", "unit", "domain", "evidence"
    )


# --- past records ---


def past_of(person: Person) -> QuerySet[PastRecord]:
    """Her past records, newest training first; what was taken back with its register is none of hers."""
    return (
        PastRecord.objects.filter(person=person)
        .exclude(state=PastRecord.State.UNDONE)
        .select_related("keeper", "evidence", "decided_by__person", "source")
        .order_by("-ends_on", "-pk")
    )


def past_for(account: Account) -> QuerySet[PastRecord]:
    """Past records that she may see (`policy.records_seen`)."""
    return PastRecord.objects.filter(policy.records_seen(account)).select_related("person", "unit", "keeper")


def registers_for(account: Account) -> QuerySet[PastList]:
    """Registers of earlier years that she keeps, newest first."""
    return PastList.objects.filter(policy.registers(account)).select_related("unit", "within", "by", "domain")


def on_paper(number: str, account: Account) -> list[PastRecord]:
    """Confirmed past records of the staff that she looks after whose document or journal has this number."""
    key = key_of(number)[:100]
    if not key:
        return []
    rows = past_for(account).filter(state=PastRecord.State.CONFIRMED, paper_key=key)
    return list(rows.order_by("-ends_on", "-pk")[:MOST_ON_PAPER])


# --- rules of documents ---


def rules_now(on: date | None = None) -> list[DocumentRule]:
    """The rules of documents that hold on the day (today by default): general ones first, then by hours."""
    return list(DocumentRule.objects.at(on).order_by(*ORDER))


def rules_of_other_days() -> list[DocumentRule]:
    """Rules that have ended, and rules that are yet to begin, the newest first."""
    today = timezone.localdate()
    return list(
        DocumentRule.objects.live()
        .filter(Q(valid_to__lte=today) | Q(valid_from__gt=today))
        .order_by("-valid_from", *ORDER)
    )


def given(*, training: str, hours: Decimal, final: bool, on: date) -> DocumentRule | None:
    """The rule by which a training of these hours gives its document on the day."""
    return rules.choose(rules.standing(on), training=training, hours=hours, final=final)


def rule_as_answers(pk: str) -> dict[str, Any]:
    """What a rule says, as a form begins with it; nothing for an unknown one."""
    found = (
        DocumentRule.objects.live().filter(pk=int(pk)).first()
        if pk.isascii() and pk.isdecimal() and len(pk) < 10
        else None
    )
    if found is None:
        return {}
    names = ("training", "hours_from", "hours_below", "final", "kind", "title_kk", "title_ru", "title_en")
    return {name: getattr(found, name) for name in names}
