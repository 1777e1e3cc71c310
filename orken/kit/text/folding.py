"""Names as they sound, whichever alphabet and document they come from.

Published transfer rules between Kazakh and Russian writing (ә→а, ө→о, ұ ү→у, қ→к, ң→н, ғ→г, і ы→и)
and the habits of registry offices (һ→х, дж→ж, soft signs, doubled letters, бауыр-/баур-). Two folded
names that are equal are worth a look by a person; they are never merged by themselves.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ә": "а", "ө": "о", "ұ": "у", "ү": "у", "қ": "к", "ң": "н", "ғ": "г", "һ": "х", "і": "и", "ы": "и", "й": "и",
        "ё": "е", "э": "е", "ь": "", "ъ": "", "щ": "ш", "ю": "у", "я": "а",
    }
)  # fmt: skip
_LATIN = (
    ("shch", "ш"), ("zh", "ж"), ("kh", "х"), ("gh", "г"), ("sh", "ш"), ("ch", "ч"), ("ts", "ц"), ("ng", "н"),
    ("ya", "а"), ("yu", "у"), ("yo", "е"), ("ye", "е"), ("ju", "жу"), ("dzh", "ж"), ("ss", "с"),
    ("a", "а"), ("á", "а"), ("ä", "а"), ("b", "б"), ("v", "в"), ("w", "у"), ("g", "г"), ("ğ", "г"), ("d", "д"), ("e", "е"),
    ("z", "з"), ("i", "и"), ("ı", "и"), ("y", "и"), ("j", "ж"), ("k", "к"), ("q", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("ñ", "н"),
    ("o", "о"), ("ö", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("ş", "ш"), ("t", "т"), ("u", "у"), ("ū", "у"), ("ü", "у"),
    ("f", "ф"), ("h", "х"), ("c", "к"), ("x", "кс"),
)  # fmt: skip
_ENDINGS = re.compile(r"(ова|ева|ов|ев|ина|ин)$")
_FATHERS = re.compile(r"(кизи|ули|овна|евна|ович|евич)$")


@lru_cache(maxsize=50_000)
def fold_name(text: str) -> str:
    """The sound of a surname, given name or patronymic, words joined by a space: Әбдірахманова → абдирахман."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return " ".join(filter(None, (_fold(word) for word in re.split(r"[\W\d_]+", plain))))


@lru_cache(maxsize=100_000)
def _fold(word: str) -> str:
    if word.isascii() or not re.search(r"[\u0400-\u04ff]", word):
        for latin, letter in _LATIN:
            word = word.replace(latin, letter)
    word = word.translate(_LETTERS).replace("дж", "ж")
    father = _FATHERS.sub("", word)  # before doubled letters meet: серик-кизи
    if len(father) >= 3:
        word = father
    word = re.sub(r"(.)\1+", r"\1", word)
    word = word.replace("уи", "у").replace("иа", "а").replace("ие", "е")
    shorter = _ENDINGS.sub("", word)
    if len(shorter) >= 4:
        word = shorter
    return re.sub(r"(?<=.)и$", "", word) if len(word) > 3 else word


def initials_of(text: str) -> str:
    """First letters of the folded words: «Айгүл Серікқызы» → «ас»."""
    return "".join(word[0] for word in fold_name(text).split())
