"""Places of a text that somebody remarked on: found by the words, shown in the text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

LONGEST = 500


@dataclass(frozen=True)
class Span:
    """From one letter up to another, with the number of the remark that stands on it."""

    begins: int
    ends: int
    number: int


@dataclass(frozen=True)
class Piece:
    """A piece of the text: `numbers` are the remarks that stand on it, `last` those that end with it."""

    text: str
    numbers: tuple[int, ...] = ()
    last: tuple[int, ...] = ()


def locate(text: str, quote: str, near: int = 0) -> tuple[int, int] | None:
    """Where the quoted words stand: the place nearest to `near`. Blanks and line ends between the words may differ."""
    words = quote.split()
    if not words:
        return None
    found = [(one.start(), one.end()) for one in re.finditer(r"\s+".join(map(re.escape, words)), text, re.IGNORECASE)]
    return min(found, key=lambda place: (abs(place[0] - near), place[0]), default=None)


def pieces(text: str, spans: Iterable[Span]) -> list[Piece]:
    """The whole text cut where remarks begin and end; the pieces put together are the text again."""
    known = [one for one in spans if 0 <= one.begins < one.ends <= len(text)]
    cuts = sorted({0, len(text), *(one.begins for one in known), *(one.ends for one in known)})
    return [
        Piece(
            text[begins:ends],
            tuple(sorted(one.number for one in known if one.begins <= begins and ends <= one.ends)),
            tuple(sorted(one.number for one in known if one.ends == ends)),
        )
        for begins, ends in pairwise(cuts)
    ]
