"""Text as people see it: what is invisible is no part of a name."""

from __future__ import annotations

import re
import unicodedata


def visible(text: str) -> str:
    """`text` composed, without characters that show nothing or turn the line around, spaces joined.

    Unicode category Cf: zero-width spaces, joiners, direction marks. None belongs to a name in Kazakh,
    Russian or English; each makes two equal names differ, or one name look like another.
    """
    shown = "".join(letter for letter in unicodedata.normalize("NFC", text) if unicodedata.category(letter) != "Cf")
    return one_alphabet(" ".join(shown.split()))


_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ALIKE = str.maketrans("aceiopxyhABCEHIKMOPTX", "асеіорхуһАВСЕНІКМОРТХ")
_LATIN = re.compile("[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")


def one_alphabet(text: str) -> str:
    """Latin letters that look like ours, in a word of ours, are ours: «кiтапхана» with a Latin i is «кітапхана».

    Keyboards without Kazakh letters taught people to type so. A word with any other Latin letter («WEBИРБИС») stays.
    """
    return (
        _WORD.sub(lambda found: _ours(found.group()), text) if _CYRILLIC.search(text) and _LATIN.search(text) else text
    )


def _ours(word: str) -> str:
    if not (_CYRILLIC.search(word) and _LATIN.search(word)):
        return word
    ours = word.translate(_ALIKE)
    return word if _LATIN.search(ours) else ours


def has_letter(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
