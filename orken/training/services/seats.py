"""Verbs over seats. Every one holds the run's row lock: it decides who is first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.network.models import Unit
from orken.people.models import Account
from orken.training import policy, pools, states
from orken.training.models import Applicant, Run, SeatMove, SeatPool
from orken.training.pools import OPEN

K = SeatMove.Kind
READ = "SELECT * FROM training_run WHERE id = %s"
HOLD = f"{READ} FOR SHARE"


class SeatsAreOut(Exception):
    """There are not as many free seats as the verb needs; `free` is how many there are."""

    def __init__(self, free: int) -> None:
        super().__init__(str(free))
        self.free = free


def locked(run: Run) -> Run:
    """The run, its row locked until the end of the transaction: seats are given one after another."""
    return Run.objects.select_for_update(of=("self",)).select_related("host").get(pk=run.pk)


def held(run: Run) -> Run:
    """The run as it is until the end of the transaction, held beside others who hold it so; whoever has it `locked` waits for all of them.

    For what may happen at once but not while seats move: two who ask for a place in line do not wait for each
    other. SQLite has one writer at a time anyhow. A transaction that holds a run does not lock it afterwards: two
    such would wait for each other for ever.
    """
    fresh: Run = Run.objects.raw(HOLD if connection.features.has_select_for_update else READ, [run.pk])[0]
    return fresh


def gives(run: Run, paths: Collection[str]) -> bool:
    """Whether an application from units at `paths` takes a seat as soon as it comes."""
    if run.deciding != Run.Deciding.AT_ONCE or not run.moves_by_itself:
        return False
    free = [pool for pool in _seen(_stock(run)) if pool.free > 0]
    return any(pools.order(free, path) for path in paths)


def make_stock(run: Run, by: Account | None) -> SeatPool:
    """All seats of a new run stand in the open pool."""
    pool = SeatPool.objects.create(run=run)
    _move(pool, K.CAPACITY, total=run.capacity, by=by)
    return pool


@transaction.atomic
def share_seats(*, run: Run, unit: Unit, seats: int, by: Account, release_on: date | None = None) -> SeatPool:
    """Keep `seats` of the run for `unit` and all below it, out of the nearest pool above it.

    The organiser shares out every seat, a reviewer those of a pool in her own scope. Raises
    SeatsAreOut when the pool above has fewer free, or when more are taken than should be left.
    """
    run = locked(run)
    states.check_seating(run, "share")
    stock = _stock(run)
    source = pools.above(_seen(stock), unit.path)
    assert source is not None, "the open pool stands above every unit"
    giver = next(pool for pool in stock if pool.pk == source.id)
    policy.require_sharing(by, run, giver)
    pool = next((one for one in stock if one.unit_id == unit.pk), None) or SeatPool.objects.create(run=run, unit=unit)
    change = seats - pool.total
    if change > giver.free:
        raise SeatsAreOut(giver.free)
    if -change > pool.free:
        raise SeatsAreOut(pool.free)
    pool.release_on, pool.released_at = release_on, None
    pool.save(update_fields=["release_on", "released_at"])
    before = {"seats": pool.total}
    _pass(giver, pool, change, K.SHARED, by)
    audit.record(
        "seats.shared", run, by=by, scope_path=run.host.path, before=before,
        after={"unit": unit.code, "seats": seats, "release_on": str(release_on or "")},
    )  # fmt: skip
    fill(run, by=by)
    return pool


@transaction.atomic
def set_capacity(*, run: Run, seats: int, by: Account) -> Run:
    """Raise or lower the seats of a run. New seats are open to all; those taken out must be free.

    Raises SeatsAreOut with how many could be taken out.
    """
    run = locked(run)
    policy.require_managing(by, run)
    states.check_seating(run, "capacity")
    change = seats - run.capacity
    stock = _stock(run)
    free = sum(pool.free for pool in stock)
    if -change > free:
        raise SeatsAreOut(free)
    before = {"capacity": run.capacity}
    if change < 0 and run.minimum > seats:
        run.minimum = seats
    # Out of the open pool first, then out of the largest.
    left = change
    for pool in sorted(stock, key=lambda pool: (pool.unit_id is not None, -pool.free, pool.pk)):
        step = left if left > 0 else -min(-left, pool.free)
        if step:
            _move(pool, K.CAPACITY, total=step, by=by)
            left -= step
    run.capacity = seats
    run.revision += 1
    run.save(update_fields=["capacity", "minimum", "revision"])
    audit.record("run.capacity_set", run, by=by, scope_path=run.host.path, before=before, after={"capacity": seats})
    fill(run, by=by)
    return run


@transaction.atomic
def release(*, run: Run, today: date) -> int:
    """Pools whose day has come give their free seats up; answers how many seats moved."""
    run = locked(run)
    moved = 0
    due = [pool for pool in _stock(run) if pool.release_on and pool.release_on <= today and pool.released_at is None]
    for pool in sorted(due, key=lambda pool: -len(pool.unit.path if pool.unit else OPEN)):
        pool.released_at = timezone.now()
        pool.save(update_fields=["released_at"])
        given = give_up(run, pool)
        moved += given
        audit.record(
            "seats.released", run, by=None, scope_path=run.host.path, after={"unit": _code(pool), "seats": given}
        )
    if moved:
        fill(run, by=None)
    return moved


def give_up(run: Run, pool: SeatPool) -> int:
    """The free seats of a pool go to the pool above it; answers how many."""
    fresh = SeatPool.objects.select_related("unit").get(pk=pool.pk)
    if fresh.unit is None or not fresh.free:
        return 0
    target = pools.above(_seen(_stock(run)), fresh.unit.path)
    assert target is not None, "the open pool stands above every unit"
    amount = fresh.free
    _pass(fresh, SeatPool.objects.get(pk=target.id), amount, K.RELEASED, None)
    return amount


def take(applicant: Applicant, *, by: Account | None, pool: SeatPool | None = None, reason: str = "") -> SeatPool:
    """Take a seat for `applicant` out of `pool`, or of the first that the rule gives. Raises SeatsAreOut."""
    if pool is None:
        stock = _stock(applicant.run)
        found = pools.first_free(_seen(stock), applicant.unit.path)
        if found is None:
            raise SeatsAreOut(0)
        pool = next(one for one in stock if one.pk == found.id)
    elif pool.free < 1:
        raise SeatsAreOut(0)
    _move(pool, K.TAKEN, taken=1, by=by, applicant=applicant.pk, reason=reason)
    return pool


def give_back(applicant: Applicant, pool: SeatPool, *, by: Account | None, reason: str = "") -> None:
    """The seat is free again; when the pool's day of release is over, it goes straight up."""
    fresh = SeatPool.objects.select_related("unit").get(pk=pool.pk)
    _move(fresh, K.GIVEN_BACK, taken=-1, by=by, applicant=applicant.pk, reason=reason)
    if fresh.released_at is not None:
        give_up(applicant.run, fresh)


