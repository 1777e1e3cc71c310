"""The stem of a Kazakh word: case, possession and number taken off in their order, by the rules of sound.

A Kazakh noun is stem + number + possession + case, each at most once, each agreeing with what stands
before it in the row of its vowels (қала-лар, кітапхана-лар, мектеп-тер) and in voice (кітап-тар, қағаз-дар).
An ending is taken off only where it could have been put on, so «кітапхана» keeps its «на». The result is a
key for finding, not a word for reading.
"""

from __future__ import annotations

from functools import lru_cache

BACK = frozenset("аоұыёюя")
FRONT = frozenset("әөүіеэ")
VOWELS = BACK | FRONT | frozenset("и")
VOICELESS = frozenset("кқпстфхцчшщбвгғд")  # final б, в, г, д are spoken without voice
NASAL = frozenset("мнң")
SHORTEST = 3

PLURAL = {
    "лар": "vowel glide", "лер": "vowel glide", "дар": "voiced", "дер": "voiced", "тар": "voiceless", "тер": "voiceless",
}  # fmt: skip
CASES = {
    "ның": "vowel nasal", "нің": "vowel nasal", "дың": "voiced glide", "дің": "voiced glide", "тың": "voiceless", "тің": "voiceless",
    "ға": "vowel voiced glide", "ге": "vowel voiced glide", "қа": "voiceless", "ке": "voiceless", "на": "third", "не": "third",
    "ны": "vowel", "ні": "vowel", "ды": "voiced glide", "ді": "voiced glide", "ты": "voiceless", "ті": "voiceless",
    "да": "vowel voiced glide", "де": "vowel voiced glide", "та": "voiceless", "те": "voiceless", "нда": "third", "нде": "third",
    "дан": "vowel voiced glide", "ден": "vowel voiced glide", "тан": "voiceless", "тен": "voiceless",
    "нан": "nasal third", "нен": "nasal third",
    "мен": "any", "бен": "any", "пен": "any",
    "дағы": "vowel voiced glide", "дегі": "vowel voiced glide", "тағы": "voiceless", "тегі": "voiceless",
    "ндағы": "third", "ндегі": "third",
}  # fmt: skip
ANY_ROW = frozenset({"мен", "бен", "пен"})  # these do not follow the row of the vowels
POSSESSIVE = {
    "ларымыз": "vowel glide", "леріміз": "vowel glide",
    "ымыз": "consonant", "іміз": "consonant", "мыз": "vowel", "міз": "vowel",
    "ыңыз": "consonant", "іңіз": "consonant", "ңыз": "vowel", "ңіз": "vowel",
    "сы": "vowel", "сі": "vowel",
}  # fmt: skip


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The key of a lower-case Kazakh word."""
    word = _strip(word, CASES)
    if len(word) > 6 and word.endswith(("ын", "ін", "сын", "сін")):  # кітабын, кітапханасын
        word = word[:-1]
    word = _strip(word, POSSESSIVE)
    word = _bare(word)
    word = _strip(word, PLURAL)
    return _voiceless(_bare(word))


def _strip(word: str, endings: dict[str, str]) -> str:
    """Take off the longest ending that could have been put on; at most one."""
    for length in range(7, 1, -1):
        ending = word[-length:]
        if len(word) - length < SHORTEST or ending not in endings:
            continue
        rest = word[:-length]
        if ending in ("сы", "сі") and rest[-1] in "ыі" and rest[-2] != "ш":
            continue  # облыс-ы, not облы-сы
        if ending in ("ны", "ні") and rest.endswith(("ма", "ме")):
            continue  # оқырман-ы, not оқырма-ны
        if _agrees(rest, ending) and any(_follows(rest, kind) for kind in endings[ending].split()):
            return rest
    return word


def _agrees(rest: str, ending: str) -> bool:
    if ending in ANY_ROW:
        return True
    vowel = next((letter for letter in reversed(rest) if letter in VOWELS), "и")
    if vowel == "и":  # тарих-тар, but архив-тер: «и» stands in both rows
        return True
    back = vowel in BACK
    return back == next((letter in BACK for letter in ending if letter in BACK or letter in FRONT), back)


def _follows(rest: str, kind: str) -> bool:
    last = rest[-1]
    match kind:
        case "vowel":
            return last in VOWELS or last == "у"
        case "consonant":
            return last not in VOWELS
        case "voiceless":
            return last in VOICELESS
        case "nasal":
            return last in NASAL
        case "glide":
            return last in "рйулң"
        case "voiced":
            return last in "лмнңзжрйу"
        case "third":
            return last in "ыі"
        case _:
            return True


def _bare(word: str) -> str:
    """Take off «ы, і» after a consonant (кітабы, бөлімі); «шы, ші» makes a profession and stays."""
    if len(word) > SHORTEST and word[-1] in "ыі" and word[-2] not in VOWELS and word[-2] != "ш":
        return word[:-1]
    return word


def _voiceless(word: str) -> str:
    """кітаб → кітап, тарағ → тарақ, бөліг → бөлік; then халық and халқ(ы) meet by their consonants."""
    word = word[:-1] + {"б": "п", "ғ": "қ", "г": "к"}.get(word[-1], word[-1])
    if (
        len(word) >= 4
        and word[-2] in "ыі"
        and word[-1] not in VOWELS
        and word[-3] not in VOWELS
        and (word[-4] in VOWELS or word[-4] in "уй")
    ):
        return word[:-2] + word[-1]
    return word
