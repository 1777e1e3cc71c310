"""How much two works are alike. Pure, and the same whichever of the two comes first.

Of a text: fingerprints of five words in a row, winnowed, so that a passage of some eight words that two texts share
leaves a print that they share. Of a picture: which places are brighter than the one beside them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection

from PIL import Image

ROW, WINDOW = 5, 4  # words in a row; prints of which the smallest stays
FEW = 8  # with fewer prints than that two texts say nothing about one another
ALIKE = 0.6
NEAR = 6  # places of 64 in which two pictures may differ and still be the same
_WORD = re.compile(r"\w+")


def prints(text: str) -> list[int]:
    """The fingerprints of a text, ascending. Case, signs and line ends do not count."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    rows = [_print(words[place : place + ROW]) for place in range(len(words) - ROW + 1)]
    if len(rows) <= WINDOW:
        return sorted(set(rows))
    return sorted({min(rows[place : place + WINDOW]) for place in range(len(rows) - WINDOW + 1)})


def _print(words: list[str]) -> int:
    return int.from_bytes(hashlib.blake2b(" ".join(words).encode(), digest_size=6).digest(), "big")


def share(one: Collection[int], other: Collection[int]) -> float:
    """How much of the shorter text stands in the other, 0 to 1; 0 where one of them is too short to tell."""
    mine, theirs = set(one), set(other)
    least = min(len(mine), len(theirs))
    return len(mine & theirs) / least if least >= FEW else 0.0


def look_of(picture: Image.Image) -> str:
    """The print of a picture, 16 letters; empty for one that is the same everywhere, as a blank sheet is."""
    small = picture.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    light = list(small.tobytes())
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (light[row * 9 + column] > light[row * 9 + column + 1])
    return f"{bits:016x}" if max(light) - min(light) >= 24 else ""


def near(one: str, other: str) -> int:
    """How much two pictures are alike, per cent; 0 when they are not the same picture."""
    if not one or not other:
        return 0
    apart = (int(one, 16) ^ int(other, 16)).bit_count()
    return 100 - apart * 100 // 64 if apart <= NEAR else 0
