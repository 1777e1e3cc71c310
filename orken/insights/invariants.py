"""What must hold over the columns: with what came since they say exactly what their sources say."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from orken.insights.frames import Frame, Reading, framed, joined
from orken.insights.sources import SOURCES
from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken

SHOWN = 20  # rows that are named; a broken copy may differ in thousands


def register() -> None:
    invariants.register("insights.columns: coverage counts exactly what its sources hold", columns)


def columns() -> Iterator[Broken]:
    for source in SOURCES:
        names = [name for name in source.columns if name not in ("known", "struck")]
        whole = framed(source, source.numbers(source.rows().filter(superseded_at=None).order_by(), True))
        held = _by_id(joined(Reading(None, {source.name: names}).frames()[source.name], names))
        for pk, why in list(_differing(_by_id(whole), held, names))[:SHOWN]:
            yield Broken(f"{source.name} {pk}", why)


def _by_id(frame: Frame) -> Frame:
    order = np.argsort(frame["pk"], kind="stable")
    return {name: column[order] for name, column in frame.items()}


def _differing(whole: Frame, held: Frame, names: list[str]) -> Iterator[tuple[int, str]]:
    for pk in np.setdiff1d(whole["pk"], held["pk"]).tolist():
        yield pk, "stands in its source and is not counted"
    for pk in np.setdiff1d(held["pk"], whole["pk"]).tolist():
        yield pk, "is counted and does not stand in its source"
    _both, ours, theirs = np.intersect1d(whole["pk"], held["pk"], return_indices=True)
    for name in names:
        for place in np.flatnonzero(whole[name][ours] != held[name][theirs]).tolist():
            yield int(whole["pk"][ours][place]), f"its {name} is counted as it was, not as it is"
