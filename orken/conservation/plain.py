"""Marks typed as cells of the grid: for pages without script, and the same words that the list shows.

The canvas is divided into eight columns A to H and ten rows; «E1–H4» is the rectangle from cell E1 to cell H4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from orken.conservation.annotations import Canvas

COLUMNS, ROWS = "ABCDEFGH", 10
PLAIN_ROWS = 8
CELL = re.compile(r"([A-H])\s*(10|[1-9])", re.IGNORECASE)


class CellsUnreadable(Exception):
    """The cells of a row cannot be read; the text is a sentence for the person."""


def rectangle(cells: str, canvas: Canvas) -> tuple[float, float, float, float]:
    """x, y, width and height in pixels of «E1–H4» or «A6». Raises CellsUnreadable."""
    found = CELL.findall(cells)
    rest = re.sub(r"[\s–—:-]", "", CELL.sub("", cells))
    if not 1 <= len(found) <= 2 or rest:
        raise CellsUnreadable(
            _("“%(cells)s” is no place on the grid. Write one cell (A6) or two corners (E1–H4).")
            % {"cells": cells[:40]}
        )
    columns = sorted(COLUMNS.index(letter.upper()) for letter, _row in found)
    rows = sorted(int(row) for _letter, row in found)
    wide, high = canvas.width / len(COLUMNS), canvas.height / ROWS
    return (
        columns[0] * wide, (rows[0] - 1) * high,
        (columns[-1] - columns[0] + 1) * wide, (rows[-1] - rows[0] + 1) * high,
    )  # fmt: skip


def document(answers: Mapping[str, Any], canvas: Canvas) -> dict[str, Any]:
    """The rows of the form without script as a document of annotations. Raises CellsUnreadable."""
    annotations = []
    for row in range(1, PLAIN_ROWS + 1):
        cells = str(answers.get(f"cells_{row}", "")).strip()
        code = str(answers.get(f"code_{row}", "")).strip()
        if not cells and not code:
            continue
        x, y, w, h = rectangle(cells, canvas)
        body = [{"type": "TextualBody", "purpose": "classifying", "value": code}]
        severity = str(answers.get(f"severity_{row}", "")).strip()
        if severity:
            body.append({"type": "TextualBody", "purpose": "assessing", "value": f"severity:{severity}"})
        selector = {"type": "FragmentSelector", "value": f"xywh=pixel:{x:.2f},{y:.2f},{w:.2f},{h:.2f}"}
        annotations.append({"type": "Annotation", "body": body, "target": {"selector": selector}})
    return {"canvas": canvas.as_dict(), "annotations": annotations}


def cells_of(bounds: tuple[float, float, float, float], canvas: Canvas) -> str:
    """«E1–H4» for the box x0, y0, x1, y1."""
    wide, high = canvas.width / len(COLUMNS), canvas.height / ROWS

    def cell(x: float, y: float) -> str:
        column = min(len(COLUMNS) - 1, max(0, int(x / wide)))
        return f"{COLUMNS[column]}{min(ROWS, max(1, int(y / high) + 1))}"

    first, last = cell(bounds[0], bounds[1]), cell(max(bounds[0], bounds[2] - 0.01), max(bounds[1], bounds[3] - 0.01))
    return first if first == last else f"{first}–{last}"
