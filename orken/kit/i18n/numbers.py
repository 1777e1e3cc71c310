"""Numbers in each language, and the Kazakh endings that follow a number by its last spoken word.

1 234,5 in Kazakh and Russian, 1,234.5 in English; 72 % against 72%. A Kazakh ending agrees with the
sound of the last word of the number: 54-і (төрт), 6-сы (алты), 30-дан (отыз), 100-ге (жүз).
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.translation import ngettext

from orken.kit.i18n.content import current_language

NBSP = "\xa0"


def number(value: int | float | Decimal, places: int | None = None) -> str:
    """The number with the separators of the reader's language."""
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def short_number(value: int | float | Decimal) -> str:
    """The number without zeros at its end: 1, 0,5, 1,25."""
    return number(Decimal(str(value)).normalize())


def percent(value: int | float | Decimal, places: int = 0) -> str:
    """A share that is given in hundredths: `percent(72)`."""
    gap = "" if current_language() == "en" else NBSP
    return f"{number(value, places)}{gap}%"


def hours(value: int | Decimal) -> str:
    """Hours in words: 72 сағат, 1 час, 2 часа, 5 часов."""
    whole = int(value) if value == int(value) else 2  # a part of an hour takes the form of few
    return ngettext("%(n)s hour", "%(n)s hours", whole) % {"n": number(value)}


class Case(StrEnum):
    """Endings that a number takes in Kazakh."""

    ORDINAL = "ordinal"  # 5-ші
    POSSESSIVE = "possessive"  # 54-і (of a whole)
    GENITIVE = "genitive"  # 5-тің
    DATIVE = "dative"  # 5-ке
    ACCUSATIVE = "accusative"  # 5-ті
    LOCATIVE = "locative"  # 5-те
    ABLATIVE = "ablative"  # 5-тен


UNITS = ("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")
TENS = ("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан")
BACK = set("аоұыя")
FRONT = set("әөүіеиэ")
VOWELS = BACK | FRONT | {"у"}
VOICELESS = set("кқпстфхцчшщ")
NASAL = set("мнң")
SONORANT = set("йлру")


def last_word(value: int) -> str:
    """The last word of the number as it is read in Kazakh: 1926 → алты, 300 → жүз, 40 → қырық."""
    value = abs(value)
    if value % 10 or value == 0:
        return UNITS[value % 10]
    if value % 100:
        return TENS[value % 100 // 10]
    if value % 1000:
        return "жүз"
    if value % 1_000_000:
        return "мың"
    return "миллион" if value % 1_000_000_000 else "миллиард"


def suffix(value: int, case: Case) -> str:
    """The number with its Kazakh ending after a hyphen: `suffix(54, Case.POSSESSIVE)` → «54-і»."""
    return f"{value}-{ending(last_word(value), case)}"


def ending(word: str, case: Case) -> str:
    """The ending of `case` that follows `word`, by vowel harmony and the sound at its end."""
    hard = _hard(word)
    last = word[-1]
    vowel = (last in VOWELS and last != "у") or word == "елу"

    def choose(back: str, front: str) -> str:
        return back if hard else front

    match case:
        case Case.ORDINAL:
            return choose("шы", "ші")
        case Case.POSSESSIVE:
            return choose("сы", "сі") if vowel else choose("ы", "і")
        case Case.GENITIVE:
            first = "н" if vowel or last in NASAL else "т" if last in VOICELESS else "д"
            return first + choose("ың", "ің")
        case Case.DATIVE:
            return choose("қа", "ке") if last in VOICELESS else choose("ға", "ге")
        case Case.ACCUSATIVE:
            first = "н" if vowel else "т" if last in VOICELESS else "д"
            return first + choose("ы", "і")
        case Case.LOCATIVE:
            return choose("та", "те") if last in VOICELESS else choose("да", "де")
        case Case.ABLATIVE:
            first = "н" if last in NASAL else "т" if last in VOICELESS else "д"
            return first + choose("ан", "ен")


def _hard(word: str) -> bool:
    """Whether the last syllable is hard (back vowels)."""
    for letter in reversed(word):
        if letter in BACK:
            return True
        if letter in FRONT:
            return letter == "и" and word.startswith("милли")
    return False
