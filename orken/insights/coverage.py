"""Coverage of a unit on a day: its own line, a line for each unit under it, and what of them the reader is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

import numpy as np
from django.utils import timezone

from orken.credentials.hours import norm_on
from orken.insights import hiding
from orken.insights.frames import Array, Frame, Reading
from orken.insights.reckoning import (
    CLASSES,
    YEARS,
    Learned,
    Standing,
    Sums,
    groups,
    homes,
    parents,
    standing,
    sums,
)
from orken.network.kinds import LIBRARIES
from orken.network.models import Unit, UnitName

PEOPLE = "people"
# What is hidden together: the people of a unit and their classes, in the order of `hiding`.
CELLS = (PEOPLE, *CLASSES)
# Units that have a line though nobody is counted there: a library without a librarian is a white spot too.
STAFFED = (*LIBRARIES, Unit.Kind.REGION)
POST_COLUMNS = ("pk", "person", "unit", "second", "start", "end")


@dataclass(frozen=True)
class Question:
    """What is asked: a day, a knowledge (None: now), the years of the measures, a kind and a school (0: any)."""

    on: date
    known_at: datetime | None = None
    years: int = 1
    kind: int = 0
    school: int = 0

    @property
    def learned(self) -> Learned:
        return Learned(self.on, self.years, self.kind, self.school)


def end_of(day: date | None) -> datetime | None:
    """The moment of knowledge that a day stands for: its last instant; today is as much as now."""
    if day is None or day >= timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(day, time.max))


@dataclass
class Country:
    """Everything that an answer is made of, read at once: who is counted where, who learned what."""

    question: Question
    more: Mapping[str, Sequence[str]] = field(default_factory=dict)  # further columns by source

    @cached_property
    def frames(self) -> dict[str, list[Frame]]:
        asked = self.question
        cut = [name for name, wanted in (("kind", asked.kind), ("school", asked.school)) if wanted]
        wanted: dict[str, Sequence[str]] = {
            "posts": POST_COLUMNS,
            "places": ("unit", "parent", "start", "end"),
            "results": ("person", "day", *cut),
            "ledger": ("person", "day", "minutes", "certificate", "origin", *cut),
        }
        return Reading(
            asked.known_at, {name: [*own, *self.more.get(name, ())] for name, own in wanted.items()}
        ).frames()

    @cached_property
    def above(self) -> Array:
        return parents(self.frames["places"], self.question.on)

    @cached_property
    def homes(self) -> Array:
        return homes(self.frames["posts"], self.question.on)

    @cached_property
    def standing(self) -> Standing:
        return standing(self.frames["results"], self.frames["ledger"], self.question.learned, len(self.homes))

    @cached_property
    def classes(self) -> Array:
        return self.standing.classes(self.question.learned)

    def group(self, unit: int) -> tuple[list[int], Array]:
        """The units of the lines under `unit`, itself first, and the line of each person; −1 for none."""
        heads, place = groups(self.above, unit)
        inside = self.homes < len(place)
        found = np.where((self.homes > 0) & inside, place[np.where(inside, self.homes, 0)], -1)
        return heads, found

    def lines(self, unit: int, *, measured: bool = True) -> dict[int, Sums]:
        """Sums of the people of the unit itself and of each unit straight under it, by id."""
        heads, group = self.group(unit)
        rows = (self.frames["results"], self.frames["ledger"]) if measured else ([], [])
        return dict(zip(heads, sums(group, len(heads), self.classes, *rows, self.question.learned), strict=True))

    def chain(self, unit: int) -> list[int]:
        """From the country down to the unit, as they stood on the day."""
        line: list[int] = []
        while 0 < unit < len(self.above) and self.above[unit] >= 0 and len(line) < 64:
            line.append(unit)
            unit = int(self.above[unit])
        return line[::-1]

    def hidden(self, unit: int) -> tuple[set[str], dict[int, set[str]]]:
        """What of the unit's own sums, and of each line under it, is hidden from whoever sees no persons.

        From the country down, so that every page hides the same numbers of a unit, whatever table shows them.
        """
        of_sums: set[int] = set()
        of_lines: dict[int, set[str]] = {}
        for place, here in enumerate(self.chain(unit)):
            table = self.lines(here, measured=False)
            if place == 0:
                of_sums = hiding.hidden_sums(_cells(_together(table)))
            else:
                of_sums = {CELLS.index(name) for name in of_lines[here]}
            cells = hiding.hidden([_cells(one) for one in table.values()], of_sums)
            of_lines = {pk: {CELLS[column] for row, column in cells if row == at} for at, pk in enumerate(table)}
        return {CELLS[column] for column in of_sums}, of_lines


def _cells(one: Sums) -> list[int]:
    return [one.people, *one.classes.values()]


def _together(table: Mapping[int, Sums]) -> Sums:
    return sum(table.values(), Sums())


@dataclass(frozen=True)
class Line:
    """One line as a reader sees it: a number, or None where it is hidden."""

    unit: int
    name: str
    code: str
    kind: str
    own: bool  # the people of the unit itself, not of what stands under it
    sums: Sums
    hidden: frozenset[str]
    norm: int

    @property
    def people(self) -> int | None:
        return self._shown([PEOPLE], self.sums.people)

    def of_class(self, name: str) -> int | None:
        return self._shown([name], self.sums.classes[name])

    def within(self, years: int) -> int | None:
        return self._shown(CLASSES[: YEARS.index(years) + 1], self.sums.within(years))

    def measure(self, name: str, years: int) -> int | None:
        """Participations, certificates or academic hours; hidden with the people behind them."""
        value = self.sums.measures["minutes" if name == "hours" else name]
        shown = self._shown(CLASSES[: YEARS.index(years) + 1], value)
        return shown if shown is None or name != "hours" else round(shown / self.norm)

    def share(self, years: int) -> int | None:
        """Percent of the people; None where a number is hidden or nobody is there."""
        got, people = self.within(years), self.people
        return None if got is None or not people else round(100 * got / people)

    def _shown(self, names: Sequence[str], value: int) -> int | None:
        return None if self.hidden.intersection(names) else value


@dataclass(frozen=True)
class Coverage:
    """The answer: the unit's own line and those under it; `whole` when nothing is hidden; `units` by id, those above too."""

    question: Question
    unit: Unit
    total: Line
    lines: list[Line]
    whole: bool
    units: dict[int, Unit]


