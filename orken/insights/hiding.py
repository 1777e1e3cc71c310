"""Small cells: which numbers a reader who sees no persons is not shown, so that none of them can be reckoned back.

A table of units by classes of people, with its sums by row and by column. A number from 1 to 4 is hidden, and with it
as many others as are needed so that no hidden one follows from what is shown: a hidden number is exactly known if and
only if its line is a bridge in the graph whose knots are rows and columns and whose lines are the hidden numbers
(D. Gusfield, A graph theoretic approach to statistical data security, 1988). A zero is shown, so that each hidden number
can be one more or one less than it is; only where nothing else keeps a number back is a zero hidden too (decision 0066).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

SMALL = 5  # people: what is fewer, and not nobody, is hidden
Cell = tuple[int, int]
Knot = tuple[str, int]
REST: Knot = ("row", -1)  # what a column has outside the table, when its own sum is hidden


class SumsAreShown(ValueError):
    """A number cannot be hidden because the sums of its table are shown and give it away."""


def hidden(table: Sequence[Sequence[int]], unknown: Collection[int] = ()) -> set[Cell]:
    """The cells that are hidden. `table` has a row for each unit: its people, then its classes, which add up to them.

    `unknown` are the columns whose sum over the table is itself hidden from the reader: all that are small, and
    never one alone (`hidden_sums` of the country; of any other unit what is hidden in its line of the table above).
    """
    found = {
        (row, column)
        for row, line in enumerate(table)
        for column, value in enumerate(line)
        if value and (value < SMALL or column in unknown)
    }
    for column in set(range(len(table[0]) if table else 0)) - set(unknown):
        if 0 < sum(line[column] for line in table) < SMALL:
            raise SumsAreShown(f"the sum of column {column} is small and has to be hidden before its rows")
    while bridges := list(_bridges(found, unknown)):
        cell = min(bridges)
        further = _around(cell, table, found, unknown) or _around(cell, table, found, unknown, zeros=True)
        if not further:
            raise SumsAreShown(f"nothing hides {cell}")
        found |= further
    return found


def hidden_sums(line: Sequence[int]) -> set[int]:
    """Of a unit that stands alone (the country): which of its numbers are hidden. The first is the sum of the others."""
    found = {place for place, value in enumerate(line) if 0 < value < SMALL}
    while len(found) == 1:
        rest = [place for place, value in enumerate(line) if value and place not in found]
        found.add(min(rest, key=lambda place: (place == 0, line[place])))
    return found


def _ends(cell: Cell) -> tuple[Knot, Knot]:
    return ("row", cell[0]), ("column", cell[1])


def _neighbours(cells: Collection[Cell], unknown: Collection[int]) -> dict[Knot, set[Knot]]:
    lines: dict[Knot, set[Knot]] = {}
    pairs = [_ends(cell) for cell in cells] + [(REST, ("column", column)) for column in unknown]
    for one, other in pairs:
        lines.setdefault(one, set()).add(other)
        lines.setdefault(other, set()).add(one)
    return lines


def _bridges(cells: Collection[Cell], unknown: Collection[int]) -> Iterator[Cell]:
    """Hidden cells on no ring of hidden ones: each of them follows from what is shown."""
    lines = _neighbours(cells, unknown)
    order: dict[Knot, int] = {}
    low: dict[Knot, int] = {}
    for start in sorted(lines):
        if start in order:
            continue
        order[start] = low[start] = len(order)
        waiting: list[tuple[Knot, Knot | None, Iterator[Knot]]] = [(start, None, iter(sorted(lines[start])))]
        while waiting:
            knot, came, ways = waiting[-1]
            following = next(ways, None)
            if following is None:
                waiting.pop()
                if came is not None:
                    low[came] = min(low[came], low[knot])
                    if low[knot] > order[came] and REST not in (knot, came):
                        yield _cell(knot, came)
            elif following == came:
                continue
            elif following in order:
                low[knot] = min(low[knot], order[following])
            else:
                order[following] = low[following] = len(order)
                waiting.append((following, knot, iter(sorted(lines[following]))))


def _cell(one: Knot, other: Knot) -> Cell:
    row, column = (one, other) if one[0] == "row" else (other, one)
    return row[1], column[1]


def _around(
    cell: Cell,
    table: Sequence[Sequence[int]],
    found: Collection[Cell],
    unknown: Collection[int],
    *,
    zeros: bool = False,
) -> set[Cell]:
    """The cheapest further cells that close a ring through `cell`: fewest people hidden that need not be; none if none do."""
    start, goal = _ends(cell)
    lines = _neighbours([one for one in found if one != cell], unknown)
    rows, columns = range(len(table)), range(len(table[0]))
    cost: dict[Knot, tuple[int, int]] = {start: (0, 0)}
    before: dict[Knot, Knot] = {}
    open_knots = {start}
    done: set[Knot] = set()
    while open_knots:
        knot = min(open_knots, key=lambda one: (cost[one], one))
        open_knots.remove(knot)
        done.add(knot)
        if knot == goal:
            break
        nexts = [(other, 0, 0) for other in lines.get(knot, ())]
        if knot != REST:
            side, place = knot
            pairs = [(place, one) for one in columns] if side == "row" else [(one, place) for one in rows]
            nexts += [
                (_ends(pair)[1 if side == "row" else 0], table[pair[0]][pair[1]], 1)
                for pair in pairs
                if pair != cell and pair not in found and (zeros or table[pair[0]][pair[1]])
            ]
        for other, price, more in nexts:
            reached = (cost[knot][0] + price, cost[knot][1] + more)
            if other not in done and (other not in cost or reached < cost[other]):
                cost[other], before[other] = reached, knot
                open_knots.add(other)
    if goal not in before:
        return set()
    ring: set[Cell] = set()
    knot = goal
    while knot != start:
        came = before[knot]
        if REST not in (knot, came):
            ring.add(_cell(knot, came))
        knot = came
    return ring - set(found)
