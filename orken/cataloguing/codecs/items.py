"""What a reader hands over, and the two ways to refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orken.cataloguing.record import Record

Texts = Mapping[str, str]
"""A sentence in the three languages: {"kk": …, "ru": …, "en": …}."""


class FileRefused(Exception):
    """The file as a whole cannot be read. `texts` is a plain sentence in three languages."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts["en"])
        self.texts = texts


class NotWritable(Exception):
    """A record cannot be kept without loss in the wanted format or encoding."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts["en"])
        self.texts = texts


def long_code(tag: str, code: str) -> NotWritable:
    """XML and JSON can hold a subfield code of several characters, the other two formats cannot."""
    return NotWritable(
        {
            "kk": f"{tag} өрісіндегі «{code}» коды бір таңба емес: бұл форматқа жазылмайды.",
            "ru": f"Код «{code}» в поле {tag} — не один знак: в этот формат его не записать.",
            "en": f"The code “{code}” in field {tag} is not one character: this format cannot keep it.",
        }
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """What a reader saw wrong. `rule` names a rule of the checker, which holds the words for it."""

    rule: str
    values: Mapping[str, object] = field(default_factory=dict)
    tag: str = ""
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a file. `record` is None when nothing of it could be kept."""

    number: int
    record: Record | None
    problems: tuple[Problem, ...] = ()
    encoding: str = "utf-8"
    offset: int = 0
    """Where it begins: bytes for ISO 2709 and MARCXML, lines for the others."""
