"""Columns of numbers: written from a source, read back with what has happened since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Case, Exists, Max, Min, Q, When

from orken.insights.models import Column
from orken.insights.sources import NEVER, SOURCES, Row, Source, batched, moment, since
from orken.people.models import Merge

Array = npt.NDArray[Any]
Frame = dict[str, Array]  # columns of equal length
LATE = timedelta(minutes=10)  # no transaction stays open so long: what it wrote is looked for again
PART = 20_000
TYPES = {8: np.uint8, 32: np.int32, 64: np.int64}


def framed(source: Source, rows: Iterable[Row]) -> Frame:
    """Rows of a source as columns, in the order of the source; put together by parts, for a row weighs ten times its numbers."""
    parts = [_numbers(source, part) for part in batched(rows, PART)] or [_numbers(source, [])]
    return in_order(source, {name: np.concatenate([part[name] for part in parts]) for name in source.columns})


def _numbers(source: Source, rows: Sequence[Row]) -> Frame:
    table = np.array(rows, dtype=np.int64).reshape(-1, len(source.columns))
    return {name: table[:, place].astype(TYPES[bits]) for place, (name, bits) in enumerate(source.columns.items())}


def in_order(source: Source, frame: Frame) -> Frame:
    return chosen(frame, np.lexsort([frame[name] for name in reversed(source.order)]))


def chosen(frame: Frame, which: Array) -> Frame:
    """The rows that a mask or a list of places names."""
    return {name: column[which] for name, column in frame.items()}


def joined(frames: Sequence[Frame], names: Sequence[str]) -> Frame:
    return {name: np.concatenate([one[name] for one in frames]) for name in names}


def columns_of(source: Source, now: datetime) -> list[Column]:
    """The columns of a source as they are written anew: all rows up to the last that nobody can still be writing."""
    through = now - LATE
    late = source.rows().model._base_manager.filter(**{f"{source.recorded}__gt": through}).aggregate(n=Min("pk"))["n"]
    steady = Q() if late is None else Q(pk__lt=late)
    last = source.rows().model._base_manager.filter(steady).aggregate(n=Max("pk"))["n"] or 0
    whole = framed(source, source.numbers(source.rows().filter(pk__lte=last).order_by(), True))
    return [
        Column(
            source=source.name, struck=struck, name=name, body=column.tobytes(), rows=len(column), last_pk=last, through=through
        )
        for struck, part in ((False, whole["struck"] == NEVER), (True, whole["struck"] != NEVER))
        for name, column in chosen(whole, part).items()
    ]  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """What the columns hold of a source, and up to where."""

    frames: dict[bool, Frame]  # of rows that stand, and of those struck out
    last_pk: int
    through: datetime


@dataclass(frozen=True)
class Reading:
    """The sources as they are known at a moment (None: now): columns by name, of each source that is wanted."""

    known_at: datetime | None
    wanted: Mapping[str, Sequence[str]]

    def frames(self) -> dict[str, list[Frame]]:
        """Of each source what the columns hold, and, when there is any, what came since; each in its order."""
        kept = self._kept({name: self._needed(name) for name in self.wanted})
        changed, persons = _since(kept)
        return {name: self._read(_SOURCES[name], kept.get(name), persons, name in changed) for name in self.wanted}

    def _needed(self, name: str) -> set[str]:
        person = {"person"} if _SOURCES[name].person else set()
        return {*self.wanted[name], *person} | ({"known", "struck"} if self.known_at is not None else set())

    def _kept(self, wanted: Mapping[str, Collection[str]]) -> dict[str, Kept]:
        """In one query, so that all of it was written together."""
        condition = Q(pk__in=[])
        for name, columns in wanted.items():
            condition |= Q(source=name, name__in=columns)
        rows = Column.objects.filter(condition)
        if self.known_at is None:
            rows = rows.filter(struck=False)
        found: dict[str, Kept] = {}
        for name, struck, column, body, last_pk, through in rows.values_list(
            "source", "struck", "name", "body", "last_pk", "through"
        ):
            held = found.setdefault(name, Kept({}, last_pk, through))
            held.frames.setdefault(struck, {})[column] = np.frombuffer(
                body, dtype=TYPES[_SOURCES[name].columns[column]]
            )
        return found

    def _read(self, source: Source, kept: Kept | None, persons: Collection[int], changed: bool) -> list[Frame]:
        cut = "kind" in self.wanted[source.name] or "school" in self.wanted[source.name]
        if kept is None:  # no columns yet: the source itself
            return [self._known(framed(source, source.numbers(source.rows().order_by(), cut)))]
        held = list(kept.frames.values())
        fresh = framed(source, [])
        if changed or (persons and source.person):
            condition = since(source, kept.last_pk, kept.through, persons)
            fresh = framed(source, source.numbers(source.rows().filter(condition).order_by(), cut))
        again = fresh["pk"][fresh["pk"] <= kept.last_pk]
        if len(
            again
        ):  # struck out since, or moved to somebody else: the row as it is now stands for the one that was kept
            ids = self._kept({source.name: {"pk"}})[source.name].frames
            held = [chosen(part, ~np.isin(ids[struck]["pk"], again)) for struck, part in kept.frames.items()]
        if self.known_at is not None:
            held = [self._known(part) for part in held]
        fresh = self._known(fresh)
        return [*held, fresh] if len(fresh["pk"]) else held

    def _known(self, frame: Frame) -> Frame:
        """Rows that stood in the register at the moment."""
        if self.known_at is None:
            return chosen(frame, frame["struck"] == NEVER)
        at = moment(self.known_at)
        return chosen(frame, (frame["known"] <= at) & (frame["struck"] > at))


_SOURCES = {source.name: source for source in SOURCES}


def _since(kept: Mapping[str, Kept]) -> tuple[set[str], set[int]]:
    """Which sources have rows that the columns cannot know, and persons whose rows a merge, or its undoing, has moved."""
    if not kept:
        return set(), set()
    through = min(one.through for one in kept.values())
    merges = Merge.objects.filter(Q(at__gt=through) | Q(undone_at__gt=through))
    asked: dict[str, Any] = {"merges": Exists(merges)}
    for name, one in kept.items():  # each asked apart, so that each goes by its own index
        rows = _SOURCES[name].rows()
        asked[name] = Exists(rows.filter(pk__gt=one.last_pk)) | Exists(rows.filter(superseded_at__gt=one.through))
    found = Column.objects.order_by("pk").annotate(**{f"new_{name}": Case(When(condition, then=True), default=False) for name, condition in asked.items()}).values(*(f"new_{name}" for name in asked))[0]  # fmt: skip
    persons = {pk for pair in merges.values_list("kept", "gone") for pk in pair} if found["new_merges"] else set()
    return {name for name in kept if found[f"new_{name}"]}, persons
