"""Truths of seats and lists that no constraint can hold; `orken audit invariants` proves them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.training import pools
from orken.training.models import Applicant, Enrolment, Run, SeatMove, SeatPool
from orken.training.pools import OPEN


def register() -> None:
    invariants.register(
        "training.seats: the pools of a run hold its seats, and every taken one has its holder", seats_add_up
    )
    invariants.register(
        "training.ledger: replayed from its first line the ledger overbooks no pool and ends at the pools' numbers",
        ledger_gives_the_pools,
    )
    invariants.register(
        "training.waiting: nobody waits beside a seat that she could have", nobody_waits_beside_a_free_seat
    )
    invariants.register(
        "training.enrolments: whoever has a seat and a name is enrolled once, nobody without a seat",
        enrolments_have_their_seats,
    )


def seats_add_up() -> Iterator[Broken]:
    """Σ of the pools' totals is the capacity; taken seats are the accepted applicants of the pool."""
    for run in Run.objects.annotate(stock=Sum("pools__total")).order_by("pk"):
        if run.stock != run.capacity:
            yield Broken(run.code, f"the pools hold {run.stock} seats, the run has {run.capacity}")
    held = Count("holders", filter=Q(holders__state=Applicant.State.ACCEPTED))
    for pool in SeatPool.objects.select_related("run").annotate(held=held).order_by("pk"):
        if pool.held != pool.taken:
            yield Broken(
                f"{pool.run.code} pool {pool.pk}", f"{pool.taken} seats are taken, {pool.held} applicants hold one"
            )
        if pool.taken > pool.total:
            yield Broken(f"{pool.run.code} pool {pool.pk}", f"overbooked: {pool.taken} of {pool.total}")


def ledger_gives_the_pools() -> Iterator[Broken]:
    """Replayed from its first line the ledger never overbooks a pool and ends at the pool's numbers."""
    total: dict[int, int] = defaultdict(int)
    taken: dict[int, int] = defaultdict(int)
    for line, where, more, seats in SeatMove.objects.order_by("pk").values_list(
        "pk", "pool", "total_change", "taken_change"
    ):
        total[where] += more
        taken[where] += seats
        if not 0 <= taken[where] <= total[where]:
            yield Broken(f"line {line}", f"pool {where} stands at {taken[where]} of {total[where]}")
    for pool in SeatPool.objects.select_related("run").order_by("pk"):
        if (pool.total, pool.taken) != (total[pool.pk], taken[pool.pk]):
            yield Broken(
                f"{pool.run.code} pool {pool.pk}",
                f"says {pool.taken} of {pool.total}, its ledger {taken[pool.pk]} of {total[pool.pk]}",
            )


def nobody_waits_beside_a_free_seat() -> Iterator[Broken]:
    """A list that moves by itself has moved as far as it can."""
    live = (Run.State.TENTATIVE, Run.State.CONFIRMED, Run.State.RUNNING)
    for run in Run.objects.filter(moves_by_itself=True, state__in=live).order_by("pk"):
        stock = [
            pools.Pool(pool.pk, pool.unit.path if pool.unit else OPEN, pool.free)
            for pool in SeatPool.objects.filter(run=run).select_related("unit")
        ]
        waiting = [
            pools.Waiting(one.pk, one.unit.path, one.priority, one.waiting_since)
            for one in Applicant.objects.filter(run=run, state=Applicant.State.WAITING).select_related("unit")
            if one.waiting_since is not None
        ]
        for applicant, pool in pools.move_up(stock, waiting):
            yield Broken(f"{run.code} applicant {applicant}", f"waits although pool {pool} has a free seat")


def enrolments_have_their_seats() -> Iterator[Broken]:
    """Whoever has a seat and a name is enrolled once, and nobody is enrolled without a seat."""
    accepted = Applicant.objects.filter(state=Applicant.State.ACCEPTED, person__isnull=False)
    for applicant in accepted.filter(enrolment=None).order_by("pk"):
        yield Broken(f"applicant {applicant.pk}", "is accepted without an enrolment")
    orphans = Enrolment.objects.filter(state__in=Enrolment.LIVE).exclude(applicant__state=Applicant.State.ACCEPTED)
    for enrolment in orphans.order_by("pk"):
        yield Broken(f"enrolment {enrolment.pk}", "has no seat behind it")
    strangers = Enrolment.objects.filter(state__in=Enrolment.LIVE).exclude(person=F("applicant__person"))
    for enrolment in strangers.order_by("pk"):
        yield Broken(f"enrolment {enrolment.pk}", "is of another person than her seat")
    off = Applicant.objects.filter(state__in=Applicant.LIVE, run__state=Run.State.CANCELLED).select_related("run")
    for applicant in off.order_by("pk"):
        yield Broken(f"{applicant.run.code} applicant {applicant.pk}", "still stands in a run that is cancelled")
    over = (Run.State.ASSESSMENT, Run.State.CLOSED, Run.State.ARCHIVED)
    left = Applicant.objects.filter(state__in=(Applicant.State.SUBMITTED, Applicant.State.WAITING), run__state__in=over)
    for applicant in left.select_related("run").order_by("pk"):
        yield Broken(f"{applicant.run.code} applicant {applicant.pk}", "still waits for a seat in a run that is over")
    twins = (
        Applicant.objects.filter(state__in=Applicant.LIVE, person__isnull=False)
        .values("run__code", "person")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
    )
    for twin in twins:
        yield Broken(f"{twin['run__code']} person {twin['person']}", f"applied {twin['n']} times")