def first_free(run: Run, path: str) -> SeatPool | None:
    """The pool out of which somebody at `path` gets a seat by the rule; None when none is free for her."""
    stock = _stock(run)
    found = pools.first_free(_seen(stock), path)
    return next(one for one in stock if one.pk == found.id) if found is not None else None


def add_one(run: Run, *, by: Account, reason: str) -> SeatPool:
    """One seat more in the open pool for somebody who is there already; whoever calls takes it at once, so nobody moves up."""
    return _capacity(run, SeatPool.objects.get(run=run, unit=None), 1, by=by, reason=reason)


def drop_one(run: Run, pool: SeatPool, *, by: Account, reason: str) -> SeatPool:
    """The seat that was added, free again, goes out of the run."""
    return _capacity(run, SeatPool.objects.get(pk=pool.pk), -1, by=by, reason=reason)


def _capacity(run: Run, pool: SeatPool, change: int, *, by: Account, reason: str) -> SeatPool:
    before = {"capacity": run.capacity}
    _move(pool, K.CAPACITY, total=change, by=by, reason=reason[:300])
    run.capacity += change
    run.revision += 1
    run.save(update_fields=["capacity", "revision"])
    audit.record("run.capacity_set", run, by=by, scope_path=run.host.path, before=before, after={"capacity": run.capacity}, note=reason)  # fmt: skip
    return pool


