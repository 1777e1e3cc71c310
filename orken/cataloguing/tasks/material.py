"""The books ready for use: experts' records in both formats, and a variant of the facts for every seed."""

from __future__ import annotations

import random
import re
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from orken.cataloguing.record import Record
from orken.cataloguing.tasks import marc21, rusmarc
from orken.cataloguing.tasks.books import Book, Decisions, Host, book, books

FORMATS = {"rusmarc": rusmarc.record, "marc21": marc21.record}
EXPERTS = (0, 1)

__all__ = ["EXPERTS", "FORMATS", "book", "books", "experts", "varied"]


@lru_cache(maxsize=512)
def experts(code: str, format: str, seed: int = 0) -> tuple[Record, ...]:
    """The records of both experts in `format` («rusmarc», «marc21»). Raises KeyError."""
    made = FORMATS[format]
    one = varied(code, seed)
    return tuple(made(one, place) for place in EXPERTS)


@lru_cache(maxsize=512)
def varied(code: str, seed: int) -> Book:
    """The book with other facts: year, extent and ISBN changed alike on its pages and in the experts' decisions.

    Two learners side by side get the same difficulty and different answers. Seed 0 is the book itself.
    Serials and sets keep their years, since their numbering hangs on them.
    """
    original = book(code)
    if seed == 0:
        return original
    dice = random.Random(f"{code}:{seed}")
    first = original.experts[0]
    swaps: dict[str, str] = {}
    if original.kind in ("monograph", "volume", "eresource"):
        swaps[first.date] = str(int(first.date) - dice.randrange(1, 5))
    extent = re.search(r"(?<!\d)(\d{2,3})(?= (?:б|с|p)\b)", first.extent)
    if extent and original.kind in ("monograph", "volume"):
        swaps[extent[1]] = str(int(extent[1]) + 16 * dice.randrange(1, 4))
    for number in first.isbn:
        swaps[number] = _other_isbn(number, dice)
    return _swapped(original, swaps) if swaps else original


def _other_isbn(number: str, dice: random.Random) -> str:
    head, _publication, _check = number.rsplit("-", 2)
    body = f"{head}-{dice.randrange(50, 99)}"
    digits = [int(letter) for letter in body if letter.isdigit()]
    check = -sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10
    return f"{body}-{check}"


def _swapped(original: Book, swaps: dict[str, str]) -> Book:
    pattern = re.compile(
        "|".join(rf"(?<![\d-]){re.escape(old)}(?![\d-])" for old in sorted(swaps, key=len, reverse=True))
    )

    def change(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(lambda found: swaps[found[0]], value)
        if isinstance(value, tuple):
            return tuple(change(one) for one in value)
        if isinstance(value, (Decisions, Host)):
            return replace(value, **{one.name: change(getattr(value, one.name)) for one in fields(value)})
        return value

    return replace(
        original,
        front=change(original.front),
        verso=change(original.verso),
        colophon=change(original.colophon),
        experts=change(original.experts),
    )
