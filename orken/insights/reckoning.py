"""The arithmetic of coverage over columns: whose unit is whose, who was trained when, what each unit adds up to.

Pure: numbers in, numbers out. Rules (domain.md §1.6, decision 0065): a person is counted once, by her main post; the
four measures are never added to one another; the classes of people are disjoint and fill the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from orken.insights.frames import Array, Frame, in_order, joined
from orken.insights.sources import PAPER, POSTS

YEARS = (1, 3, 5)
# Disjoint classes of people by the last day on which they had learned something, newest first.
CLASSES = ("year", "three", "five", "earlier", "paper", "never")
MEASURES = ("participations", "certificates", "minutes")


def years_before(on: date, years: int) -> date:
    """The same day that many years before; the 28th where that year has no 29 February."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


@dataclass(frozen=True)
class Learned:
    """What is asked of the learning: up to which day, the measures of how many years, of which kind and school (0: any)."""

    on: date
    years: int = 1
    kind: int = 0
    school: int = 0

    def edge(self, years: int) -> int:
        """The last day that is too early: (on − years, on]."""
        return years_before(self.on, years).toordinal()


def homes(posts: Sequence[Frame], on: date) -> Array:
    """The unit in which each person is counted on the day, by her id; 0 where she holds no post.

    Her main post; without one the post that she has held longest.
    """
    names = ("person", "unit", "second", "start", "end", "pk")
    whole = joined(posts, names)
    day = on.toordinal()
    if len(posts) > 1:
        whole = in_order(POSTS, whole)
    holding = (whole["start"] <= day) & (whole["end"] > day)
    person, unit = whole["person"][holding], whole["unit"][holding]
    found = np.zeros(_size(person), dtype=np.int32)
    found[person[::-1]] = unit[::-1]  # of several the first in order is written last
    return found


def parents(places: Sequence[Frame], on: date) -> Array:
    """The unit above each unit on the day, by id; 0 above the country, −1 where it does not stand."""
    day = on.toordinal()
    rows = [one for one in places if len(one["unit"])]
    size = max((int(one["unit"].max()) for one in rows), default=0) + 1
    found = np.full(size, -1, dtype=np.int32)
    for one in rows:
        standing = (one["start"] <= day) & (one["end"] > day)
        found[one["unit"][standing]] = one["parent"][standing]
    return found


def groups(above: Array, unit: int) -> tuple[list[int], Array]:
    """The units straight under `unit`, itself first, and for each unit of the tree its place among them; −1 outside."""
    children = np.flatnonzero(above == unit).tolist()
    place = np.full(len(above), -1, dtype=np.int32)
    if unit >= len(above) or above[unit] < 0:
        return [unit], place
    heads = [unit, *children]
    place[heads] = np.arange(len(heads))
    here = np.flatnonzero((place < 0) & (above > 0))
    step = above[here]
    for _depth in range(64):  # no tree is deeper; a ring, which the network forbids, ends here too
        if not len(here):
            break
        reached = place[step]
        done = reached >= 0
        place[here[done]] = reached[done]
        going = ~done & (above[step] > 0)
        here, step = here[going], above[step[going]]
    return heads, place


@dataclass
class Standing:
    """By person: the last day on which she had learned something (0: never), and whether a paper of earlier years says so."""

    last: Array
    paper: Array

    def classes(self, learned: Learned) -> Array:
        """The place in CLASSES of each person."""
        found = np.full(len(self.last), CLASSES.index("never"), dtype=np.int8)
        found[self.paper] = CLASSES.index("paper")
        for name, years in (("earlier", 0), ("five", 5), ("three", 3), ("year", 1)):
            found[self.last > (learned.edge(years) if years else 0)] = CLASSES.index(name)
        return found