def free_for(run: Run, path: str) -> int:
    """How many seats somebody at `path` could take now."""
    return sum(pool.free for pool in pools.order(_seen(_stock(run)), path))


def fill(run: Run, *, by: Account | None) -> list[Applicant]:
    """Those who wait move up into free seats, by the stated rule, when the list moves by itself."""
    if not run.moves_by_itself or not run.is_seating:
        return []
    stock = _stock(run)
    free = [pool for pool in stock if pool.free]
    if not free:
        return []
    # Only those who could take one: beside free seats of one region a long line of others is not read each time.
    anybody = any(pool.unit is None for pool in free)
    could = Q() if anybody else reduce(or_, (Q(unit__path__within=pool.unit.path) for pool in free if pool.unit))
    waiting = list(
        Applicant.objects.filter(could, run=run, state=Applicant.State.WAITING)
        .select_related("unit", "run__host", "person", "post")
    )  # fmt: skip
    if not waiting:
        return []
    seen = [
        pools.Waiting(one.pk, one.unit.path, one.priority, one.waiting_since)
        for one in waiting
        if one.waiting_since is not None
    ]
    from orken.training.services import deciding

    by_id, pool_of = {one.pk: one for one in waiting}, {pool.pk: pool for pool in stock}
    return [
        deciding.give_seat(by_id[applicant_id], by=by, pool=pool_of[pool_id])
        for applicant_id, pool_id in pools.move_up(_seen(stock), seen)
    ]


def _code(pool: SeatPool) -> str:
    return pool.unit.code if pool.unit else "open"


def _stock(run: Run) -> list[SeatPool]:
    """The pools, with no more of their units than the rule needs: it is read at every press on «Apply»."""
    rows = SeatPool.objects.filter(run=run).select_related("unit").order_by("pk")
    return list(rows.only("run", "unit__path", "unit__code", "total", "taken", "release_on", "released_at"))


def _seen(stock: Iterable[SeatPool]) -> list[pools.Pool]:
    return [pools.Pool(pool.pk, pool.unit.path if pool.unit else OPEN, pool.free) for pool in stock]


def _pass(giver: SeatPool, taker: SeatPool, amount: int, kind: str, by: Account | None) -> None:
    """`amount` seats from `giver` to `taker`; a negative amount goes the other way. Seats leave before they arrive."""
    pairs = [(giver, -amount), (taker, amount)]
    for pool, change in sorted(pairs, key=lambda pair: pair[1]):
        if change:
            _move(pool, kind, total=change, by=by)


def _move(
    pool: SeatPool,
    kind: str,
    *,
    by: Account | None,
    total: int = 0,
    taken: int = 0,
    applicant: int | None = None,
    reason: str = "",
) -> None:
    pool.total += total
    pool.taken += taken
    pool.save(update_fields=["total", "taken"])
    SeatMove.objects.create(
        run_id=pool.run_id, pool=pool, kind=kind, total_change=total, taken_change=taken, applicant_id=applicant,
        by_id=by.pk if by else None, reason=reason,
    )  # fmt: skip


def hand_over(old: Applicant, new: Applicant, pool: SeatPool, *, by: Account | None) -> None:
    """The seat goes from `old` to `new` inside one lock: given back and taken, and free for nobody between."""
    fresh = SeatPool.objects.get(pk=pool.pk)
    _move(fresh, K.GIVEN_BACK, taken=-1, by=by, applicant=old.pk)
    _move(fresh, K.TAKEN, taken=1, by=by, applicant=new.pk)
