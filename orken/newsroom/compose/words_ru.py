"""Russian words in their cases: institutions and towns by pymorphy3, persons by Petrovich's rules, the rest by our tables."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Any

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from orken.newsroom.facts import Name

CASES = {
    "gent": Case.GENITIVE, "datv": Case.DATIVE, "accs": Case.ACCUSATIVE, "ablt": Case.INSTRUMENTAL, "loct": Case.PREPOSITIONAL,
}  # fmt: skip
# Towns that the dictionary takes for another word or does not know.
TOWNS = {
    "Семей": {"gent": "Семея", "datv": "Семею", "accs": "Семей", "ablt": "Семеем", "loct": "Семее"},
    "Орал": {"gent": "Орала", "datv": "Оралу", "accs": "Орал", "ablt": "Оралом", "loct": "Орале"},
    "Тараз": {"gent": "Тараза", "datv": "Таразу", "accs": "Тараз", "ablt": "Таразом", "loct": "Таразе"},
    "Шымкент": {"gent": "Шымкента", "datv": "Шымкенту", "accs": "Шымкент", "ablt": "Шымкентом", "loct": "Шымкенте"},
    "Туркестан": {
        "gent": "Туркестана", "datv": "Туркестану", "accs": "Туркестан", "ablt": "Туркестаном", "loct": "Туркестане",
    },
    "Конаев": {"gent": "Конаева", "datv": "Конаеву", "accs": "Конаев", "ablt": "Конаевом", "loct": "Конаеве"},
}  # fmt: skip
FIXED_TOWNS = re.compile(r"(ы|и|у|е|о)$")  # Алматы, Актау, Ұлытау, Актобе: as they are
WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
KAZAKH = re.compile(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
SHORT = re.compile(r"[А-ЯЁ]{2,}|[А-ЯЁа-яё]*[а-яё][А-ЯЁ]")  # ОУНБ, ЦБС, КазНУ: they do not bend


@lru_cache(maxsize=1)
def morph() -> Any:
    """The dictionary, read once: a quarter of a second, and about twenty megabytes."""
    import pymorphy3

    logging.getLogger("pymorphy3").setLevel(logging.WARNING)  # it tells where its dictionary lies
    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=1)
def _persons() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


def person(name: Name, sex: str | None, case: str) -> Name:
    """The name in `case`. Of unknown sex nothing is bent: «доклад Ким Алекс» would be a guess."""
    if sex is None or case == "nomn":
        return name
    gender = Gender.FEMALE if sex == "f" else Gender.MALE

    def bent(part: NamePart, text: str) -> str:
        pieces = re.split(r"([ -])", text)
        return "".join(
            piece if not _bends(piece) else _persons().make(part, gender, CASES[case], piece) for piece in pieces
        )

    return Name(
        bent(NamePart.LASTNAME, name.surname),
        bent(NamePart.FIRSTNAME, name.given),
        bent(NamePart.MIDDLENAME, name.patronymic),
    )


def _bends(piece: str) -> bool:
    """Not an initial, not a Latin name, not a father's name in the Kazakh way."""
    return (
        bool((len(piece) > 2 and WORD.fullmatch(piece.replace("ә", "а").replace("і", "и"))) or KAZAKH.search(piece))
        and not piece.lower().endswith(("қызы", "кызы", "ұлы", "улы"))
        and "." not in piece
    )


@lru_cache(maxsize=4096)
def phrase(text: str, case: str) -> str:
    """A noun with what agrees with it, in `case`: «Павлодарская областная библиотека им. …» → «Павлодарской … им. …».

    Bent up to and with the main noun; what follows (им. С. Торайгырова, «Отырар», развития библиотек) stays.
    """
    if case == "nomn" or KAZAKH.search(text.split(" ")[0]):
        return text
    done: list[str] = []
    rest = text
    while found := re.match(r"\s*", rest):
        gap, rest = found.group(), rest[found.end() :]
        word = WORD.match(rest)
        if word is None or SHORT.search(word.group()):
            return "".join(done) + gap + rest
        bent, is_noun = _word(word.group(), case)
        if is_noun and _nominative(word.group()) is None and _noun_follows(rest[word.end() :]):
            is_noun = False  # «Торайгыров университет»: the name stands, the noun behind it bends
        done += [gap, bent]
        rest = rest[word.end() :]
        if is_noun:
            return "".join(done) + rest
        if rest[:1] not in (" ", ","):
            return "".join(done) + rest
        if rest[:1] == ",":  # «научная, методическая служба»
            done.append(",")
            rest = rest[1:]
    return "".join(done) + rest


