"""What a text says by its letters and words: its language, its years, the country of a place, illustrations."""

from __future__ import annotations

import re
from functools import lru_cache

from orken.cataloguing.checker import lists
from orken.cataloguing.profiles.model import Names

PRESENT = Names("бар", "есть", "present")
ABSENT = Names("жоқ", "нет", "absent")
DESCRIBED = Names("бар", "есть", "there")
NOT_DESCRIBED = Names("жоқ", "нет", "not there")

ILLUSTRATED = re.compile(
    r"\b(?:ил|сур|рис|илл|карт|портр|фот|ill|col|phot|map|port|plates?|tabl|табл|кесте|сызба|схем|нот|факс)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(1[0-9]{3}|20[0-9]{2})(?!\d)")
_SHORT_RANGE = re.compile(r"(?<!\d)((?:1[0-9]|20)\d{2})[-–—/](\d{2})(?!\d)")

_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_KAZAKH_SURE = re.compile("[ғқңұәө]", re.IGNORECASE)
_CYRILLIC_WORDS = re.compile("[\u0400-\u052f]+")
_RUSSIAN_WORDS = re.compile(r"\b(?:и|в|на|для|по|из|о|об|от|с|к|не|как|его|что|при|под|между|или)\b", re.IGNORECASE)
_RUSSIAN_ENDINGS = re.compile(
    r"\w{3,}(?:ого|ему|ыми|ости|ение|ения|ский|ская|ское|ные|ный|ная|ных|ться)\b", re.IGNORECASE
)
_LATIN_LANGUAGES = frozenset({"eng", "ger", "fre", "ita", "spa", "por", "tur", "pol", "cze", "lat", "fin", "dut"})


def years(text: str) -> set[str]:
    """Every year a date of publication names; «2019-21» names 2019 and 2021."""
    found = set(_YEAR.findall(text))
    for start, end in _SHORT_RANGE.findall(text):
        found.add(start[:2] + end)
    return found


@lru_cache(maxsize=10_000)
def place_countries(place: str) -> frozenset[str] | None:
    """The country codes that books of this place may bear, or None for a place that is not known here."""
    name = place.strip(" :;,[]().?").lower()
    known = lists.countries_of_cities()
    return known.get(name) or known.get(place.strip(" :;,[]()").lower()) or known.get(name + ".")


@lru_cache(maxsize=10_000)
def expected_language(title: str, code: str, strict: bool = False) -> bool:
    """Whether a title can be in the language `code`, by its letters; in doubt it can.

    Kazakh letters are not Russian; English is not written in Cyrillic; a Cyrillic title of some length
    with Russian words and endings and no Kazakh letter is not Kazakh. `strict` also says no to a
    Russian title in Latin letters, which only records without transliteration may claim.
    """
    letters = [letter for letter in title if letter.isalpha()]
    cyrillic = sum(1 for letter in letters if "\u0400" <= letter <= "\u052f")
    if len(letters) < 4:
        return True
    if code == "rus":
        if cyrillic > len(letters) / 2:
            words = _CYRILLIC_WORDS.findall(title)
            kazakh = sum(1 for word in words if _KAZAKH.search(word))
            # A Russian book may name a Kazakh newspaper: most of the words must be Kazakh.
            return len(_KAZAKH_SURE.findall(title)) < 2 or kazakh * 2 <= len(words)
        return not (strict and cyrillic == 0 and title.isascii() and len(letters) > 10)
    if code in _LATIN_LANGUAGES:
        return cyrillic <= len(letters) / 2
    if code == "kaz" and cyrillic > len(letters) / 2 and not _KAZAKH.search(title) and len(letters) >= 12:
        return not (_RUSSIAN_WORDS.search(title) and _RUSSIAN_ENDINGS.search(title)) and (
            len(_RUSSIAN_ENDINGS.findall(title)) < 2
        )
    return True
