"""A list as a spreadsheet: the chosen columns, every matching row."""

from __future__ import annotations

from typing import IO

from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.kit.tables.tables import Page


def xlsx(page: Page) -> IO[bytes]:
    """An open temporary file at its start; it goes when it is closed."""
    rows = ([column.value(row) for column in page.columns] for row in page.whole())
    columns = [Column(str(column.label), column.width) for column in page.columns]
    return write_xlsx([Table(page.table.name, columns, rows)])
