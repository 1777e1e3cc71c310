"""Words of a text as keys for finding: «кітапханашының» and «кітапханашы» give the same key.

Kazakh and Russian share an alphabet: a word with a letter of only one of them is taken as such, any
other is keyed both ways. Keys of the two languages never meet by chance: a Russian one begins with
«р_», a Kazakh one with «қ_», Latin with «l_»; «=» stands before a word as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from orken.kit.text import kazakh

WORD = re.compile(r"[^\W_]+", re.UNICODE)
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
ONLY_KAZAKH = re.compile(r"[әғқңөұүһі]")
ONLY_RUSSIAN = re.compile(r"[ёцщъьэ]|ф(?=[ьъ])")
LONGEST = 40

_russian = snowballstemmer.stemmer("russian")
_english = snowballstemmer.stemmer("english")


def words(text: str) -> list[str]:
    """The words of a text, lower case, composed letters, ё as е."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return [word[:LONGEST] for word in WORD.findall(plain)]


@lru_cache(maxsize=100_000)
def keys(word: str) -> tuple[str, ...]:
    """The keys of one lower-case word: itself and its stems."""
    found = [f"={word}"]
    if CYRILLIC.search(word):
        if not ONLY_RUSSIAN.search(word):
            found.append(f"қ_{kazakh.stem(word)}")
        if not ONLY_KAZAKH.search(word):
            found.append(f"р_{_russian_stem(word)}")
    elif word.isalpha():
        found.append(f"l_{_english.stemWord(word)}")
    return tuple(found)


def _russian_stem(word: str) -> str:
    """Stemmed until nothing changes: «журнал» and «журналов» lose different ends at the first pass."""
    shorter: str = _russian.stemWord(word)
    while shorter != word and len(shorter) >= 3:
        word, shorter = shorter, _russian.stemWord(shorter)
    return word


def terms(text: str) -> list[str]:
    """All keys of a text, in its order, for an index."""
    return [key for word in words(text) for key in keys(word)]


def meets(one: str, other: str) -> bool:
    """Whether two words would find each other."""
    return any(set(keys(a)[1:] or keys(a)) & set(keys(b)[1:] or keys(b)) for a in words(one) for b in words(other))
