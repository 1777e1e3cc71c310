"""The arithmetic against a second reckoning by plain loops, on random trees, posts and learning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from orken.insights import reckoning
from orken.insights.frames import Frame, framed
from orken.insights.reckoning import CLASSES, Learned, Sums
from orken.insights.sources import CERTIFICATE, ENDLESS, LEDGER, NEVER, OUTSIDE, PAPER, PLACES, POSTS, RESULTS

BEGIN = date(2018, 1, 1).toordinal()
ON = date(2026, 11, 26)
days = st.integers(BEGIN, ON.toordinal() + 40)


@dataclass
class World:
    """Rows as the sources give them."""

    parent: dict[int, int]
    posts: list[tuple[int, int, int, int, int]]  # person, unit, second, start, end
    results: list[tuple[int, int, int, int]]  # person, day, kind, school
    ledger: list[tuple[int, int, int, int, int, int, int]]  # person, day, minutes, certificate, origin, kind, school

    def frames(self) -> tuple[list[Frame], list[Frame], list[Frame], list[Frame]]:
        always = (0, NEVER)
        return (
            [framed(PLACES, [(unit, unit, above, BEGIN, ENDLESS, *always) for unit, above in self.parent.items()])],
            [framed(POSTS, [(at, *row, *always) for at, row in enumerate(self.posts, 1)])],
            [framed(RESULTS, [(at, *row, *always) for at, row in enumerate(self.results, 1)])],
            [framed(LEDGER, [(at, *row, *always) for at, row in enumerate(self.ledger, 1)])],
        )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    units = draw(st.integers(1, 9))
    parent = {1: 0} | {unit: draw(st.integers(1, unit - 1)) for unit in range(2, units + 1)}
    person, unit = st.integers(1, 8), st.integers(1, units)
    start = st.integers(BEGIN, ON.toordinal() - 1)
    post = st.tuples(person, unit, st.integers(0, 1), start, st.one_of(st.just(ENDLESS), days)).filter(
        lambda row: row[4] > row[3]
    )
    kind, school = st.integers(0, 2), st.integers(0, 2)
    minutes = st.integers(1, 4000)
    hours = st.one_of(
        st.tuples(person, days, minutes, st.integers(1, 6), st.just(CERTIFICATE), kind, school),
        st.tuples(person, days, minutes, st.just(0), st.just(OUTSIDE), st.just(100), st.just(0)),
        st.tuples(person, days, minutes, st.just(0), st.just(PAPER), st.just(0), st.just(0)),
    )
    owner: dict[int, tuple[int, ...]] = {}  # a certificate is of one person, of one day
    ledger = []
    for row in draw(st.lists(hours, max_size=14)):
        if row[3]:
            same = owner.setdefault(row[3], (row[0], row[1], *row[5:]))
            row = (same[0], same[1], row[2], row[3], row[4], *same[2:])
        ledger.append(row)
    results = draw(st.lists(st.tuples(person, days, kind, school), max_size=14))
    return World(parent, draw(st.lists(post, max_size=12)), results, ledger)


asked = st.builds(
    Learned, st.integers(0, 400).map(lambda back: ON - timedelta(back)), st.sampled_from([1, 3, 5]), st.integers(0, 2), st.integers(0, 2)
)  # fmt: skip


def reckon(world: World, learned: Learned, unit: int) -> dict[int, Sums]:
    places, posts, results, ledger = world.frames()
    above, homes = reckoning.parents(places, learned.on), reckoning.homes(posts, learned.on)
    heads, place = reckoning.groups(above, unit)
    group = np.where(homes > 0, place[homes], -1)
    classes = reckoning.standing(results, ledger, learned, len(homes)).classes(learned)
    return dict(zip(heads, reckoning.sums(group, len(heads), classes, results, ledger, learned), strict=True))


def by_loops(world: World, learned: Learned, unit: int) -> dict[int, Sums]:
    """The same, as a methodologist would count with a pencil."""
    on = learned.on.toordinal()

    def home(person: int) -> int | None:
        held = [
            (second, start, at, where)
            for at, (who, where, second, start, end) in enumerate(world.posts)
            if who == person and start <= on < end
        ]
        return min(held)[3] if held else None

    def line(where: int) -> int | None:
        while where and world.parent[where] != unit and where != unit:
            where = world.parent[where]
        return where or None

    def fits(day: int, kind: int, school: int) -> bool:
        return (
            day <= on
            and (not learned.kind or kind == learned.kind)
            and (not learned.school or school == learned.school)
        )

    found = {one: Sums() for one in [unit, *(child for child, above in world.parent.items() if above == unit)]}
    edges = {years: learned.edge(years) for years in (1, 3, 5)}
    for person in {row[0] for row in world.posts}:
        where = home(person)
        place = line(where) if where else None
        if place is None:
            continue
        results = [row for row in world.results if row[0] == person and fits(*row[1:])]
        hours = [row for row in world.ledger if row[0] == person and fits(row[1], *row[5:])]
        known = [row[1] for row in results] + [row[1] for row in hours if row[4] != PAPER]
        if known:
            last = max(known)
            name = next(
                (one for one, years in (("year", 1), ("three", 3), ("five", 5)) if last > edges[years]), "earlier"
            )
        else:
            name = "paper" if hours else "never"
        counted = [row for row in hours if row[4] != PAPER and row[1] > edges[learned.years]]
        measures = {
            "participations": len([row for row in results if row[1] > edges[learned.years]]),
            "certificates": len({row[3] for row in counted if row[3]}),
            "minutes": sum(row[2] for row in counted),
        }
        found[place] += Sums({one: int(one == name) for one in CLASSES}, measures)
    return found


@given(worlds(), asked, st.data())
@settings(max_examples=250, deadline=None)
def test_columns_count_as_loops_do(world: World, learned: Learned, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(sorted(world.parent)))
    assert reckon(world, learned, unit) == by_loops(world, learned, unit)


@given(worlds(), asked)
@settings(max_examples=250, deadline=None)
def test_every_total_is_the_sum_of_its_rows(world: World, learned: Learned) -> None:
    """From the country down: a unit's line above is what its own table adds up to, in every class and measure."""
    for unit in world.parent:
        for line, told in reckon(world, learned, unit).items():
            if line != unit:
                assert sum(reckon(world, learned, line).values(), Sums()) == told


