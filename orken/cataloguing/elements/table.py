"""The elements with their weights and areas (grading model, weights sum 105 over a book; a task may change them)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Area(StrEnum):
    """The five areas; none of them may be left below half."""

    CODED = "coded"
    DESCRIPTION = "description"
    PUBLICATION = "publication"
    ACCESS = "access"
    SUBJECT = "subject"


AREAS: dict[Area, Promise | str] = {
    Area.CODED: _("Coded data"),
    Area.DESCRIPTION: _("Title and responsibility"),
    Area.PUBLICATION: _("Publication, extent, numbers, notes"),
    Area.ACCESS: _("Access points"),
    Area.SUBJECT: _("Subjects and classification"),
}


class Kind(StrEnum):
    """How values are compared."""

    CODE = "code"  # equal or not
    TEXT = "text"  # by edits, letter by letter
    WORDS = "words"  # by words, with abbreviations, in any order
    NUMBERS = "numbers"  # by the numbers in it
    NAME = "name"
    HEADING = "heading"
    CLASS = "class"


@dataclass(frozen=True)
class Element:
    """One thing that is graded. `key`: below this share the record misleads the reader, so the work cannot pass.

    `pool`: values of any expert are welcome, none is demanded unless all have it.
    """

    name: str
    label: Promise | str
    area: Area
    weight: float
    kind: Kind
    key: float = 0.0
    pool: bool = False


_C, _D, _P, _A, _S = Area
ELEMENTS: tuple[Element, ...] = (
    Element("type", _("Type of record"), _C, 4, Kind.CODE, key=1.0),
    Element("level", _("Bibliographic level"), _C, 2, Kind.CODE),
    Element("date_type", _("Type of date"), _C, 2, Kind.CODE),
    Element("coded_date", _("Date, coded"), _C, 4, Kind.CODE),
    Element("country", _("Country"), _C, 2, Kind.CODE),
    Element("language", _("Language"), _C, 3, Kind.CODE, key=0.5),
    Element("content", _("Content and media"), _C, 2, Kind.CODE),
    Element("frequency", _("Frequency"), _C, 2, Kind.CODE),
    Element("title", _("Title proper"), _D, 12, Kind.TEXT, key=0.6),
    Element("part", _("Number and name of the part"), _D, 4, Kind.TEXT, key=0.4),
    Element("parallel", _("Parallel title"), _D, 3, Kind.TEXT),
    Element("other_title", _("Other title information"), _D, 5, Kind.WORDS),
    Element("responsibility", _("Statements of responsibility"), _D, 6, Kind.WORDS),
    Element("edition", _("Edition"), _D, 4, Kind.WORDS),
    Element("host", _("Where the part is published"), _D, 8, Kind.TEXT, key=0.6),
    Element("host_place", _("Year, issue and pages in the host"), _D, 5, Kind.NUMBERS, key=0.5),
    Element("place", _("Place of publication"), _P, 3, Kind.WORDS),
    Element("publisher", _("Publisher"), _P, 5, Kind.WORDS, key=0.4),
    Element("date", _("Date of publication"), _P, 5, Kind.NUMBERS, key=0.5),
    Element("numbering", _("Numbering of the serial"), _P, 3, Kind.NUMBERS),
    Element("extent", _("Extent"), _P, 4, Kind.NUMBERS),
    Element("size", _("Size"), _P, 1, Kind.NUMBERS),
    Element("series", _("Series"), _P, 3, Kind.TEXT),
    Element("volume", _("Number in the series"), _P, 1, Kind.NUMBERS),
    Element("number", _("Standard number"), _P, 4, Kind.CODE),
    Element("address", _("Electronic address"), _P, 3, Kind.CODE),
    Element("note", _("Notes"), _P, 2, Kind.WORDS, pool=True),
    Element("main", _("Main access point"), _A, 10, Kind.NAME, key=0.6),
    Element("added", _("Added access points"), _A, 6, Kind.NAME),
    Element("subject", _("Subject headings"), _S, 10, Kind.HEADING),
    Element("class", _("Classification"), _S, 5, Kind.CLASS),
    Element("keyword", _("Keywords"), _S, 2, Kind.WORDS, pool=True),
)  # fmt: skip
BY_NAME = {element.name: element for element in ELEMENTS}

# A choice in one place forces the choice in the other, so both are judged by the same expert.
COUPLED: tuple[tuple[str, ...], ...] = (
    ("main", "added"),
    ("place", "publisher", "date"),
    ("extent", "size"),
)
# Values that lead a reader to the record: a foreign one leads her to the wrong book.
ACCESS_POINTS = ("main", "added", "subject", "class", "number", "variant")
