"""How like two values of an element are: 0 to 1, and why when it is less than 1."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from orken.cataloguing.elements import Kind, Value
from orken.cataloguing.elements.folding import numbers

# Abbreviations of GOST 7.12 and of English practice whose beginning is not that of the whole word, and ordinals.
_WHOLE = {
    "б": "бет", "сур": "сурет", "т": "том", "с": "страниц", "p": "pages", "pp": "pages", "ил": "иллюстрации",
    "изд": "издание", "ed": "edition", "rev": "revised", "кн": "книга", "вып": "выпуск", "м": "москва",
    "спб": "санкт петербург", "л": "ленинград", "алм": "алматы", "б-ка": "библиотека", "дүй": "дүйсенбі",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "первое": "1", "второе": "2", "третье": "3",
    "екінші": "2", "үшінші": "3", "бірінші": "1", "төртінші": "4", "үш": "3", "екі": "2", "двух": "2", "трех": "3",
}  # fmt: skip
_EMPTY_WORDS = frozenset({"and", "others", "и", "др", "жене", "және", "т", "басқалар", "баспасы", "издательство", "изд-во"})  # fmt: skip
_OLD_FORMS = {"м": "москва", "спб": "санкт петербург", "л": "ленинград"}


@lru_cache(maxsize=50_000)
def text(own: str, expert: str) -> float:
    """1 less three times the share of edited letters: a typo costs little, another word costs all."""
    if own == expert:
        return 1.0
    longest = max(len(own), len(expert))
    if not own or not expert or longest > 3 * min(len(own), len(expert)):
        return 0.0
    return max(0.0, 1.0 - 3.0 * Levenshtein.distance(own, expert) / longest)


@lru_cache(maxsize=20_000)
def _words(folded: str) -> tuple[str, ...]:
    found = []
    for word in folded.split()[:120]:
        if word[:1].isdigit():
            digits = "".join(letter for letter in word if letter.isdigit())
            found.append(digits)
        elif len(word) == 1 and word in "еойяыіїаm" and found and found[-1].isdigit():
            continue  # the ending of an ordinal: «2-е», «3-я»
        elif word in ("nd", "st", "rd", "th", "шы", "ші") and found and found[-1].isdigit():
            continue
        else:
            found.append(word)
    return tuple(found)


def _same_word(own: str, expert: str) -> float:
    if own == expert:
        return 1.0
    if own.isdigit() or expert.isdigit():
        return 1.0 if _WHOLE.get(own, own) == _WHOLE.get(expert, expert) else 0.0
    short, long = sorted((own, expert), key=len)
    if long.startswith(short) or _WHOLE.get(short, "\0") == long or _WHOLE.get(short, "\0").startswith(long):
        return 1.0  # «перераб.» for «переработанное», «А.» for «Алма»
    if len(short) >= 4:
        close = 1.0 - Levenshtein.distance(own, expert) / len(long)
        # One root with another ending («удалённого» / «удаленный») is the same word in a statement.
        common = next((place for place, (a, b) in enumerate(zip(own, expert, strict=False)) if a != b), len(short))
        if common >= 4 and common >= 0.6 * len(long):
            return 1.0 if close >= 0.7 else close
        return close if close >= 0.8 else 0.0
    return 0.0


@lru_cache(maxsize=20_000)
def words(own: str, expert: str) -> float:
    """Share of words in common, abbreviations counting as the words they stand for, order free (F1)."""
    if own == expert:
        return 1.0
    mine, theirs = list(_words(own)), list(_words(expert))
    for empty in _EMPTY_WORDS:
        mine = [word for word in mine if word != empty] or mine
        theirs = [word for word in theirs if word != empty] or theirs
    if not mine or not theirs:
        return 0.0
    left = list(theirs)
    matched = 0.0
    for word in sorted(mine, key=len, reverse=True):
        best, place = 0.0, -1
        for number, other in enumerate(left):
            like = _same_word(word, other)
            if like > best:
                best, place = like, number
        if place >= 0:
            matched += best
            left.pop(place)
    return max(0.0, 2 * matched / (len(mine) + len(theirs)))


@lru_cache(maxsize=20_000)
def number_sets(own: str, expert: str) -> float:
    """Share of numbers in common; texts without numbers are compared as words."""
    if own == expert:
        return 1.0
    mine, theirs = set(numbers(own)), set(numbers(expert))
    if not theirs:
        return words(own, expert) if not mine else 0.0
    common = len(mine & theirs)
    return 2 * common / (len(mine) + len(theirs))


def name(own: tuple[str, ...], expert: tuple[str, ...]) -> float:
    """Names: the entry word by its letters, the rest by words or initials, the role as a tenth."""
    if own == expert:
        return 1.0
    if own[0] != expert[0]:
        return 0.0
    if own[0] == "under title":
        return 1.0
    entry = text(own[1], expert[1])
    if entry == 0.0:
        return 0.0
    rest = (
        1.0
        if own[2] == expert[2]
        else _forenames(own[2], expert[2])
        if own[0] == "person"
        else words(own[2], expert[2])
    )
    if own[0] != "person" and not own[2] and expert[2]:
        rest = 0.5
    score = entry * (0.4 + 0.6 * rest)
    if own[3] and expert[3] and own[3] != expert[3]:
        score *= 0.9
    return score


def _forenames(own: str, expert: str) -> float:
    """«А. Қ.» stands for «Асқар Қайратұлы»: the authority file has the reference from one to the other."""
    mine, theirs = own.split(), expert.split()
    if not mine or not theirs:
        return 0.5 if not mine and not theirs else 0.3
    pairs = list(zip(mine, theirs, strict=False))
    score = sum(
        1.0 if a == b or ((len(a) == 1 or len(b) == 1) and a[0] == b[0]) else text(a, b) for a, b in pairs
    ) / len(pairs)
    return score if len(mine) == len(theirs) else score * 0.95


def heading(own: tuple[str, ...], expert: tuple[str, ...]) -> float:
    """Subject headings: kind, heading, subdivisions; another vocabulary halves the worth."""
    if own == expert:
        return 1.0
    if own[0] != expert[0] and {own[0], expert[0]} != {"topic", "form"}:
        return 0.0
    head = text(own[2], expert[2])
    if head == 0.0:
        return 0.0
    mine, theirs = list(own[3:]), list(expert[3:])
    if mine or theirs:
        left = list(theirs)
        common = 0.0
        for part in mine:
            best = max(left, key=lambda other: text(part, other), default=None)
            if best is not None and best[:1] == part[:1]:
                common += text(part, best)
                left.remove(best)
        subdivisions = 2 * common / (len(mine) + len(theirs))
    else:
        subdivisions = 1.0
    score = head * (0.6 + 0.4 * subdivisions)
    return score if own[1] == expert[1] or not own[1] or not expert[1] else score / 2


def class_mark(own: tuple[str, ...], expert: tuple[str, ...]) -> float:
    """Equal 1, broader or narrower by the notation 1/2, of another scheme 0."""
    if own == expert:
        return 1.0
    if own[0] != expert[0]:
        return 0.0
    short, long = sorted((own[1], expert[1]), key=len)
    return 0.5 if len(short) >= 2 and long.startswith(short) else 0.0


def place(own: str, expert: str) -> float:
    """Places of publication; «М.» for «Москва» is the old rule, a minor fault."""
    if own == expert:
        return 1.0
    if _OLD_FORMS.get(own) == expert or _OLD_FORMS.get(expert) == own:
        return 0.9
    return text(own, expert)


def code(own: tuple[str, ...], expert: tuple[str, ...]) -> float:
    return 1.0 if own == expert else 0.0


_BY_KIND: dict[Kind, Callable[[tuple[str, ...], tuple[str, ...]], float]] = {
    Kind.CODE: code,
    Kind.NAME: name,
    Kind.HEADING: heading,
    Kind.CLASS: class_mark,
    Kind.TEXT: lambda own, expert: text(own[0], expert[0]),
    Kind.WORDS: lambda own, expert: words(own[0], expert[0]),
    Kind.NUMBERS: lambda own, expert: number_sets(own[0], expert[0]),
}


def alike(element: str, kind: Kind, own: Value, expert: Value) -> float:
    """How much `own` is worth against `expert`. A value that no search finds is worth nothing, unless it is the expert's."""
    if own.lost and own.shown != expert.shown:
        return 0.0
    if element == "place":
        return place(own.text, expert.text)
    return _BY_KIND[kind](own.key, expert.key)
