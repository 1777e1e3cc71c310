"""Spreadsheets that we hand out: strings stay strings, whatever they begin with."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Column:
    """A heading and the width of its column in letters."""

    title: str
    width: int = 20


@dataclass(frozen=True)
class Table:
    """A sheet: columns and rows of cells (str, number, date or None); rows may come from an iterator."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def write_xlsx(tables: Iterable[Table]) -> IO[bytes]:
    """An open temporary file at its start; it goes when it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table.name))
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.title, bold)
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(table.rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(last, place, _on_the_clock(value), moment)
                elif isinstance(value, date):
                    sheet.write_datetime(last, place, value, day)
                elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
                    sheet.write_number(last, place, value)
                elif value not in (None, ""):
                    sheet.write_string(last, place, str(value)[:32767])
        sheet.autofilter(0, 0, last, len(table.columns) - 1)
    book.close()
    file.seek(0)
    return file


def _on_the_clock(value: Any) -> Any:
    """A moment as the reader's clock shows it: a table knows no time zones."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    return value


def _sheet_name(name: str) -> str:
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in name).strip()[:31] or "1"


def write_csv(table: Table) -> bytes:
    """UTF-8 with a mark and semicolons, as spreadsheets here open it; text that looks like a formula is defused."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_safe(column.title) for column in table.columns])
    for row in table.rows:
        writer.writerow([_safe(_on_the_clock(value)) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return "" if value is None else value
