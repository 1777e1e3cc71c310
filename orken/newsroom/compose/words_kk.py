"""Kazakh words in their cases: by qazaq-inflector, and by our own tables where a borrowed word sounds otherwise."""

from __future__ import annotations

import re
from functools import lru_cache

from qazaq_inflector import QazaqNameInflector

from orken.newsroom.facts import Name

_inflector = QazaqNameInflector(strict=True)
CASES = ("genitive", "dative", "accusative", "locative", "ablative", "instrumental")
# Borrowed words whose last syllable is soft though its letters are not: архивтің, Юрийдің, Игорьдің, Кимнің, округтің.
SOFT = re.compile(
    r"(ив|ий|ь|округ|корпус|[бвгджзклмнпрстфхцчшщ]и[бвгджзклмнпрстфхцчшщ]{1,2}|^[бвгджзклмнпрстфхцчшщ]+и)$"
)
FATHER = re.compile(r"(қызы|ұлы)$")  # a daughter's or son's name bends after the ending that it has: Төлегенқызына
HARD = re.compile(r"(рих|лық|тық|дық|шық)$")  # тарихтың: «и» after a hard syllable of a native word
POSSESSED = re.compile(r"([ыі]|сы|сі)$")
PROFESSION = re.compile(r"[шсжғг][ыі]$")
MADE_BY = re.compile(r"(шы|ші)$")  # кітапханашы, басшы, меңгеруші: a trade, nobody's possession
CYRILLIC_END = re.compile(r"[а-яёәғқңөұүһі]$")
SHORT = re.compile(r"[А-ЯЁӘҒҚҢӨҰҮҺІ]{2,}$")  # ОӘҒК, КММ
SUFFIXES = {
    "genitive": {"vowel": "нің", "nasal": "нің", "sonorant": "дің", "voiced": "дің", "voiceless": "тің"},
    "dative": {"vowel": "ге", "nasal": "ге", "sonorant": "ге", "voiced": "ге", "voiceless": "ке"},
    "accusative": {"vowel": "ні", "nasal": "ді", "sonorant": "ді", "voiced": "ді", "voiceless": "ті"},
    "locative": {"vowel": "де", "nasal": "де", "sonorant": "де", "voiced": "де", "voiceless": "те"},
    "ablative": {"vowel": "ден", "nasal": "нен", "sonorant": "ден", "voiced": "ден", "voiceless": "тен"},
    "instrumental": {"vowel": "мен", "nasal": "мен", "sonorant": "мен", "voiced": "бен", "voiceless": "пен"},
}
# After a third person's ending: кітапханасына, қаласында.
THIRD = {
    "genitive": ("ның", "нің"), "dative": ("на", "не"), "accusative": ("н", "н"), "locative": ("нда", "нде"),
    "ablative": ("нан", "нен"), "instrumental": ("мен", "мен"),
}  # fmt: skip
THIRD_PERSON = re.compile(r"(сы|сі|[бғгвджзйклмнңпрстуфхцщ](ы|і))$")
BACK = frozenset("аоұыяюё")
FRONT = frozenset("әөүіеэ")


def bent(word: str, case: str) -> str:
    """One word (a name, a town) in `case`; a Latin word, an initial or a number stays."""
    if not word or not CYRILLIC_END.search(word):
        return word
    low = word.lower()
    if FATHER.search(low):
        return word + THIRD[case][0]
    if SOFT.search(low) and not HARD.search(low) and not _soft_already(low):
        return word + SUFFIXES[case][_class(low)]
    return str(_inflector.inflect(word, case))


def _soft_already(word: str) -> bool:
    """Whether the rule itself hears a soft last syllable; then nothing is to be put right."""
    last = next((letter for letter in reversed(word) if letter in BACK or letter in FRONT), "")
    return last in FRONT


def _class(word: str) -> str:
    last = word.rstrip("ьъ")[-1]
    if last in "аәеэоөұүыіяюё":
        return "vowel"
    if last in "мнң":
        return "nasal"
    if last in "жз":
        return "voiced"
    return "voiceless" if last in "кқпстфхцчшщбвгд" else "sonorant"


@lru_cache(maxsize=4096)
def phrase(text: str, case: str) -> str:
    """A name of several words: only its last word bends. «… кітапханасы» → «… кітапханасының», «… кітапханасында».

    What ends with a mark, a figure or a short name («ОӘҒК») stays as it is: the next word shows what it belongs to.
    """
    head, gap, last = text.rpartition(" ")
    if not CYRILLIC_END.search(last) or SHORT.search(last):
        return text
    if head and THIRD_PERSON.search(last.lower()) and not MADE_BY.search(last.lower()):
        hard = next((letter in BACK for letter in reversed(last.lower()) if letter in BACK or letter in FRONT), True)
        return f"{head}{gap}{last}{THIRD[case][0 if hard else 1]}"
    return f"{head}{gap}{bent(last, case)}"


def person(name: Name, case: str) -> Name:
    """In Kazakh only the last word of a full name bends: «Шолпан Баянқызы Шахметованың»."""
    if name.surname:
        return Name(bent(name.surname, case), name.given, name.patronymic)
    if name.patronymic:
        return Name("", name.given, bent(name.patronymic, case))
    return Name("", bent(name.given, case), "")


def office(text: str) -> str:
    """A post as that of an institution: директор → директоры, кітапханашы → кітапханашысы, бөлім басшысы as it is."""
    head, gap, last = text.rpartition(" ")
    low = last.lower()
    if not CYRILLIC_END.search(last) or SHORT.search(last):
        return text
    if POSSESSED.search(low) and not MADE_BY.search(low):
        return text
    if low == "төраға":
        return f"{head}{gap}{last}сы"
    return f"{head}{gap}{_inflector.possessive(last, '3')}"
