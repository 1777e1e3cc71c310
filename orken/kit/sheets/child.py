"""Reads one spreadsheet from standard input and writes its cells as JSON: run in a process of its own.

A spreadsheet can be a bomb in more ways than can be looked for (a value repeated a milliard times, a
cell in the last corner). Here it can only blow up a child that has little memory and little time.
Imports nothing of the project and nothing heavy, so that it starts at once.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook

TOO_LARGE = 3


def main(memory: int, seconds: int, most_rows: int, most_columns: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    sheets = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > most_rows or sheet.total_width > most_columns:
            return TOO_LARGE
        merged = [[*start, *end] for start, end in sheet.merged_cell_ranges or []]
        rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        sheets.append({"name": name, "rows": rows, "merged": merged})
    json.dump(sheets, sys.stdout, ensure_ascii=True)
    return 0


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return value


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:5])))
