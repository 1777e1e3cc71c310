"""The one-time code: sixteen figures in four groups, as on a bank card.

Figures only, because they stand on every keyboard whatever its language. The last one checks the
others (Damm's table finds every wrong figure and every swapped pair), so a slip of the finger is
told at once and is not a guess. Fifteen free figures are 50 bits: with 25,000 codes open and ten
guesses a quarter of an hour from one address, a thousand machines would need some centuries.
"""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.crypto import salted_hmac

LENGTH = 16
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def new() -> str:
    """A fresh code, sixteen figures without spaces."""
    free = f"{secrets.randbelow(10 ** (LENGTH - 1)):0{LENGTH - 1}d}"
    return free + str(_remainder(free))


def read(typed: str) -> str | None:
    """The code out of what somebody typed, in any grouping; None when it cannot be a code."""
    figures = "".join(str(unicodedata.digit(sign)) for sign in typed[:100] if sign.isdigit() and sign.isdecimal())
    rest = [sign for sign in typed if not sign.isdecimal() and not sign.isspace() and sign not in "-–—.·"]
    return figures if len(figures) == LENGTH and not rest and _remainder(figures) == 0 else None


def grouped(code: str) -> str:
    """As it is printed: 4817 0032 9954 1206."""
    return " ".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def kept(code: str) -> str:
    """What the database holds of a code. It needs the server's key, so a stolen table cannot be tried out."""
    return salted_hmac("orken.people.codes", code, algorithm="sha256").hexdigest()


def _remainder(figures: str) -> int:
    row = 0
    for figure in figures:
        row = int(_DAMM[row][int(figure)])
    return row
