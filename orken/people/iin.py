"""The individual identification number (ЖСН, ИИН): twelve digits, issued once, never changed.

Source of the rules: domain.md §2.3 (layout and check digit; Government decree № 853 of 26.08.2013 and
the Ministry of Justice's word of 2019: a birth date that disagrees is not an error).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURIES = {
    "1": (1800, "m"),
    "2": (1800, "f"),
    "3": (1900, "m"),
    "4": (1900, "f"),
    "5": (2000, "m"),
    "6": (2000, "f"),
}


class NotAnIin(ValueError):
    """The text cannot be an IIN; `reason` is one of «length», «digits», «check»."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Iin:
    """A number whose check digit is right. It never prints itself in clear."""

    digits: str

    def __repr__(self) -> str:
        return f"Iin({self.masked})"

    __str__ = __repr__

    @property
    def masked(self) -> str:
        """The first four and the last two digits, as it may be shown: `8503••••••09`."""
        return f"{self.digits[:4]}••••••{self.digits[-2:]}"

    @property
    def birth_on(self) -> date | None:
        """The date that the classic layout says; None where the digits are no date."""
        century = _CENTURIES.get(self.digits[6])
        if century is None:
            return None
        try:
            return date(century[0] + int(self.digits[:2]), int(self.digits[2:4]), int(self.digits[4:6]))
        except ValueError:
            return None

    @property
    def sex(self) -> str:
        """«f» or «m» as the classic layout says; empty where it says nothing."""
        century = _CENTURIES.get(self.digits[6])
        return century[1] if century else ""

    def disagrees_with(self, birth_on: date | None) -> bool:
        """Whether the digits say another birth date: worth a warning, never a refusal."""
        said = self.birth_on
        return birth_on is not None and said is not None and said != birth_on


def check_digit(first_eleven: str) -> int | None:
    """The twelfth digit for the first eleven; None when no number with them is issued."""
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        remainder = sum(int(digit) * weight for digit, weight in zip(first_eleven, weights, strict=True)) % 11
        if remainder < 10:
            return remainder
    return None


def parse(text: str) -> Iin:
    """Read an IIN as people write it, with spaces or hyphens. Raises NotAnIin with the reason."""
    digits = re.sub(r"[\s\u00a0\u2009\-–]", "", text)
    if digits and not (digits.isascii() and digits.isdigit()):
        raise NotAnIin("digits")
    if len(digits) != 12:
        raise NotAnIin("length")
    if check_digit(digits[:11]) != int(digits[11]):
        raise NotAnIin("check")
    return Iin(digits)
