"""The number of a certificate: `ҰК-КШ-2026-000123-3` on paper, its twin `NL-CAT-2026-000123-3` in addresses.

Issuer, school (a region issues under its own prefix alone), year, sequence without gaps, and a check character
by ISO 7064 MOD 37-2 over the ASCII form without hyphens: one wrong letter, or two that changed places, is seen
before anybody looks into the register.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stdnum.iso7064 import mod_37_2

DIGITS = 6
_ASCII = re.compile(
    r"^(?P<prefix>[A-Z]{2,6}(?:-[A-Z]{2,6})?)-(?P<year>[12]\d{3})-(?P<sequence>\d{6,9})-(?P<check>[0-9A-Z*])$"
)
_SHAPE = re.compile(r"^(?P<prefix>\D+?)-(?P<year>[^-]{4})-(?P<sequence>[^-]{6,9})-(?P<check>[^-])$")
_YEAR = re.compile(r"[12][0-9]{3}")
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "_": "-"})
# Letters that look alike in both alphabets, and what stands for a letter on a keyboard that lacks it.
_TWINS = str.maketrans("АВЕКМНОРСТУХІЅЈҮЁӘҒҚҢӨҰҺЙЪ", "ABEKMHOPCTYXISJYEAГKHOYHИЬ")
_FIGURES = str.maketrans("OОQІILЗ", "0001113")


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


def read(text: str, prefixes: Mapping[str, str]) -> Numbered:
    """The number in either form, however it was typed: `prefixes` leads from Kazakh letters to Latin ones.

    A keyboard without Ұ and Қ, Cyrillic С and А in «NL-CAT», the letter O for a nought, spaces for hyphens and a sign №
    before it are understood, for the check character tells which number is meant. Raises NotANumber, WrongCheck.
    """
    spaced = text.translate(_DASHES).upper().strip().removeprefix("№").strip()
    joined = "".join(spaced.split())
    found = _SHAPE.match(joined) or _SHAPE.match("-".join(part for part in re.split(r"[\s-]+", spaced) if part))
    if found is None:
        raise NotANumber(text)
    year, sequence = (found[part].translate(_FIGURES) for part in ("year", "sequence"))
    meant = _prefixes(found["prefix"], prefixes)
    if not meant or not _YEAR.fullmatch(year) or not sequence.isascii() or not sequence.isdecimal():
        raise NotANumber(text)
    asked = [Numbered(prefix, int(year), int(sequence)) for prefix in meant]
    check = found["check"].translate(_TWINS).replace("З", "3")  # O and 0 are two check characters: neither is guessed
    good = [one for one in asked if one.check == check]
    if len(good) != 1:
        raise WrongCheck(text)
    return good[0]


def _prefixes(typed: str, known: Mapping[str, str]) -> list[str]:
    """The Latin prefixes that may be meant: as it is written, else those that look like it."""
    if typed in known:
        return [known[typed]]
    if typed in known.values():
        return [typed]
    seen = typed.translate(_TWINS)
    alike = {ascii_ for kazakh, ascii_ in known.items() if seen in (kazakh.translate(_TWINS), ascii_.translate(_TWINS))}
    return sorted(alike) or ([seen] if _ASCII.match(f"{seen}-2026-000001-0") else [])
