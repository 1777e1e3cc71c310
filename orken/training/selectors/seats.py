"""Pools of a run as pages show them, and the ledger of every move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from orken.network import policy as network
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.people.models import Account
from orken.training import pools
from orken.training.models import Applicant, Run, SeatMove, SeatPool
from orken.training.pools import OPEN


@dataclass(frozen=True)
class Stock:
    """The seats of a run as its pages tell them."""

    seats: list[SeatLine]

    @property
    def free(self) -> int:
        return sum(line.free for line in self.seats)

    @property
    def taken(self) -> int:
        return sum(line.taken for line in self.seats)

    @property
    def asked(self) -> int:
        return sum(line.asked for line in self.seats)


@dataclass(frozen=True)
class SeatLine:
    """A pool as the page shows it; `asked` are those under review who would take from it first."""

    unit: Unit | None
    total: int
    taken: int
    asked: int

    @property
    def free(self) -> int:
        return self.total - self.taken

    @property
    def asked_shown(self) -> int:
        """What fits between the taken seats and the end of the bar."""
        return min(self.asked, self.free)

    @property
    def after_asked(self) -> int:
        return self.taken + self.asked_shown


def pools_of(run: Run) -> list[SeatPool]:
    """Every pool of the run, those of units in Kazakh order and the open one last; each knows how many applicants

    under review come from its unit and below (`inside`). One query.
    """
    asking = Applicant.objects.filter(
        run=run, state=Applicant.State.SUBMITTED, unit__path__startswith=OuterRef("path")
    ).order_by()
    rows = (
        SeatPool.objects.filter(run=run)
        .select_related("unit")
        .annotate(path=Coalesce(F("unit__path"), Value(OPEN)))
        .annotate(inside=Coalesce(Subquery(asking.values("run").annotate(n=Count("pk")).values("n")), Value(0)))
    )
    return sorted(rows, key=lambda pool: (pool.unit is None, pool.unit.sort_kk if pool.unit else ""))


def seat_lines(stock: Sequence[Any]) -> list[SeatLine]:
    """Pools as the page shows them. Whoever asks counts where she would take a seat first: in the nearest pool around her."""
    seen = [pools.Pool(pool.pk, pool.path, pool.free) for pool in stock]
    asked = {pool.pk: pool.inside for pool in stock}
    for pool in stock:
        above = pools.above(seen, pool.path) if pool.path else None
        if above is not None:
            asked[above.id] -= pool.inside
    return [
        SeatLine(pool.unit, pool.total, pool.taken, asked[pool.pk]) for pool in stock if pool.total or pool.unit is None
    ]


def free_for(lines: Sequence[SeatLine], path: str) -> int:
    return sum(line.free for line in lines if line.unit is None or path.startswith(line.unit.path))


def may_share(account: Account, stock: Sequence[SeatPool]) -> bool:
    """Whether one of the pools stands in her own scope of review."""
    scope = network.scope(account, Permission.APPLICATION_REVIEW)
    return any(pool.unit is not None and scope.contains(pool.unit.path) for pool in stock)


def ledger(run: Run) -> QuerySet[SeatMove]:
    return SeatMove.objects.filter(run=run).select_related("pool__unit").order_by("-pk")
