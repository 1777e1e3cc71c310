"""Marks in a table: the template handed out, and what a filled one says, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import IO

from django.core import signing
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from orken.kit.i18n.content import current_language
from orken.kit.sheets.reading import Book, Cell, SheetRefused
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.kit.text.quotes import quoted
from orken.training.models import Component, Fact, Run
from orken.training.results import selectors
from orken.training.results.selectors import ENTERED
from orken.training.results.services import Put

Text = str | Promise
SALT = "training.results.table"
LANGUAGES = ("kk", "ru", "en")
NO_NUMBER = gettext_lazy("The number of the row is missing or is not one of this run. Take the template afresh.")
TWICE = gettext_lazy("The same person stands in an earlier row with another mark.")
NOT_A_MARK = gettext_lazy("“%(text)s” is not a whole number from 0 to 100.")
MOVED = gettext_lazy("The name does not belong to this number: rows were moved against each other.")


def template(run: Run) -> IO[bytes]:
    """Everybody with the marks that stand; the number in the first column says whose row it is."""
    rows = selectors.rows_of(run)
    columns = [Column("№", 10), Column(_("Full name"), 40), Column(_("Library"), 50)]
    columns += [Column(str(Component(name).label), 18) for name in ENTERED]
    return write_xlsx([
        Table(run.code[:31], columns, (
            [row.enrolment.pk, row.enrolment.person.full_name(), row.enrolment.unit.name, *(row.facts[name].value if name in row.facts else None for name in ENTERED)]
            for row in rows
        ))
    ])  # fmt: skip


MARKS_BEGIN = 3  # columns before the marks: number, name, library


@dataclass(frozen=True)
class Refused:
    row: int
    text: str
    reason: str


@dataclass(frozen=True)
class Change:
    """One mark that would be written; `before` is what stands."""

    row: int
    name: str
    component: str
    value: int
    put: Put
    before: Fact | None = None

    @property
    def label(self) -> Text:
        return Component(self.component).label


@dataclass
class Dry:
    """What a table would do; nothing is written."""

    changes: list[Change] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # headings of columns that are no marks
    same: int = 0

    @property
    def corrects(self) -> int:
        return sum(one.before is not None for one in self.changes)


def look_through(run: Run, book: Book) -> Dry:
    """Each row is taken whole or refused with its reason; an empty cell says nothing. Raises SheetRefused."""
    known = {row.enrolment.pk: row for row in selectors.rows_of(run)}
    twins = Counter(row.enrolment.person.full_name() for row in known.values())
    dry, taken = Dry(), dict[tuple[int, str], int]()
    rows = book.sheets[0].rows if book.sheets else []
    columns = _columns(rows[0] if rows else [], dry)
    for number, cells in enumerate(rows[1:], start=2):
        texts = [_text(cell) for cell in cells]
        if not any(texts):
            continue
        says = " ".join(text for text in texts[:2] if text)[:120]
        row = known.get(whole(cells[0]) or 0)
        if row is None:
            dry.refused.append(Refused(number, says, str(NO_NUMBER)))
            continue
        if not _hers(row, texts, twin=twins[row.enrolment.person.full_name()] > 1):
            dry.refused.append(Refused(number, says, str(MOVED)))
            continue
        marks, wrong = _marks(cells, columns)
        if not wrong and any(taken.get((row.enrolment.pk, name), value) != value for name, value in marks.items()):
            wrong = str(TWICE)
        if wrong:
            dry.refused.append(Refused(number, says, wrong))
            continue
        for name, value in marks.items():
            if (row.enrolment.pk, name) in taken:
                continue
            taken[row.enrolment.pk, name] = value
            before = row.facts.get(name)
            if before is not None and (before.value, before.of) == (value, 100):
                dry.same += 1
            else:
                dry.changes.append(
                    Change(number, row.enrolment.person.full_name(), name, value, Put(row.enrolment.pk, name, value), before)
                )  # fmt: skip
    return dry


def _text(cell: Cell) -> str:
    return " ".join(str(cell).split())


def _columns(heads: list[Cell], dry: Dry) -> dict[int, str]:
    """Which component each column marks, by its heading in any language; what is no mark is told as not read."""
    found: dict[int, str] = {}
    for place, head in enumerate(heads):
        name = _headings().get(_text(head).casefold())
        if name in found.values():
            raise SheetRefused(_("The column “%(head)s” stands twice.") % {"head": _text(head)[:60]})
        if name is not None:
            found[place] = name
        elif place >= MARKS_BEGIN and _text(head):
            dry.unread.append(_text(head)[:60])
    if not found:
        labels = ", ".join(quoted(str(Component(name).label), current_language()) for name in ENTERED)
        raise SheetRefused(
            _("The first row names no column with marks: %(labels)s. Take the template.") % {"labels": labels}
        )
    return found


def _headings() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in LANGUAGES:
        with override(code):
            found |= {str(Component(name).label).casefold(): name for name in ENTERED}
    return found


def _hers(row: selectors.Row, texts: list[str], *, twin: bool) -> bool:
    """Whether the row names the person of its number; of two of one name also by the library."""
    name, library = (texts[place] if len(texts) > place else "" for place in (1, 2))
    person, unit = row.enrolment.person, row.enrolment.unit
    if name and name not in {person.full_name(code) for code in LANGUAGES}:
        return False
    return not (twin and library) or library in {unit.name_kk, unit.name_ru, unit.name_en}


def _marks(cells: list[Cell], columns: Mapping[int, str]) -> tuple[dict[str, int], str]:
    marks: dict[str, int] = {}
    for place, name in columns.items():
        if place >= len(cells) or not (text := _text(cells[place])):
            continue
        value = whole(cells[place])
        if value is None or value > 100:
            return {}, str(NOT_A_MARK % {"text": text[:40]})
        marks[name] = value
    return marks, ""


def whole(cell: object) -> int | None:
    """A whole number that is not negative, as people and spreadsheets write it; else None."""
    try:
        number = Decimal(" ".join(str(cell).split()).replace(",", "."))
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or number > 10**9 or number != number.to_integral_value():
        return None
    return int(number)


def sealed(run: Run, dry: Dry) -> str:
    """What was looked through, to be sent back unchanged when it is to be written; it also says what stood then."""
    rows = [[one.put.enrolment, one.put.component, one.value] for one in dry.changes]
    return signing.dumps([run.pk, selectors.newest(run), rows], salt=SALT, compress=True)


def opened(run: Run, text: str) -> tuple[list[Put], int] | None:
    """The marks of a sealed dry run of this run, and the newest row of that time; None for anything else."""
    try:
        whose, seen, rows = signing.loads(text, salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        return None
    return ([Put(*row) for row in rows], seen) if whose == run.pk else None


def marks_of_form(run: Run, data: Mapping[str, str], pks: list[int]) -> tuple[list[Put], dict[str, str]]:
    """The cells of the grid that have something in them, and by name of the field what is no mark."""
    marks, wrong = [], dict[str, str]()
    for pk in pks:
        for name in ENTERED:
            field_name = f"{name}-{pk}"
            if not (text := " ".join(data.get(field_name, "").split())):
                continue
            value = whole(text)
            if value is None or value > 100:
                wrong[field_name] = str(NOT_A_MARK % {"text": text[:40]})
            else:
                marks.append(Put(pk, name, value))
    return marks, wrong
