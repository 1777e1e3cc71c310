"""Small cells: what is hidden cannot be reckoned back, whatever the table (proved by linear algebra, not by our own graph)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orken.insights.hiding import SMALL, SumsAreShown, hidden, hidden_sums

Table = list[list[int]]


def with_people(classes: Sequence[Sequence[int]]) -> Table:
    return [[sum(line), *line] for line in classes]


def sums_of(table: Table) -> list[int]:
    return [sum(column) for column in zip(*table, strict=True)]


def follow(table: Table, cells: set[tuple[int, int]], unknown: set[int]) -> set[tuple[int, int]]:
    """Hidden cells that follow from everything shown: those whose value the equations fix (rank of a matrix)."""
    place = {cell: at for at, cell in enumerate(sorted(cells))}
    rows = []
    for row in range(len(table)):  # people are the sum of the classes
        line = np.zeros(len(place))
        for (r, column), at in place.items():
            if r == row:
                line[at] = -1 if column == 0 else 1
        rows.append(line)
    shown = [column for column in range(len(table[0])) if column not in unknown]
    rows += [np.array([float(c == column) for (_r, c) in sorted(cells)]) for column in shown]
    if unknown:  # the sums of the classes that are hidden are one equation with the people that are, or are not
        line = np.zeros(len(place))
        for (_r, column), at in place.items():
            line[at] = -1 if column == 0 else 1
        rows.append(line)
    known = np.array(rows) if rows else np.zeros((0, len(place)))
    rank = np.linalg.matrix_rank(known)
    return {
        cell for cell, at in place.items() if np.linalg.matrix_rank(np.vstack([known, np.eye(len(place))[at]])) == rank
    }


classes = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=width, max_size=width), min_size=1, max_size=6)
)  # fmt: skip


@given(classes)
@settings(max_examples=300, deadline=None)
def test_no_hidden_number_follows_from_what_is_shown(found: Table) -> None:
    table = with_people(found)
    unknown = hidden_sums(sums_of(table))
    cells = hidden(table, unknown)
    assert follow(table, cells, unknown) == set()


@given(classes)
@settings(max_examples=300, deadline=None)
def test_every_small_number_is_hidden_and_no_zero(found: Table) -> None:
    table = with_people(found)
    cells = hidden(table, hidden_sums(sums_of(table)))
    for row, line in enumerate(table):
        for column, value in enumerate(line):
            if 0 < value < SMALL:
                assert (row, column) in cells
            if value == 0:
                assert (row, column) not in cells


@given(classes, st.data())
@settings(max_examples=150, deadline=None)
def test_the_tables_below_hide_as_much(found: Table, data: st.DataObject) -> None:
    """A unit's own numbers are hidden on its own page as in the table above it; its parts do not give them away."""
    table = with_people(found)
    cells = hidden(table, hidden_sums(sums_of(table)))
    row = data.draw(st.integers(0, len(table) - 1))
    parts = data.draw(st.integers(1, 4))
    lines = [[0] * (len(table[row]) - 1) for _ in range(parts)]
    for column, value in enumerate(table[row][1:]):  # its people fall into parts
        cuts = sorted(data.draw(st.lists(st.integers(0, value), min_size=parts - 1, max_size=parts - 1)))
        for part, (low, high) in enumerate(zip([0, *cuts], [*cuts, value], strict=True)):
            lines[part][column] = high - low
    below, unknown = with_people(lines), {column for r, column in cells if r == row}
    assert follow(below, hidden(below, unknown), unknown) == set()


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_of_a_unit_alone_nothing_hidden_is_the_rest_of_what_is_shown(line: list[int]) -> None:
    found = hidden_sums([sum(line), *line])
    assert len(found) != 1
    assert all(place in found for place, value in enumerate([sum(line), *line]) if 0 < value < SMALL)


def test_one_small_library_takes_another_with_it() -> None:
    table = with_people([[30, 2], [20, 10], [40, 9]])
    cells = hidden(table)
    assert (0, 2) in cells  # two were never trained
    assert len([row for row, column in cells if column == 2]) >= 2  # nor is it what the others leave of the sum
    assert len([column for row, column in cells if row == 0]) >= 2  # nor what her library leaves


def test_a_table_without_anything_small_is_shown_whole() -> None:
    assert hidden(with_people([[30, 5], [20, 10]])) == set()


def test_a_small_sum_that_is_shown_is_no_way_to_hide() -> None:
    with pytest.raises(SumsAreShown):
        hidden(with_people([[3, 10], [0, 20]]))
