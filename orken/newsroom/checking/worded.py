"""Numbers written in words: «из сорока организаций», «он екі облыстан», «twelve regions»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from orken.newsroom.matching import Token

# Stems that no case changes; what stands behind «$» is whole. Russian tens and hundreds bend inside: пятидесяти, двумястами.
_RU = {
    1: "один$|одной$|одного$|одну$|одна$|одним$", 2: "два$|две$|двух$|двум$|двумя$", 3: "три$|трёх$|трех$|трем$|тремя$",
    4: "четыре$|четырёх$|четырех$|четырьмя$", 5: "пять$|пяти$|пятью$", 6: "шесть$|шести$|шестью$", 7: "семь$|семи$|семью$",
    8: "восемь$|восьми$|восьмью$", 9: "девять$|девяти$|девятью$", 10: "десять$|десяти$|десятью$", 11: "одиннадцат", 12: "двенадцат",
    13: "тринадцат", 14: "четырнадцат", 15: "пятнадцат", 16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат",
    20: "двадцать$|двадцати$|двадцатью$", 30: "тридцать$|тридцати$|тридцатью$", 40: "сорок$|сорока$", 50: "пятьдесят$|пятидесяти$",
    60: "шестьдесят$|шестидесяти$", 70: "семьдесят$|семидесяти$", 80: "восемьдесят$|восьмидесяти$", 90: "девяносто$|девяноста$",
    100: "сто$|ста$", 200: "двести$|двухсот$", 300: "триста$|трёхсот$|трехсот$", 400: "четыреста$|четырёхсот$|четырехсот$",
    500: "пятьсот$|пятисот$",
}  # fmt: skip
_KK = {
    1: "бір$", 2: "екі$", 3: "үш$", 4: "төрт$", 5: "бес$", 6: "алты$", 7: "жеті$", 8: "сегіз$", 9: "тоғыз$", 10: "он$", 20: "жиырма$",
    30: "отыз$", 40: "қырық$", 50: "елу$", 60: "алпыс$", 70: "жетпіс$", 80: "сексен$", 90: "тоқсан$", 100: "жүз$",
}  # fmt: skip
_EN = {
    1: "one$", 2: "two$", 3: "three$", 4: "four$", 5: "five$", 6: "six$", 7: "seven$", 8: "eight$", 9: "nine$", 10: "ten$", 11: "eleven$",
    12: "twelve$", 13: "thirteen$", 14: "fourteen$", 15: "fifteen$", 16: "sixteen$", 17: "seventeen$", 18: "eighteen$", 19: "nineteen$",
    20: "twenty$", 30: "thirty$", 40: "forty$", 50: "fifty$", 60: "sixty$", 70: "seventy$", 80: "eighty$", 90: "ninety$", 100: "hundred$",
}  # fmt: skip
_WORDS = {
    code: [(value, re.compile(f"(?:{stems})")) for value, stems in table.items()]
    for code, table in (("ru", _RU), ("kk", _KK), ("en", _EN))
}


@dataclass(frozen=True)
class Worded:
    """A number in words: its first token, the one behind its last, what it is."""

    first: int
    last: int
    value: int


def _value(word: str, language: str) -> int | None:
    return next((value for value, pattern in _WORDS[language] if pattern.match(word)), None)


def numbers(tokens: list[Token], language: str) -> Iterator[Worded]:
    """Every run of number words, from the first to the last: «жиырма бес» is 25, «one hundred twenty» 120."""
    n = 0
    while n < len(tokens):
        value = _value(tokens[n].low, language)
        if value is None:
            n += 1
            continue
        first, total, smallest = n, value, value
        n += 1
        while n < len(tokens) and (more := _value(tokens[n].low, language)) is not None:
            if more == 100 and total < 10:  # «екі жүз», «two hundred»
                total, smallest = total * 100, 100
            elif more < smallest and (smallest >= 10) and more < 10 ** (len(str(smallest)) - 1):
                total, smallest = total + more, more
            else:
                break
            n += 1
        yield Worded(first, n, total)
