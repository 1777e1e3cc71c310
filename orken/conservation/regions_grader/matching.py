"""The best pairing of marks and regions."""

from __future__ import annotations

import numpy


def best_pairs(worth: numpy.ndarray) -> list[tuple[int, int]]:
    """Rows and columns paired so that the sum of `worth` is the greatest; pairs worth nothing are left out.

    The Hungarian method with potentials, a row at a time (O(rows² · columns)); sixty marks take milliseconds.
    """
    rows, columns = worth.shape
    if not rows or not columns:
        return []
    if rows > columns:
        return sorted((row, column) for column, row in best_pairs(worth.T))
    cost = worth.max() - worth
    row_potential, column_potential = numpy.zeros(rows + 1), numpy.zeros(columns + 1)
    row_of = numpy.zeros(columns + 1, dtype=int)  # the row, counted from 1, that stands in each column
    for row in range(1, rows + 1):
        row_of[0] = row
        here = 0
        least = numpy.full(columns + 1, numpy.inf)
        came_from = numpy.zeros(columns + 1, dtype=int)
        used = numpy.zeros(columns + 1, dtype=bool)
        while row_of[here]:
            used[here] = True
            open_ = numpy.flatnonzero(~used)
            reduced = cost[row_of[here] - 1, open_ - 1] - row_potential[row_of[here]] - column_potential[open_]
            better = reduced < least[open_]
            least[open_[better]] = reduced[better]
            came_from[open_[better]] = here
            following = int(open_[numpy.argmin(least[open_])])
            step = least[following]
            row_potential[row_of[used]] += step
            column_potential[used] -= step
            least[open_] -= step
            here = following
        while here:
            row_of[here] = row_of[came_from[here]]
            here = int(came_from[here])
    pairs = [(int(row_of[column]) - 1, column - 1) for column in range(1, columns + 1) if row_of[column]]
    return sorted((row, column) for row, column in pairs if worth[row, column] > 1e-9)
