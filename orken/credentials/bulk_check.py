"""A personnel department's table: numbers and surnames in, the same sheet with what the register says out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.utils.translation import gettext as _

from orken.credentials import checking
from orken.credentials.models import Certificate
from orken.kit.i18n.content import current_language
from orken.kit.sheets.reading import Limits, SheetRefused, read
from orken.kit.sheets.writing import Column, Table, write_xlsx

MOST = 2000  # rows of one table
NUMBER_WORDS = ("сертификат", "certificate", "тіркеу", "регистрац", "registration", "нөмір", "номер", "number", "№")
SURNAME_WORDS = ("тегі", "фамилия", "surname", "аты-жөні", "фио", "ф.и.о", "name")


@dataclass(frozen=True)
class Place:
    """Where the two columns stand, and in which row their headings."""

    head: int
    number: int
    surname: int


def answered(upload: IO[bytes]) -> IO[bytes]:
    """The sheet with its answers, an open file. Raises SheetRefused.

    Nothing is told of a certificate whose surname does not fit: the row says that they do not belong together.
    """
    sheets = read(upload, Limits(rows=MOST + 20, columns=50)).sheets
    if not sheets:
        raise SheetRefused(_("The file is empty."))
    rows = sheets[0].rows
    place = _place(rows)
    asked = [row for row in rows[place.head + 1 :] if any(str(cell).strip() for cell in row)]
    if len(asked) > MOST:
        raise SheetRefused(_("A table of %(rows)s rows at most is checked at once.") % {"rows": MOST})
    prefixes = checking.prefixes()
    read_numbers = [checking.read(str(_cell(row, place.number)), prefixes) for row in asked]
    known = {
        one.number: one
        for one in Certificate.objects.filter(
            number__in={number for number, problem in read_numbers if not problem}, state__in=Certificate.PUBLIC
        ).select_related("replaced_by")
    }
    head = [str(cell) for cell in rows[place.head]]
    columns = [Column(title or " ", 28) for title in head] + [
        Column(title, width) for title, width in ((_("Answer of the register"), 40), (_("Document"), 34), (_("Programme"), 50), (_("Academic hours"), 16), (_("Date"), 14))
    ]  # fmt: skip
    width = len(head)
    answers = [
        [*(row + [""] * width)[:width], *_said(known.get(number), problem, str(_cell(row, place.surname)))]
        for row, (number, problem) in zip(asked, read_numbers, strict=True)
    ]
    return write_xlsx([Table(sheets[0].name or "1", columns, answers)])


def _cell(row: Sequence[Any], place: int) -> Any:
    return row[place] if place < len(row) else ""


def _place(rows: Sequence[Sequence[Any]]) -> Place:
    for at, row in enumerate(rows[:20]):
        said = [str(cell).strip().casefold() for cell in row]
        surname = _first(said, SURNAME_WORDS, None)
        number = _first(said, NUMBER_WORDS, surname)
        if number is not None and surname is not None:
            return Place(at, number, surname)
    raise SheetRefused(_("The table needs a column with the number of the certificate and one with the surname, each with its heading."))  # fmt: skip


def _first(said: Sequence[str], words: Sequence[str], taken: int | None) -> int | None:
    """The column whose heading has the earliest of the words: «№ п/п» is no number where another column says it better."""
    for word in words:
        for place, cell in enumerate(said):
            if place != taken and word in cell:
                return place
    return None


def _said(found: Certificate | None, problem: str, surname: str) -> list[Any]:
    nothing: list[Any] = ["", "", "", ""]
    if problem == "malformed":
        return [_("This is not a registration number."), *nothing]
    if problem == "check":
        return [_("The check character does not fit: a letter or a figure is wrong."), *nothing]
    if found is None or not checking.surname_fits(found, surname):
        return [_("The register has no such certificate with this surname."), *nothing]
    language = current_language()
    said = found.get_state_display()
    if found.state == Certificate.State.REPLACED:
        said = _("replaced by %(number)s") % {"number": found.replaced_by.number_kk}
    data = found.data
    hours = data["hours"].replace(",", ".")
    what = data.get("talk") or data["programme"]
    if not hours:
        return [str(said), data["title"][language], what[language], "", date.fromisoformat(data["dated_on"])]
    return [
        str(said), data["title"][language], what.get(language) or what["kk"], float(hours) if "." in hours else int(hours),
        date.fromisoformat(data["dated_on"]),
    ]  # fmt: skip
