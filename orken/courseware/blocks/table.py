"""A table: rows as lines, cells parted by a stroke or a tab, so that it can be put in from a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from orken.courseware.blocks.base import Kind, Lack, Materials, Question, Said, Shown, register


def written(text: str) -> list[list[str]]:
    """Rows of cells as they are written."""
    return [[cell.strip() for cell in (line.split("\t") if "\t" in line else line.strip().strip("|").split("|"))] for line in text.splitlines() if line.strip()]  # fmt: skip


def cells(text: str) -> list[list[str]]:
    """Rows of cells; every row as wide as the widest."""
    rows = written(text)
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


@dataclass(frozen=True)
class Rows(Kind):
    def show(self, block: Shown, said: Said, materials: Materials) -> dict[str, Any]:
        rows = cells(str(said.get("rows", "")))
        return {"caption": said.get("caption", ""), "head": rows[0] if rows else [], "rows": rows[1:]}

    def words(self, said: Said) -> str:
        return " ".join(
            [str(said.get("caption", "")), *(cell for row in cells(str(said.get("rows", ""))) for cell in row)]
        )

    def lacks(self, block: Shown, languages: Sequence[str]) -> Iterator[Lack]:
        for code in languages:
            said = block.said.get(code, {})
            rows = cells(str(said.get("rows", "")))
            if rows and len(rows[0]) < 2:
                yield Lack(_("The table has one column: part the cells by | or copy them from a spreadsheet."), language=code)  # fmt: skip
            elif len(rows) == 1:
                yield Lack(_("The table has a heading and no row."), language=code)
            raw = written(str(said.get("rows", "")))
            wide = next((place for place, row in enumerate(raw[1:], start=1) if len(row) > len(raw[0])), 0)
            if wide and len(raw[0]) > 1:
                yield Lack(_("Row %(n)s of the table has more cells than its heading.") % {"n": wide}, language=code)
            if said and not said.get("caption"):
                yield Lack(_("The table has no caption: whoever listens to it does not know what it is about."), language=code)  # fmt: skip


TABLE = register(
    Rows(
        "table", _("Table"), _("Typed, or put in from a spreadsheet"),
        said=(
            Question("caption", _("Caption"), "line", "", 200, needed=True),
            Question("rows", _("Rows"), "text", _("A line for each row, cells parted by | or copied from a spreadsheet. The first line is the heading."), 8000, 8, needed=True),
        ),
    )
)  # fmt: skip