def _noun_follows(rest: str) -> bool:
    found = re.match(r" ([а-яё-]+)", rest)
    if found is None:
        return False
    parse = _nominative(found[1])
    return parse is not None and parse.tag.POS in ("NOUN", "ADJF")


def _word(word: str, case: str) -> tuple[str, bool]:
    """The word in `case`, and whether it was the noun (or stands still, which ends the phrase as well)."""
    parse = _nominative(word)
    if parse is None:
        if "-" in word:  # библиотека-филиал: both sides bend
            sides = [_word(side, case) for side in word.split("-")]
            if all(is_noun for _side, is_noun in sides):
                return "-".join(side for side, _noun in sides), True
        return word, True
    if parse.tag.POS == "NOUN" and "-" in word and not word[0].isupper():
        sides = [_word(side, case) for side in word.split("-")]
        return "-".join(side for side, _noun in sides), True
    form = parse.inflect({case}) if case != "accs" else parse.inflect({"accs", "inan"}) or parse.inflect({"accs"})
    bent = _same_e(word, form.word) if form is not None else word
    return _as(word, bent), parse.tag.POS == "NOUN"


@lru_cache(maxsize=4096)
def _nominative(word: str) -> Any:
    """How the word is read as the beginning of a name: an adjective or a noun in the nominative."""
    found = [one for one in morph().parse(word) if one.tag.case == "nomn"]
    for kinds in (("ADJF", "PRTF"), ("NOUN",)):
        for one in found:
            if one.tag.POS in kinds and not ({"Name", "Surn", "Patr"} & set(one.tag.grammemes)):
                return one
    return None


def _same_e(pattern: str, word: str) -> str:
    """The dictionary writes ё wherever it is spoken; who wrote е is followed."""
    return word if "ё" in pattern.lower() else word.replace("ё", "е")


def _as(pattern: str, word: str) -> str:
    """`word` with the capitals of `pattern`, part by part."""
    mine, theirs = word.split("-"), pattern.split("-")
    if len(mine) != len(theirs):
        return word.capitalize() if pattern[:1].isupper() else word
    return "-".join(
        one.upper() if len(other) > 1 and other.isupper() else one[:1].upper() + one[1:] if other[:1].isupper() else one
        for one, other in zip(mine, theirs, strict=True)
    )


@lru_cache(maxsize=1024)
def town(text: str, case: str) -> str:
    """A town in `case`: Павлодар → Павлодаре, Усть-Каменогорск → Усть-Каменогорска, Алматы as it is."""
    if text in TOWNS:
        return TOWNS[text][case]
    if KAZAKH.search(text) or not WORD.match(text):
        return text
    if " " in text:
        return phrase(text, case)
    found = [one for one in morph().parse(text) if one.tag.case == "nomn" and one.tag.POS == "NOUN"]
    known = [one for one in found if "Geox" in one.tag.grammemes] or [one for one in found if text.endswith("а")]
    if not known:
        if FIXED_TOWNS.search(text) or not found:
            return text
        known = found
    form = known[0].inflect({case})
    return _as(text, _same_e(text, form.word)) if form is not None else text


def gender(text: str) -> str | None:
    """The gender of an institution by the words that begin its name: «Павлодарская ОУНБ» femn, «КГУ …» None."""
    for word in WORD.findall(text):
        if SHORT.search(word):
            return None
        parse = _nominative(word)
        if parse is None or KAZAKH.search(text):
            return None
        if parse.tag.number == "plur":
            return "plur"
        return str(parse.tag.gender) if parse.tag.gender else None
    return None


def counted(n: int, one: str, few: str, many: str) -> str:
    """«21 участник, 22 участника, 25 участников»."""
    last, two = n % 10, n % 100
    word = one if last == 1 and two != 11 else few if last in (2, 3, 4) and two not in (12, 13, 14) else many
    return f"{grouped(n)} {word}"


def of_counted(n: int, one: str, many: str) -> str:
    """After «из»: «из 21 организации», «из 14 организаций»."""
    return f"{grouped(n)} {one if n % 10 == 1 and n % 100 != 11 else many}"


def grouped(n: int) -> str:
    """1234 as it is, 12 345 in threes."""
    return f"{n:,}".replace(",", " ") if n >= 10_000 else str(n)
