"""Lists as libraries send them, built for the tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import IO, Any

import xlsxwriter

from orken.network.models import StaffRow, Unit
from orken.network.staff_list import lists
from orken.network.staff_list.judging import Line, counts

HEADS = ("Аты-жөні", "ЖСН", "Туған күні", "Кітапхана", "Лауазымы")
GOOD = "850312400009"


def xlsx(
    rows: Sequence[Sequence[Any]], heads: Sequence[str] = HEADS, above: Sequence[str] = (), *,
    merged: Sequence[tuple[int, int, int, int, Any]] = (), more: Sequence[tuple[str, Sequence[Sequence[Any]]]] = (),
) -> IO[bytes]:  # fmt: skip
    """A workbook: titles above, headings, rows; `merged` are (row, column, row, column, value) of the rows, `more` further sheets."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    for name, body, first in [("Лист1", rows, True), *((name, body, False) for name, body in more)]:
        sheet = book.add_worksheet(name)
        lines = [[title] for title in above] if first else []
        for at, line in enumerate([*lines, *([list(heads)] if first else []), *body]):
            for column, value in enumerate(line):
                if value not in ("", None):
                    sheet.write(at, column, value)
        if first:
            for top, left, bottom, right, value in merged:
                down = len(above) + 1
                sheet.merge_range(top + down, left, bottom + down, right, value)
    book.close()
    out.seek(0)
    return out


def judged(file: IO[bytes], unit: Unit, **options: Any) -> list[Line]:
    return lists.judge(lists.look_into(file, unit), unit, **options)


def told(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """State and first reason of each row, a library read in spite of a mistake apart."""
    near = ("unit_near", "unit_above")
    return [(line.state, next((note[0] for note in line.notes if note[0] not in near), "")) for line in lines]


def states(lines: Sequence[Line]) -> dict[str, int]:
    return {name: number for name, number in counts(lines).items() if number}


S = StaffRow.State
