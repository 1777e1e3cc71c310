"""Kazakh alphabetical order on any database."""

from __future__ import annotations

import unicodedata

# The order of the Kazakh alphabet; Russian letters stand where Kazakh dictionaries put them.
ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_PLACE = {letter: chr(0x4E00 + place) for place, letter in enumerate(ALPHABET)}


def sort_key(text: str) -> str:
    """A string whose plain code-point order is the Kazakh alphabetical order of `text`, case-blind.

    Latin letters and digits keep their order and come before Cyrillic. Stored beside the text, it
    gives one order on SQLite and PostgreSQL, which disagree about Kazakh out of the box.
    """
    return "".join(_PLACE.get(letter, letter) for letter in unicodedata.normalize("NFC", text).casefold())
