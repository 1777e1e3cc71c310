"""Texts that people wrote in up to three languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

LANGUAGES = ("kk", "ru", "en")
# Which language stands in when the reader's own is missing: the likelier to be understood first.
ORDER = {"kk": ("kk", "ru", "en"), "ru": ("ru", "kk", "en"), "en": ("en", "ru", "kk")}


@dataclass(frozen=True)
class Text:
    """A chosen text and the language that it is really in."""

    value: str
    language: str
    wanted: str

    @property
    def missing(self) -> bool:
        """True when the reader's language is lacking and another stands in."""
        return self.language != self.wanted

    def __str__(self) -> str:
        return self.value


def current_language() -> str:
    """The reader's language as one of the three codes; kk when none is active."""
    code = (get_language() or "kk")[:2]
    return code if code in ORDER else "kk"


def text_of(row: Any, field: str, language: str | None = None) -> Text:
    """The text of `row.field_kk`, `_ru`, `_en` for the reader; the next language when hers is empty."""
    wanted = language or current_language()
    for code in ORDER[wanted]:
        value = getattr(row, f"{field}_{code}", "")
        if value:
            return Text(value, code, wanted)
    return Text("", wanted, wanted)


class Translated:
    """`name = Translated("name")` beside `name_kk`, `name_ru`, `name_en` reads the reader's own."""

    def __init__(self, field: str) -> None:
        self.field = field

    def __get__(self, row: Any, owner: type | None = None) -> str:
        return "" if row is None else text_of(row, self.field).value
