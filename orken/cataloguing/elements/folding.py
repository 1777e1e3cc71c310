"""How two texts are made comparable, and what makes a text impossible to find.

Folding follows the comparison rules of name authority files (NACO): case, marks and punctuation do not
count. It keeps й, і, ң and the other letters of Kazakh apart, since they make other words; ё counts as е.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_KEPT = {"й": "\ue000", "Й": "\ue000", "ї": "\ue001", "Ї": "\ue001", "ў": "\ue002", "Ў": "\ue002"}
_BACK = {"\ue000": "й", "\ue001": "ї", "\ue002": "ў"}
_NOT_LETTERS = re.compile(r"[^\w]+|_+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Zero-width and direction marks, soft hyphen, byte order mark: nobody sees them, every search stumbles.
INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")  # fmt: skip
# The signs that UNIMARC files put around letters that do not file: «<The >grasses».
_NON_FILING = re.compile("[\u0088\u0089\u0098\u009c]")
LONGEST = 4000  # characters of one value that are compared; a longer one is noise by itself


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case, no marks, one space between words: «Ёлка: № 5» → «елка 5»."""
    shown = _NON_FILING.sub("", text[:LONGEST])
    if shown.isascii():
        folded = shown.casefold()
    else:
        for letter, mark in _KEPT.items():
            shown = shown.replace(letter, mark)
        parts = unicodedata.normalize("NFKD", shown)
        folded = "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold()
        for mark, letter in _BACK.items():
            folded = folded.replace(mark, letter)
    return " ".join(_NOT_LETTERS.sub(" ", folded).split())


def is_blank(text: str) -> bool:
    """Whether a value says nothing: no letter and no digit, as in «-» or «…»."""
    return not fold(text)


@lru_cache(maxsize=20_000)
def cannot_be_found(text: str) -> str:
    """Why no search finds the text: «mixed» for a word of Latin and Cyrillic letters, «invisible», or empty.

    The eye reads «Қaн» as a Kazakh word; the second letter is Latin, so the index has another word.
    """
    if text.isascii():
        return ""
    if INVISIBLE.search(text):
        return "invisible"
    for word in _WORD.findall(text):
        if _LATIN.search(word) and _CYRILLIC.search(word):
            return "mixed"
    return ""


_ROMAN = re.compile(r"^(?=[ivxlc])(c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def numbers(text: str) -> tuple[int, ...]:
    """The numbers of a statement, Arabic and Roman, in order: «XVI, 208 с.» → (16, 208)."""
    found: list[int] = []
    for word in fold(text).split():
        found += [int(digits[:9]) for digits in re.findall(r"\d+", word)]
        if word.isascii() and word.isalpha() and _ROMAN.match(word) and word not in ("l", "c"):
            values = [_ROMAN_VALUES[letter] for letter in word]
            total = sum(
                -one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True)
            )
            found.append(total)
    return tuple(found)


def years(text: str) -> tuple[int, ...]:
    """The years of a date: «[2016]-2018» → (2016, 2018), «cop. 2007» → (2007,)."""
    return tuple(int(found) for found in re.findall(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)", text))
