"""One value of an element, and the collecting of values from a record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from stdnum import isbn, issn
from stdnum.exceptions import ValidationError

from orken.cataloguing.elements.folding import cannot_be_found, fold, is_blank


@dataclass(frozen=True)
class Value:
    """What the record says: `shown` as people read it, `key` as it is compared, and where it stands.

    The shape of `key` belongs to the kind of element: a folded text; surname, forenames, role; parts of a
    heading and its vocabulary.
    """

    shown: str
    key: tuple[str, ...]
    tag: str = ""
    occurrence: int = 1

    @cached_property
    def lost(self) -> str:
        """Why no search finds it («mixed», «invisible»), or empty."""
        return cannot_be_found(self.shown)

    @property
    def text(self) -> str:
        return self.key[0] if self.key else ""


def shorten(text: str, length: int = 300) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


# The ISBD mark that MARC 21 keeps at the end of a subfield belongs to the next one.
_MARK = re.compile(r"\s*[:;/,=]$")


class Collector:
    """Gathers values by element; a value that says nothing («-») is no value."""

    def __init__(self) -> None:
        self.values: dict[str, list[Value]] = {}
        self.blank: list[tuple[str, int]] = []

    def add(self, name: str, shown: str, *key: str, tag: str = "", occurrence: int = 1) -> None:
        shown = _MARK.sub("", " ".join(shown.split()))
        if is_blank(shown):
            if shown:
                self.blank.append((tag, occurrence))
            return
        found = Value(shown, key or (fold(shown),), tag, occurrence)
        standing = self.values.setdefault(name, [])
        if found.key not in [one.key for one in standing]:
            standing.append(found)

    def taken(self) -> dict[str, tuple[Value, ...]]:
        found = {name: tuple(values) for name, values in self.values.items()}
        if self.blank:
            found["blank"] = tuple(Value("—", (tag, str(number)), tag, number) for tag, number in self.blank)
        return found


def standard_number(kind: str, text: str) -> str:
    """«isbn:978…» in 13 digits whatever form was typed; a wrong number keeps its own letters, so that it never matches."""
    bare = text.split("(")[0].strip()
    try:
        if kind == "isbn":
            return f"isbn:{isbn.to_isbn13(isbn.compact(bare, convert=True)) if isbn.is_valid(bare) else fold(bare)}"
        return f"issn:{issn.validate(bare)}"
    except (ValidationError, ValueError, IndexError):
        return f"{kind}:{fold(bare)}"