def coverage(
    unit: Unit, question: Question, *, whole: bool, below: bool = True, country: Country | None = None
) -> Coverage:
    """Coverage of `unit`; `whole` for whoever sees its persons, `below` with the lines of the units under it."""
    known = country or Country(question)
    table = known.lines(unit.pk)
    hidden, of_lines = (set[str](), dict[int, set[str]]()) if whole else known.hidden(unit.pk)
    norm = norm_on(question.on)
    total = Line(unit.pk, unit.name, unit.code, unit.kind, False, _together(table), frozenset(hidden), norm)
    above = [int(part) for part in unit.path.strip("/").split("/")]
    units, names = _named([*above, *(table if below else ())], question)
    lines = [
        Line(pk, names[pk], units[pk].code, units[pk].kind, pk == unit.pk, one, frozenset(of_lines.get(pk, ())), norm)
        for pk, one in (table if below else {}).items()
        if pk in units and (one.people or (pk != unit.pk and units[pk].kind in STAFFED))
    ]
    lines.sort(key=lambda line: (line.own, units[line.unit].sort_kk, line.unit))
    return Coverage(question, unit, total, lines, whole, units)


def _named(ids: Sequence[int], question: Question) -> tuple[dict[int, Unit], dict[int, str]]:
    """Units by id, and what they were called on the day."""
    rows = UnitName.objects.at(question.on, question.known_at).filter(unit__in=ids).select_related("unit")
    names = {row.unit_id: row for row in rows}
    units = {pk: row.unit for pk, row in names.items()}
    if lacking := [pk for pk in ids if pk not in units]:  # those that did not stand on the day
        units |= {one.pk: one for one in Unit.objects.filter(pk__in=lacking)}
    return units, {pk: (names[pk].name if pk in names else one.name) for pk, one in units.items()}
