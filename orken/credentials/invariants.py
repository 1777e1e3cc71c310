"""What must hold over certificates and hours: proved every night and in the tests."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from orken.credentials import chain, numbering, states
from orken.credentials.models import Badge, Certificate, LedgerRow, Observed, OutsideTraining, PastRecord, PastRow, Step
from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.records import numbers
from orken.records.models import Number

S = Certificate.State


def register() -> None:
    numbers.register_holder(
        "credentials.Certificate", lambda: Number.objects.filter(pk__in=Certificate.objects.values("taken"))
    )
    invariants.register("credentials.seals: a certificate says what was sealed, under its own number", seals)
    invariants.register("credentials.chains: the steps of a certificate are whole and lead to its state", chains)
    invariants.register("credentials.successors: replaced and successor point to each other", successors)
    invariants.register("credentials.badges: a badge holds as long as its certificate", badges)
    invariants.register(
        "credentials.hours: the ledger counts what certificates, recognised training and past records say", hours
    )
    invariants.register("credentials.past: a row of a register and what it entered agree", past)


def seals() -> Iterator[Broken]:
    for one in Certificate.objects.select_related("taken__series", "prefix").iterator(chunk_size=500):
        if chain.digest_of(one.data) != one.digest:
            yield Broken(one.number, "what it says is not what was sealed")
        expected = numbering.Numbered(one.prefix.ascii, one.taken.series.year, one.taken.sequence)
        if one.number != str(expected):
            yield Broken(one.number, f"its number in the register is {expected}")
        if sum(one.data["by_activity"].values()) != one.minutes:
            yield Broken(one.number, "its minutes are not the sum of their kinds")


def chains() -> Iterator[Broken]:
    before: Step | None = None
    ended: dict[int, str] = {}
    targets = {way.name: way.target for way in states.CERTIFICATE.ways} | {"prepare": S.PREPARED.value}
    for step in Step.objects.select_related("certificate").order_by("certificate", "place").iterator(chunk_size=1000):
        first = before is None or before.certificate_id != step.certificate_id
        earlier = "" if first or before is None else before.digest
        place = 1 if first or before is None else before.place + 1
        digest = chain.link(
            number=step.certificate.number, place=step.place, verb=step.verb, at=step.at, facts=step.facts, before=step.before
        )  # fmt: skip
        if step.place != place or step.before != earlier or step.digest != digest:
            yield Broken(step.certificate.number, f"step {step.place} does not follow from the one before it")
        if step.verb in targets:
            ended[step.certificate_id] = str(targets[step.verb])
        before = step
    for pk, number, state in Certificate.objects.values_list("pk", "number", "state").iterator(chunk_size=1000):
        if ended.get(pk) != state:
            yield Broken(number, f"is {state}, its steps say {ended.get(pk)}")


def successors() -> Iterator[Broken]:
    replaced = Certificate.objects.filter(state=S.REPLACED)
    for one in replaced.filter(Q(replaced_by=None) | ~Q(replaced_by__state__in=Certificate.PUBLIC)):
        yield Broken(one.number, "is replaced and has no successor that was issued")
    for one in Certificate.objects.filter(state__in=Certificate.PUBLIC, replaces__isnull=False).exclude(
        replaces__state=S.REPLACED
    ):
        yield Broken(one.number, "was issued in place of one that still holds")


def badges() -> Iterator[Broken]:
    for one in Certificate.objects.filter(state__in=Certificate.PUBLIC, badge=None):
        yield Broken(one.number, "was issued without a badge")
    wrong = Badge.objects.filter(
        Q(ends=True, certificate__state=S.ISSUED) | Q(ends=False, certificate__state__in=[S.REPLACED, S.REVOKED])
    )
    for badge in wrong.select_related("certificate"):
        yield Broken(badge.certificate.number, f"is {badge.certificate.state}, its badge says otherwise")


def hours() -> Iterator[Broken]:
    live = Q(hours__superseded_at=None)
    for one in (
        Certificate.objects.filter(state=S.ISSUED)
        .exclude(kind=Certificate.Kind.SPEAKING)
        .annotate(counted=Sum("hours__minutes", filter=live))
        .exclude(counted=F("minutes"))
    ):
        yield Broken(one.number, f"certifies {one.minutes} minutes, the ledger counts {one.counted}")
    for row in LedgerRow.objects.filter(certificate__kind=Certificate.Kind.SPEAKING).select_related("certificate"):
        yield Broken(str(row.certificate), "is of a talk and counted as learning")
    ended = LedgerRow.objects.filter(superseded_at=None, certificate__isnull=False).exclude(certificate__state=S.ISSUED)
    for row in ended.select_related("certificate"):
        yield Broken(str(row.certificate), "holds no more and is counted still")
    wrong = OutsideTraining.objects.annotate(
        n=Count("ledger", filter=Q(ledger__superseded_at=None, ledger__minutes=F("minutes")))
    )
    counted = Q(state__in=[OutsideTraining.State.SENT, OutsideTraining.State.RECOGNISED])
    for training in wrong.filter((counted & ~Q(n=1)) | (~counted & ~Q(n=0))):
        yield Broken(f"outside training {training.pk}", f"is {training.state} and counted {training.n} times")
    yield from _past_hours()
    strangers = LedgerRow.objects.filter(certificate__isnull=False).exclude(person=F("certificate__person"))
    for row in strangers.select_related("certificate"):
        yield Broken(str(row.certificate), "is counted for somebody else")
    seen = LedgerRow.objects.filter(observed__isnull=False, superseded_at=None)
    for row in seen.exclude(person=F("observed__person"), activity=F("observed__activity")).select_related("observed"):
        yield Broken(row.observed.source if row.observed else "", "was seen of somebody else, or as something else")
    for sight in Observed.objects.filter(ledger=None):
        yield Broken(sight.source, f"was seen of person {sight.person_id} and never counted")


def _past_hours() -> Iterator[Broken]:
    live = Q(ledger__superseded_at=None, ledger__minutes=F("minutes"), ledger__person=F("person"))
    rows = PastRecord.objects.annotate(
        n=Count("ledger", filter=live), sure=Count("ledger", filter=live & Q(ledger__confirmed=True)),
        every=Count("ledger", filter=Q(ledger__superseded_at=None)),
    )  # fmt: skip
    confirmed = Q(state=PastRecord.State.CONFIRMED)
    wrong = (
        (Q(state__in=PastRecord.COUNTED) & ~Q(n=1)) | (~Q(state__in=PastRecord.COUNTED) & ~Q(every=0))
        | (confirmed & ~Q(sure=1)) | (~confirmed & ~Q(sure=0))
    )  # fmt: skip
    for one in rows.filter(wrong):
        yield Broken(f"past record {one.pk}", f"is {one.state} and counted {one.every} times, confirmed {one.sure}")


def past() -> Iterator[Broken]:
    """A register entered what its rows say: once, for the person of the row; no number of ours is taken by it."""
    rows = PastRow.objects.filter(record__isnull=False).select_related("record")
    for row in rows.exclude(record__person=F("person")):
        yield Broken(f"past row {row.pk}", "entered a record for somebody else")
    for row in rows.exclude(record__source=F("table")).exclude(record__origin=PastRecord.Origin.CLAIM):
        yield Broken(f"past row {row.pk}", "entered a record of another register")
    for one in PastRecord.objects.filter(origin=PastRecord.Origin.REGISTER, row=None):
        yield Broken(f"past record {one.pk}", "comes from a register and from none of its rows")
