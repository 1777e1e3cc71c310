"""What came of a list, for programs and for the page: every row counted once, persons' numbers and contacts masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from orken.network.models import StaffImport, StaffRow
from orken.network.staff_list import reasons
from orken.network.staff_list.judging import Line, counts, texts_of
from orken.network.staff_list.layout import Part
from orken.network.staff_list.lists import opened
from orken.people.contacts import masked_mail, masked_phone

S = StaffRow.State
_NUMBER = re.compile(r"\d(?:[\s\-–]?\d){9,}")


def masked(field: str, text: str) -> str:
    """A value as it may be shown: numbers of persons, telephones and mail are masked wherever they stand."""
    if field == "iin":
        digits = re.sub(r"\s", "", text)
        return f"{digits[:4]}{'•' * max(1, len(digits) - 6)}{digits[-2:]}" if len(digits) > 8 else "•" * len(digits)
    if field == "phone":
        return masked_phone(text)
    if field == "mail":
        return masked_mail(text)
    return _NUMBER.sub(lambda found: f"{found[0][:4]}{'•' * (len(found[0]) - 6)}{found[0][-2:]}", text)[:200]


def value_of(field: str, texts: dict[str, str]) -> str:
    """The cell that a reason speaks of: of a name given in parts, the whole."""
    if field in texts:
        return texts[field]
    parts = [text for name, text in texts.items() if name == field or name.startswith(f"{field}_")]
    if not parts and field == "name":
        parts = [text for name, text in texts.items() if name.split("_")[0] in ("surname", "given", "patronymic")]
    return " ".join(parts)


def _document(
    total: int, found: dict[str, int], rows: Iterable[tuple[int, str, list[Any], dict[str, str]]]
) -> dict[str, Any]:
    rejected, doubtful = [], []
    for number, state, note, texts in rows:
        field = note[1] or "name"
        if state == S.REFUSED:
            rejected.append(
                {"row": number, "column": field, "value": masked(field, value_of(field, texts)), "reason": reasons.text(note)}
            )  # fmt: skip
        elif state == S.DOUBTFUL:
            doubtful.append({"row": number, "reason": reasons.text(note)})
    return {
        "rows": total, "new": found[S.NEW], "changed": found[S.CHANGED], "same": found[S.SAME],
        "possible_duplicates": found[S.DOUBTFUL], "rejected": rejected, "doubtful": doubtful,
    }  # fmt: skip


def of_lines(lines: Sequence[Line]) -> dict[str, Any]:
    """The document of `orken staff import --json` for a dry run."""
    rows = (
        (line.number, line.state, line.notes[0], line.texts) for line in lines if line.state in (S.REFUSED, S.DOUBTFUL)
    )
    return _document(len(lines), counts(lines), rows)


def of_table(table: StaffImport) -> dict[str, Any]:
    """The same document for an applied list: what was new and changed is what was written."""
    parts = {part["sheet"]: Part.from_json(part) for part in table.layout}
    found = table.rows.filter(state__in=[S.REFUSED, S.DOUBTFUL]).order_by("sheet", "number")
    rows = (
        (row.number, row.state, row.notes[0], texts_of(parts[row.sheet], opened(row.cells)))
        for row in found.iterator(chunk_size=1000)
    )
    return _document(table.rows.count(), table.counts, rows)
