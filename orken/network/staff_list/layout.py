"""Where in a sheet the list stands: its headings, its columns, its rows; titles, totals and signatures are passed over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from orken.kit.sheets.reading import Book, Cell, Sheet
from orken.kit.text.plain import one_alphabet
from orken.network.staff_list.words import IGNORED, KAZAKH_LETTERS, NAMES, SIGNED, TOTAL, field_of, names_a_place, plain

TITLES = 40  # rows above the list at most
HEAD = 3  # lines of headings at most
SAMPLE = 60
_TWELVE = re.compile(r"^\D*(\d\D?){12}\D*$")
_PHONE = re.compile(r"^\+?[\d\s()\-–]{10,18}$")
_FULL_NAME = re.compile(r"^[^\W\d_]{2,}[ ]+[^\W\d_]+\.?([ ]*[^\W\d_]+\.?)?([ ][^\W\d_]+)?$")
Reads = Callable[[str], str]
_SHEET_NAMES = re.compile(r"^(лист|sheet|парақ|парак|список|тізім|page|table)[\s_]*\d*$")


@dataclass
class Part:
    """The list of one sheet: `columns` gives the field of each column, «» for an unknown one."""

    sheet: int
    name: str
    headings: list[str]
    columns: list[str]
    language: str
    guessed: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet, "name": self.name, "headings": self.headings, "columns": self.columns,
            "language": self.language, "guessed": self.guessed,
        }  # fmt: skip

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Part:
        return cls(**found)


@dataclass(slots=True)
class Raw:
    """A row of the list as it stands: number in the file, cells as text, the library named in a line above."""

    sheet: int
    number: int
    cells: list[str]
    section: str = ""


@dataclass
class Found:
    """Everything that stands in a file: each row of each sheet is a row of the list or passed over with a reason."""

    parts: list[Part]
    rows: list[Raw]
    passed: list[tuple[int, int, str]]  # sheet, row, why: title, heading, numbers, total, section, signature, no_list


def find(book: Book, known: Mapping[str, str] | None = None, reads: Reads = field_of) -> Found:
    """Find the lists in a book. `known` maps headings to fields that a person chose for this library before.

    `reads` tells the field of a heading; other lists of people (registers of earlier years) have words of their own.
    """
    found = Found([], [], [])
    for place, sheet in enumerate(book.sheets):
        _sheet(found, place, sheet, known or {}, reads)
    return found


def _sheet(found: Found, place: int, sheet: Sheet, known: Mapping[str, str], reads: Reads) -> None:
    rows = [[text_of(cell) for cell in row] for row in sheet.rows]
    _fill_merged(rows, sheet.merged, reads)
    best = _heading(rows, known, reads)
    if best is None:
        found.passed += [(place, number, "no_list") for number, row in enumerate(rows, 1) if any(row)]
        return
    first, height = best
    headings = _joined(rows[first : first + height])
    columns = _fields(rows[first : first + height], known, reads)
    body = rows[first + height :]
    guessed = _guess(columns, body)
    _once(columns)
    text = " ".join(headings)
    language = "kk" if KAZAKH_LETTERS.search(text) else "ru" if re.search(r"[а-яё]", text, re.I) else "en"
    title = sheet.name.strip()
    part = Part(place, title, headings, columns, language, guessed)
    found.parts.append(part)
    found.passed += [(place, number, "title") for number, row in enumerate(rows[:first], 1) if any(row)]
    found.passed += [(place, number, "heading") for number in range(first + 1, first + height + 1)]
    section = title if names_a_place(title) and not _SHEET_NAMES.match(plain(title)) else ""
    for number, row in enumerate(body, start=first + height + 1):
        if not any(row):
            continue
        kind = _kind(row, columns, headings)
        if kind == "section":
            section = next(cell for cell in row if cell)
        if kind == "row":
            found.rows.append(Raw(place, number, _trimmed(row), section))
        else:
            found.passed.append((place, number, kind))


def text_of(cell: Cell) -> str:
    """A cell as text: dates by ISO, whole numbers without a point, spaces made one."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "1" if cell else ""
    return one_alphabet(re.sub(r"[^\S\n]+", " ", str(cell).replace("\x00", "").replace("\r", "")).strip()[:1000])


def _fill_merged(rows: list[list[str]], merged: Sequence[tuple[int, int, int, int]], reads: Reads) -> None:
    """A value that stands over several rows holds in each; over several columns it is a title and stays where it is."""
    for top, left, bottom, right in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for down in range(top, min(bottom, len(rows) - 1) + 1):
            for over in range(left, right + 1):
                wide = right > left and down - top < 1 and over > left
                if (
                    over < len(rows[down])
                    and not rows[down][over]
                    and (not wide or _is_heading_like(rows[top][left], reads))
                ):
                    rows[down][over] = rows[top][left]


def _is_heading_like(text: str, reads: Reads) -> bool:
    return bool(reads(text)) and len(text) < 60


def _joined(lines: Sequence[Sequence[str]]) -> list[str]:
    """The headings of the columns: what stands in the lines over one another, each text once."""
    width = max(len(line) for line in lines)
    return [
        " ".join(dict.fromkeys(line[column] for line in lines if column < len(line) and line[column]))
        for column in range(width)
    ]


