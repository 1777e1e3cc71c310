"""The format profiles: MARC 21, UNIMARC, RUSMARC, KAZMARC, and files that widen them.

    profile = profiles.get("rusmarc")
    profiles.detect(record)  →  "marc21"
    profiles.from_file(path)  →  a profile widened by an operator's file

A profile is loaded once. KAZMARC is UNIMARC with the rows of the National Library over it: the rows
live in the database, so whoever has them calls `profiles.with_rows(…)`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from orken.cataloguing.profiles import family, marc21
from orken.cataloguing.profiles.model import (
    LANGUAGES,
    Condition,
    FieldDef,
    IndicatorDef,
    Names,
    Position,
    Profile,
    Punctuation,
    SubfieldDef,
    material_of,
)
from orken.cataloguing.profiles.overlay import ProfileFileRefused, Row, from_file, with_rows
from orken.cataloguing.record import Record

__all__ = [
    "CODES",
    "LANGUAGES",
    "Condition",
    "FieldDef",
    "IndicatorDef",
    "Names",
    "Position",
    "Profile",
    "ProfileFileRefused",
    "Punctuation",
    "Row",
    "SubfieldDef",
    "detect",
    "from_file",
    "get",
    "material_of",
    "with_rows",
]

_LOADERS: dict[str, Callable[[], Profile]] = {
    "marc21": marc21.load,
    "unimarc": family.load_unimarc,
    "rusmarc": family.load_rusmarc,
    "kazmarc": family.load_kazmarc,
}
CODES = tuple(_LOADERS)


@cache
def get(code: str) -> Profile:
    """Raises KeyError for a format that does not exist."""
    return _LOADERS[code]()


_RUSMARC_RULES = ("psbo", "rcr", "pjrk", "rusmarc")


def detect(record: Record) -> str:
    """Which format a record is in, by fields that the other family lacks.

    Within the UNIMARC family a record is RUSMARC when it says so (801 $2 or the Russian rules in 801
    $g) or comes from Russia; otherwise UNIMARC. KAZMARC is never guessed: it looks like UNIMARC.
    """
    if "245" in record or ("008" in record and "200" not in record):
        return "marc21"
    sources = record.data("801")
    for found in sources:
        said = (found.text("2") + " " + " ".join(found.all("g"))).lower()
        if any(word in said for word in _RUSMARC_RULES) or found.text("a").strip().upper() == "RU":
            return "rusmarc"
    if record.identifier.startswith("RU"):
        return "rusmarc"
    if any(found.text("a").strip() for found in sources):
        return "unimarc"
    # Without its source a record of the family is taken for the format of most Russian and Kazakh files.
    return "rusmarc" if any(tag in record for tag in ("200", "100", "210", "801")) else "marc21"
