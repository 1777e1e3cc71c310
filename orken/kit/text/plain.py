"""Text as people see it: what is invisible is no part of a name."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    """`text` composed, without characters that show nothing or turn the line around, spaces joined.

    Unicode category Cf: zero-width spaces, joiners, direction marks. None belongs to a name in Kazakh,
    Russian or English; each makes two equal names differ, or one name look like another.
    """
    shown = "".join(letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) != "Cf")
    return " ".join(shown.split())


def has_letter(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
