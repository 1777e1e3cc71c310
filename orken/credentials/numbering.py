"""The number of a certificate: `ҰК-КШ-2026-000123-3` on paper, its twin `NL-CAT-2026-000123-3` in addresses.

Issuer, school (a region issues under its own prefix alone), year, sequence without gaps, and a check character
by ISO 7064 MOD 37-2 over the ASCII form without hyphens: one wrong letter, or two that changed places, is seen
before anybody looks into the register.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.iso7064 import mod_37_2

DIGITS = 6
_ASCII = re.compile(
    r"^(?P<prefix>[A-Z]{2,6}(?:-[A-Z]{2,6})?)-(?P<year>\d{4})-(?P<sequence>\d{6,9})-(?P<check>[0-9A-Z*])$"
)
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "_": "-"})


class NotANumber(ValueError):
    """The text has not the shape of a number."""


class WrongCheck(ValueError):
    """The shape is right, the check character is not: a letter or a figure was misread."""


@dataclass(frozen=True)
class Numbered:
    """The parts of a number, without its prefix in Kazakh letters (that one stands in the register of prefixes)."""

    prefix: str
    year: int
    sequence: int

    @property
    def check(self) -> str:
        return check_of(self.prefix, self.year, self.sequence)

    def __str__(self) -> str:
        return written(self.prefix, self.year, self.sequence, self.check)


def check_of(prefix: str, year: int, sequence: int) -> str:
    """The check character: a figure, a letter or an asterisk."""
    return str(mod_37_2.calc_check_digit(f"{prefix.replace('-', '')}{year}{sequence:0{DIGITS}d}"))


def written(prefix: str, year: int, sequence: int, check: str) -> str:
    """The number as it is written; `prefix` in either alphabet, the check is always that of the ASCII form."""
    return f"{prefix}-{year}-{sequence:0{DIGITS}d}-{check}"


def parse(text: str) -> Numbered:
    """The number in ASCII form as somebody typed it: any dashes, spaces, small letters. Raises NotANumber, WrongCheck."""
    plain = "".join(text.translate(_DASHES).upper().split())
    found = _ASCII.match(plain)
    if found is None:
        raise NotANumber(text)
    number = Numbered(found["prefix"], int(found["year"]), int(found["sequence"]))
    if number.check != found["check"]:
        raise WrongCheck(text)
    return number


def to_ascii(text: str, prefixes: dict[str, str]) -> str:
    """The number with its Kazakh prefix (any of `prefixes`: Kazakh → ASCII) said in Latin letters."""
    plain = "".join(text.translate(_DASHES).upper().split())
    for kazakh in sorted(prefixes, key=len, reverse=True):
        if plain.startswith(f"{kazakh.upper()}-"):
            return prefixes[kazakh] + plain[len(kazakh) :]
    return plain
