"""What the apps above know of talks that stood in a programme and were not held: rooms keep a record of their stage.

    not_held.register(talks)

`talks(run)` gives the keys of the talks that were not held; nothing where nobody kept a record (decision 0122).
"""

from __future__ import annotations

from collections.abc import Callable

from orken.training.models import Run

_sources: list[Callable[[Run], frozenset[int]]] = []


def register(talks: Callable[[Run], frozenset[int]]) -> None:
    if talks not in _sources:
        _sources.append(talks)


def talks_of(run: Run) -> frozenset[int]:
    return frozenset(talk for talks in _sources for talk in talks(run))
