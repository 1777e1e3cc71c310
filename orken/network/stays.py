"""Where every unit stood on every day, as one structure: the rules of the tree are judged on it.

The verbs, the dry run of a table and the nightly proof ask the same questions of it, so what one of
them lets through no other complains of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from orken.network import kinds
from orken.network.models import Unit, UnitPlace
from orken.network.refusals import CannotMove, ParentNotThere, Refusal, StillInUse, UnitNotThere, WrongKind, filled

DEEPEST = 20  # levels; the deepest chain of the country has five


@dataclass(frozen=True, slots=True)
class Stay:
    """A unit stands under `parent` (a code; None: under nothing) from `since` up to `until`."""

    since: date
    until: date | None
    parent: str | None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


def earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two ends; None is never."""
    return other if one is None else one if other is None else min(one, other)


class Stays:
    """The stays of all units by code, and who has ever stood under whom."""

    def __init__(self, stays: dict[str, list[Stay]], kind: dict[str, str]) -> None:
        self.of = stays
        self.kind = kind
        self._below: dict[str, set[str]] = {}
        for code, row in stays.items():
            self._note(code, row)

    @classmethod
    def load(cls) -> Self:
        """All live stays in two queries."""
        stays: dict[str, list[Stay]] = {}
        rows = UnitPlace.objects.live().order_by("valid_from")
        codes = {pk: (code, kind) for pk, code, kind in Unit.objects.values_list("pk", "code", "kind")}
        for unit, since, until, parent in rows.values_list("unit_id", "valid_from", "valid_to", "parent_id"):
            stays.setdefault(codes[unit][0], []).append(Stay(since, until, codes[parent][0] if parent else None))
        return cls(stays, dict(codes.values()))

    def _note(self, code: str, row: Iterable[Stay]) -> None:
        for stay in row:
            if stay.parent is not None:
                self._below.setdefault(stay.parent, set()).add(code)

    # --- changing it, without writing anything ---

    def put(self, code: str, row: Sequence[Stay], kind: str = "") -> None:
        if kind:
            self.kind[code] = kind
        self.of[code] = sorted(row, key=lambda stay: stay.since)
        self._note(code, row)

    def state(self, code: str, parent: str | None, since: date, until: date | None) -> None:
        """From `since` up to `until` it stands under `parent`, whatever was said of these days before."""
        self.put(code, [*self._without(code, since, until), Stay(since, until, parent)])

    def close(self, code: str, since: date, until: date | None) -> None:
        self.put(code, list(self._without(code, since, until)))

    def _without(self, code: str, since: date, until: date | None) -> Iterator[Stay]:
        for stay in self.of.get(code, []):
            if (stay.until is not None and stay.until <= since) or (until is not None and stay.since >= until):
                yield stay
                continue
            if stay.since < since:
                yield Stay(stay.since, since, stay.parent)
            if until is not None and (stay.until is None or stay.until > until):
                yield Stay(until, stay.until, stay.parent)

    # --- asking ---

    def on(self, code: str, day: date) -> Stay | None:
        return next((stay for stay in self.of.get(code, []) if stay.holds(day)), None)

    def end(self, code: str, day: date) -> date | None:
        """The day on which the unit ceases to exist after `day`, whatever parents it has until then."""
        for stay in self.of.get(code, []):
            if stay.holds(day):
                if stay.until is None:
                    return None
                day = stay.until
        return day

    def open_days(self, code: str) -> list[tuple[date, date | None]]:
        """From when to when it exists."""
        found: list[tuple[date, date | None]] = []
        for stay in self.of.get(code, []):
            if found and found[-1][1] == stay.since:
                found[-1] = (found[-1][0], stay.until)
            else:
                found.append((stay.since, stay.until))
        return found

    def covers(self, code: str, since: date, until: date | None) -> bool:
        """Whether the unit exists on every day from `since` up to `until`."""
        return any(
            start <= since and (end is None or (until is not None and until <= end))
            for start, end in self.open_days(code)
        )

    def require(self, code: str, day: date) -> Stay:
        """The stay of that day, or the refusal that tells when the unit is open."""
        stay = self.on(code, day)
        if stay is None:
            raise UnitNotThere(code, days=spans(self.open_days(code)))
        return stay

    # --- judging ---

    def fault(self, codes: Iterable[str]) -> Refusal | None:
        """The first rule of the tree that these units break on any day."""
        return next((refusal for _code, refusal in self.faults(codes)), None)

    def faults(self, codes: Iterable[str]) -> Iterator[tuple[str, Refusal]]:
        for code in codes:
            refusal = self._circle(code) or self._parents(code) or self._kinds(code) or self._left(code)
            if refusal is not None:
                yield code, refusal

    def every_fault(self) -> Iterator[tuple[str, Refusal]]:
        """All that is broken anywhere, a unit once for each rule: for the proof."""
        for code in sorted(self.of):
            for rule in (self._circle, self._parents, self._kinds):
                refusal = rule(code)
                if refusal is not None:
                    yield code, refusal

    def _circle(self, code: str) -> Refusal | None:
        for stay in self.of.get(code, []):
            if stay.parent is not None and self.climbs(stay.parent, stay.since, stay.until, code):
                return CannotMove(code)
        return None

    def climbs(self, code: str, since: date, until: date | None, target: str, depth: int = 0) -> bool:
        """Whether the way up from `code` meets `target` on any day from `since` up to `until`."""
        if code == target or depth > DEEPEST:
            return True
        for stay in self.of.get(code, []):
            start, end = max(since, stay.since), earlier(until, stay.until)
            if (
                stay.parent is not None
                and (end is None or start < end)
                and self.climbs(stay.parent, start, end, target, depth + 1)
            ):
                return True
        return False

    def _parents(self, code: str) -> Refusal | None:
        for stay in self.of.get(code, []):
            if stay.parent is not None and not self.covers(stay.parent, stay.since, stay.until):
                return ParentNotThere(code, parent=stay.parent)
        return None

    def _kinds(self, code: str) -> Refusal | None:
        kind = self.kind[code]
        for stay in self.of.get(code, []):
            parent = self.kind.get(stay.parent) if stay.parent else None
            if not kinds.stands_under(kind, parent):
                return WrongKind(code, kind=kinds.words([kind]), parents=kinds.words(kinds.PARENTS[kind]))
        return None

    def _left(self, code: str) -> Refusal | None:
        for child in self._below.get(code, ()):
            for stay in self.of.get(child, []):
                if stay.parent == code and not self.covers(code, stay.since, stay.until):
                    return StillInUse(code)
        return None


def spans(days: Sequence[tuple[date, date | None]]) -> object:
    """Days from and to in the reader's language: «01.09.1957 – 14.04.2016, 01.01.2020 – …»."""
    from django.utils.formats import date_format
    from django.utils.functional import lazy

    def told() -> str:
        return ", ".join(
            f"{date_format(since, 'SHORT_DATE_FORMAT')} – {date_format(until, 'SHORT_DATE_FORMAT') if until else '…'}"
            for since, until in days
        )

    return lazy(told, str)() if days else filled("—")
