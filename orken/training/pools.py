"""The stated rule of seats, pure: which pool a person takes from, and who moves up when one is free.

Own pool first, then the pools above it, at last the open one. Who moves up: whose own pool it is,
then whose pool stands one step above, and so on; inside that by priority, then by time of waiting.
Source of the rule: issue of the training office; peers that leave it unsaid have lists that do not move.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

OPEN = ""  # the path of the pool that is open to everybody


@dataclass(frozen=True)
class Pool:
    """A pool as the rule sees it: `path` of its unit («1/55/»), empty when open to all."""

    id: int
    path: str
    free: int


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits: the path of the unit that she applied from."""

    id: int
    path: str
    priority: int
    since: datetime


def order(pools: Sequence[Pool], path: str) -> list[Pool]:
    """The pools that a person at `path` may take from, her own first."""
    return sorted((pool for pool in pools if path.startswith(pool.path)), key=lambda pool: -len(pool.path))


def first_free(pools: Sequence[Pool], path: str) -> Pool | None:
    return next((pool for pool in order(pools, path) if pool.free > 0), None)


def above(pools: Sequence[Pool], path: str) -> Pool | None:
    """The pool that free seats of the pool at `path` go up to: the nearest above it."""
    return next((pool for pool in order(pools, path) if pool.path != path), None)


def move_up(pools: Sequence[Pool], waiting: Sequence[Waiting]) -> list[tuple[int, int]]:
    """Who gets a seat now, in order, as (waiting id, pool id); pools closest to people are served first."""
    free = {pool.id: pool.free for pool in pools}
    left = {one.id: one for one in waiting}
    moves: list[tuple[int, int]] = []
    for pool in sorted(pools, key=lambda pool: (-len(pool.path), pool.path)):
        if free[pool.id] <= 0:
            continue
        fitting = [one for one in left.values() if one.path.startswith(pool.path)]
        steps = {one.id: [own.id for own in order(pools, one.path)].index(pool.id) for one in fitting}
        for one in sorted(fitting, key=lambda one: (steps[one.id], one.priority, one.since, one.id))[: free[pool.id]]:
            free[pool.id] -= 1
            moves.append((one.id, pool.id))
            del left[one.id]
    return moves
