"""Cyrillic names in Latin letters, for a reader of English when nobody wrote them so."""

from __future__ import annotations

import re

LETTERS = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "gh", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "ng", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def latin(text: str) -> str:
    """Шахметова → Shakhmetova; what is Latin already stays."""
    made = []
    for letter in text:
        other = LETTERS.get(letter.lower())
        made.append(letter if other is None else other.capitalize() if letter.isupper() else other)
    return "".join(made)


def in_latin(text: str) -> str:
    """The same, when there is a Cyrillic letter in it."""
    return latin(text) if CYRILLIC.search(text) else text