def _heading(rows: Sequence[Sequence[str]], known: Mapping[str, str], reads: Reads) -> tuple[int, int] | None:
    """The first line of headings and how many lines they take; None when the sheet holds no list."""
    best: tuple[int, int, int] | None = None
    for first in range(min(TITLES, len(rows))):
        for height in range(1, HEAD + 1):
            lines = rows[first : first + height]
            if len(lines) < height or not any(lines[0]):
                break
            if height > 1 and not _may_be_heading(lines[-1], lines[-2], reads):
                break
            score = _score(lines, known, reads)
            if score and (best is None or (score, -height) > (best[0], -best[2])):
                best = (score, first, height)
    return (best[1], best[2]) if best else None


def _may_be_heading(line: Sequence[str], above: Sequence[str], reads: Reads) -> bool:
    """Whether a further line still holds headings: short words without figures, some of them known by themselves."""
    words = [(cell, above[n] if n < len(above) else "") for n, cell in enumerate(line) if cell]
    own = [cell for cell, over in words if cell != over]
    if not own or any(len(cell) > 60 or re.search(r"\d{2,}|@", cell) for cell in own):
        return False
    return sum(bool(reads(cell)) for cell in own) * 2 >= len(own) and len({plain(cell) for cell in own}) > 1


def _score(lines: Sequence[Sequence[str]], known: Mapping[str, str], reads: Reads) -> int:
    """How many fields the headings tell, if a name is among them; several fields in one cell are a sentence, not headings."""
    if max((len(heading) for heading in _joined(lines)), default=0) > 200:
        return 0
    fields = set(_fields(lines, known, reads)) - {"", IGNORED, "number"}
    named = any(name.split("_")[0] in ("name", "surname", "given") for name in fields)
    return len(fields) if named and len(fields) >= 2 else 0


def _fields(lines: Sequence[Sequence[str]], known: Mapping[str, str], reads: Reads) -> list[str]:
    """The field of each column. Under «Full name» the lower line says which part of it stands here."""
    found = []
    for column, heading in enumerate(_joined(lines)):
        own = [line[column] for line in lines if column < len(line) and line[column]]
        lowest = reads(own[-1]) if len(own) > 1 else ""
        part = lowest.split("_")[0] in ("surname", "given", "patronymic")
        found.append(known.get(plain(heading), lowest if part else reads(heading)))
    return found


def _guess(columns: list[str], body: Sequence[Sequence[str]]) -> list[int]:
    """Columns without a known heading that tell by their content what they are; answers which were guessed."""
    guessed = []
    for column, known in enumerate(columns):
        if known:
            continue
        sample = [row[column] for row in body[: SAMPLE * 3] if column < len(row) and row[column]][:SAMPLE]
        if len(sample) < 2:
            continue
        for name, looks in (
            ("iin", _TWELVE.match),
            ("mail", re.compile(r"\S+@\S+\.\S+").search),
            ("phone", _PHONE.match),
        ):
            if name not in columns and sum(bool(looks(text)) for text in sample) * 10 >= len(sample) * 6:
                columns[column] = name
                guessed.append(column)
                break
    return guessed


def _once(columns: list[str]) -> None:
    """A field stands in one column: of two the first counts; names may stand once in each script."""
    seen: set[str] = set()
    for place, name in enumerate(columns):
        if name and name != IGNORED and name in seen:
            columns[place] = ""
        seen.add(name)


def _kind(row: Sequence[str], columns: Sequence[str], headings: Sequence[str]) -> str:
    """What a row below the headings is: a row of the list or something to pass over."""
    filled = [cell for cell in row if cell]
    texts = list(dict.fromkeys(filled))
    if all(re.fullmatch(r"\d{1,2}\.?", cell) for cell in filled) and _counts_up(filled):
        return "numbers"
    first = plain(texts[0])
    if TOTAL.match(first) or (len(texts) > 1 and TOTAL.match(plain(texts[1])) and filled[0].isdigit()):
        return "total"
    same = sum(plain(cell) == plain(heading) for cell, heading in zip(row, headings, strict=False) if cell)
    if same * 2 > len(filled) and same > 1:
        return "heading"
    named = any(cell for cell, name in zip(row, columns, strict=False) if name.split("_")[0] in NAMES)
    if len(texts) == 1 and not texts[0].isdigit() and (names_a_place(first) or not named):
        return "section"
    if len(texts) <= 3 and (SIGNED.search(texts[0]) or SIGNED.search(first)):
        return "signature"
    if not named and all(name in ("", IGNORED, "number") for cell, name in zip(row, columns, strict=False) if cell):
        return "note"
    return "row"


def _counts_up(filled: Sequence[str]) -> bool:
    numbers = [int(cell.rstrip(".")) for cell in filled]
    return len(numbers) > 2 and all(after - before == 1 for before, after in pairwise(numbers))


def _trimmed(row: Sequence[str]) -> list[str]:
    cells = list(row)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def summary(found: Found) -> dict[str, int]:
    """How many rows were passed over, by reason."""
    return dict(Counter(why for _sheet, _row, why in found.passed))