@given(worlds(), asked)
@settings(max_examples=100, deadline=None)
def test_everybody_with_a_post_is_counted_once(world: World, learned: Learned) -> None:
    on = learned.on.toordinal()
    holding = {who for who, _unit, _second, start, end in world.posts if start <= on < end}
    assert sum(reckon(world, learned, 1).values(), Sums()).people == len(holding)


def test_who_has_two_posts_is_counted_where_the_main_one_is() -> None:
    world = World({1: 0, 2: 1, 3: 1}, [(1, 3, 1, BEGIN, ENDLESS), (1, 2, 0, BEGIN + 9, ENDLESS)], [], [])
    table = reckon(world, Learned(ON), 1)
    assert (table[2].people, table[3].people) == (1, 0)


def test_the_edge_of_a_period_is_the_same_day_of_an_earlier_year() -> None:
    assert reckoning.years_before(date(2028, 2, 29), 1) == date(2027, 2, 28)
    day = Learned(date(2026, 11, 26)).edge(1)
    world = World(
        {1: 0}, [(1, 1, 0, BEGIN, ENDLESS), (2, 1, 0, BEGIN, ENDLESS)], [(1, day, 0, 0), (2, day + 1, 0, 0)], []
    )
    table = reckon(world, Learned(date(2026, 11, 26)), 1)
    assert (table[1].classes["year"], table[1].classes["three"]) == (1, 1)


def test_the_four_measures_stand_apart() -> None:
    day = ON.toordinal() - 10
    world = World(
        {1: 0}, [(1, 1, 0, BEGIN, ENDLESS)], [(1, day, 0, 0), (1, day, 0, 0)], [(1, day, 90, 5, CERTIFICATE, 0, 0), (1, day, 45, 5, CERTIFICATE, 0, 0), (1, day, 45, 0, PAPER, 0, 0)]
    )  # fmt: skip
    told = reckon(world, Learned(ON), 1)[1]
    assert told.people == 1 and told.within(1) == 1
    assert told.measures == {"participations": 2, "certificates": 1, "minutes": 135}