def standing(results: Sequence[Frame], ledger: Sequence[Frame], learned: Learned, size: int) -> Standing:
    """Participations, certificates and confirmed hours up to the day; papers of earlier years are told apart."""
    last = np.zeros(size, dtype=np.int32)
    paper = np.zeros(size, dtype=bool)
    for one in [*results, *ledger]:
        part = _within(one, learned, 0)
        on_paper = one["origin"][part] == PAPER if "origin" in one else np.zeros(len(one["day"][part]), dtype=bool)
        fits = _fits(one, part, learned) & (one["person"][part] < size)
        paper[one["person"][part][fits & on_paper]] = True
        person, day = one["person"][part][fits & ~on_paper], one["day"][part][fits & ~on_paper]
        latest = np.zeros(size, dtype=np.int32)
        latest[person] = day  # in the order of days: the last is written last
        np.maximum(last, latest, out=last)
    return Standing(last, paper)


def _within(frame: Frame, learned: Learned, years: int) -> slice:
    """Rows of the last `years` (0: of all years) up to the day; a frame stands in the order of days."""
    end = int(np.searchsorted(frame["day"], learned.on.toordinal(), side="right"))
    start = int(np.searchsorted(frame["day"], learned.edge(years), side="right")) if years else 0
    return slice(start, max(start, end))


def _fits(frame: Frame, part: slice, learned: Learned) -> Array:
    found: Array = np.ones(len(frame["day"][part]), dtype=bool)
    if learned.kind:
        found &= frame["kind"][part] == learned.kind
    if learned.school:
        found &= frame["school"][part] == learned.school
    return found


def chosen_rows(frame: Frame, learned: Learned) -> Array:
    """Places of the rows that the measures of the period count; papers of earlier years are no measure."""
    part = _within(frame, learned, learned.years)
    fits = _fits(frame, part, learned)
    if "origin" in frame:
        fits &= frame["origin"][part] != PAPER
    found: Array = np.flatnonzero(fits) + part.start
    return found


def first_of_certificates(ledger: Frame, rows: Array) -> Array:
    """Of these rows one for each certificate: its hours may stand in several rows."""
    held = rows[ledger["certificate"][rows] > 0]
    numbers = ledger["certificate"][held]
    one = np.zeros(int(numbers.max()) + 1 if len(numbers) else 0, dtype=np.int64)
    one[numbers] = np.arange(len(held))
    found: Array = held[one[numbers] == np.arange(len(held))]
    return found


@dataclass
class Sums:
    """What a unit adds up to: people by class, and the measures of the period, which are never added to one another."""

    classes: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(CLASSES, 0))
    measures: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))

    @property
    def people(self) -> int:
        return sum(self.classes.values())

    def within(self, years: int) -> int:
        """People trained in the last so many years."""
        return sum(self.classes[name] for name in CLASSES[: YEARS.index(years) + 1])

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            {name: self.classes[name] + other.classes[name] for name in CLASSES},
            {name: self.measures[name] + other.measures[name] for name in MEASURES},
        )


def sums(
    group: Array, many: int, classes: Array, results: Sequence[Frame], ledger: Sequence[Frame], learned: Learned
) -> list[Sums]:
    """The sums of `many` groups; `group` is the place of each person's group, −1 for whoever is in none."""
    here = np.flatnonzero(group >= 0)
    table = np.bincount(group[here] * len(CLASSES) + classes[here], minlength=many * len(CLASSES)).reshape(many, -1)
    measured = {name: np.zeros(many, dtype=np.int64) for name in MEASURES}
    for one in results:
        measured["participations"] += _counted(group, one["person"][chosen_rows(one, learned)], many)
    for one in ledger:
        rows = chosen_rows(one, learned)
        measured["minutes"] += _counted(group, one["person"][rows], many, one["minutes"][rows])
        measured["certificates"] += _counted(group, one["person"][first_of_certificates(one, rows)], many)
    return [
        Sums(
            dict(zip(CLASSES, table[place].tolist(), strict=True)),
            {name: int(measured[name][place]) for name in MEASURES},
        )
        for place in range(many)
    ]


def _counted(group: Array, person: Array, many: int, weight: Array | None = None) -> Array:
    inside = person < len(group)
    at = np.where(inside, group[np.where(inside, person, 0)], -1)
    held = at >= 0
    if weight is None:
        return np.bincount(at[held], minlength=many)
    return np.bincount(at[held], weights=weight[held].astype(np.float64), minlength=many).astype(np.int64)


def _size(ids: Array) -> int:
    return int(ids.max()) + 1 if len(ids) else 1
