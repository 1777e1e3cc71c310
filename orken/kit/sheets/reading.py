"""Spreadsheets as people send them: xlsx, ods, csv; judged by content, never by name.

    book = read(upload)            # raises SheetRefused with a sentence for the reader
    for sheet in book.sheets: for row in sheet.rows: …

Cells are str, int, float, bool, date, datetime or "" when empty. Formulas arrive as their last
result; text that only looks like a formula stays text.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

Cell = str | int | float | bool | date | datetime
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
MACROS = "vbaProject.bin"
XLSX, ODS = "xl/workbook.xml", "content.xml"


class SheetRefused(Exception):
    """The file cannot be read as a spreadsheet; the text is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Limits:
    """What is still taken for an honest list; sizes in bytes."""

    size: int = 10 * 1024 * 1024
    unpacked: int = 200 * 1024 * 1024
    entries: int = 2000
    rows: int = 60_000
    columns: int = 300
    memory: int = 1536 * 1024 * 1024
    seconds: int = 30


@dataclass(frozen=True)
class Sheet:
    """One sheet; `merged` are inclusive (row, column, row, column) from 0, the value stands in the first cell."""

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]]


@dataclass(frozen=True)
class Book:
    sheets: list[Sheet]


def read(file: IO[bytes], limits: Limits | None = None) -> Book:
    """Read the whole file from its start. Raises SheetRefused."""
    bounds = limits or Limits()
    file.seek(0)
    content = file.read(bounds.size + 1)
    if len(content) > bounds.size:
        raise SheetRefused(
            _("The file is larger than %(mb)s MB. Split the list into several files.")
            % {"mb": bounds.size // 1024 // 1024}
        )
    if not content.strip(b"\x00 \r\n\t"):
        raise SheetRefused(_("The file is empty."))
    if content.startswith(PICTURES) or (content.startswith(b"BM") and b"\x00" in content[:16]):
        raise SheetRefused(_("This is a picture, not a table. Send the list itself as xlsx, ods or csv."))
    if content.startswith(b"%PDF"):
        raise SheetRefused(_("This is a PDF, not a table. Send the list itself as xlsx, ods or csv."))
    if content.startswith(b"PK\x03\x04"):
        _judge_zip(content, bounds)
        return _in_child(content, bounds)
    if content.startswith(OLD_OFFICE):
        raise SheetRefused(
            _("This is an old xls file or a file with a password. Open it, take the password off and save it as xlsx.")
        )
    return _csv(content, bounds)


def _judge_zip(content: bytes, bounds: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if XLSX not in names and ODS not in names:
                raise SheetRefused(_("This is an archive, not a table. Send an xlsx, ods or csv file."))
            if any(name.endswith(MACROS) or name.startswith("Basic/") for name in names):
                raise SheetRefused(
                    _("The file holds macros, so it was not opened. Save it as an ordinary xlsx and send that.")
                )
            if len(entries) > bounds.entries or sum(entry.file_size for entry in entries) > bounds.unpacked:
                raise SheetRefused(_("The file unpacks to far more than a list needs, so it was not opened."))
            for entry in entries:
                if entry.flag_bits & 1:
                    raise SheetRefused(_("The file has a password. Take it off and send the file again."))
                if entry.filename.endswith((".xml", ".rels")):
                    with archive.open(entry) as part:
                        # A document type stands before the root element, so the first part shows it.
                        if b"<!DOCTYPE" in part.read(65536).upper():
                            raise SheetRefused(_("The file defines entities of its own, so it was not opened."))
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as broken:
        raise SheetRefused(_("The file is damaged. Open it in your program and save it again.")) from broken


def _in_child(content: bytes, bounds: Limits) -> Book:
    words = [str(number) for number in (bounds.memory, bounds.seconds, bounds.rows, bounds.columns)]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "orken.kit.sheets.child", *words],
            input=content,
            capture_output=True,
            cwd=settings.BASE_DIR,
            timeout=bounds.seconds * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise SheetRefused(_("The file took too long to open. Send only the sheet with the list.")) from late
    if done.returncode == 3:
        raise SheetRefused(
            _("The sheet has more than %(rows)s rows or %(columns)s columns. Send only the part with the list.")
            % {"rows": bounds.rows, "columns": bounds.columns}
        )
    if done.returncode != 0:
        raise SheetRefused(_("The file is damaged or needs too much memory. Save it anew with only the list in it."))
    return Book(
        [
            Sheet(
                one["name"],
                [[_cell(value) for value in row] for row in one["rows"]],
                [tuple(place) for place in one["merged"]],
            )
            for one in json.loads(done.stdout)
        ]
    )


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        if "date" in value:
            return date.fromisoformat(value["date"])
        moment = datetime.fromisoformat(value["moment"])
        return moment.date() if moment.time() == datetime.min.time() else moment
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value  # type: ignore[no-any-return]  # JSON gives str, int, float, bool


def _csv(content: bytes, bounds: Limits) -> Book:
    text = _decoded(content)
    sample = text[:20000]
    lines = [line for line in sample.splitlines() if line.strip()][:50]
    # The separator that most lines agree on; a semicolon is what spreadsheets in this country write.
    separator = max(
        ";\t,", key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines))
    )
    csv.field_size_limit(100_000)
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            if len(rows) >= bounds.rows or len(row) > bounds.columns:
                raise SheetRefused(
                    _("The sheet has more than %(rows)s rows or %(columns)s columns. Send only the part with the list.")
                    % {"rows": bounds.rows, "columns": bounds.columns}
                )
            rows.append([value.strip() for value in row])
    except csv.Error as broken:
        raise SheetRefused(_("The text cannot be read as a table. Save the list as xlsx and send that.")) from broken
    return Book([Sheet("", rows, [])])


def _decoded(content: bytes) -> str:
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    # KZ-1048 is windows-1251 with the Kazakh letters where that one has letters that no Kazakh or Russian list uses.
    encodings = ["utf-16"] if utf16 else ["utf-8-sig", "kz1048"]
    if b"\x00" in content and not utf16:
        raise SheetRefused(_("This is not a table. Send an xlsx, ods or csv file."))
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetRefused(_("The letters of the file cannot be read. Save it as xlsx or as csv in UTF-8."))
