"""What differs between two texts, word by word: for pages that compare versions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

AROUND = 12  # words of the same text that stay beside a change
LONGEST = 6000  # words of both together: beyond, the texts are shown whole, for matching grows with their product
_pieces = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Piece:
    """Some words. `changed`: they stand on this side alone; `left_out`: so many words that are the same are not shown."""

    text: str
    changed: bool = False
    left_out: int = 0


class Sided:
    """What has two sides, `before` and `after`: None where it was not or is not."""

    before: str | None
    after: str | None

    @cached_property
    def marked(self) -> tuple[list[Piece], list[Piece]]:
        """Both sides in pieces, the words that differ marked."""
        if self.before is None or self.after is None:
            return [Piece(self.before or "", True)], [Piece(self.after or "", True)]
        return marks(self.before, self.after)


def marks(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, the changed ones marked; long runs that are the same are shortened. Pure."""
    one, two = _pieces.findall(before), _pieces.findall(after)
    if len(one) + len(two) > LONGEST:
        return [Piece(before, changed=True)], [Piece(after, changed=True)]
    # Words are compared without the space behind them: a line that was broken elsewhere is the same line.
    match = SequenceMatcher(None, [word.strip() for word in one], [word.strip() for word in two], autojunk=False)
    was: list[Piece] = []
    now: list[Piece] = []
    steps = match.get_opcodes()
    for step, (kind, a, b, c, d) in enumerate(steps):
        if kind == "equal":
            ends = (step > 0, step < len(steps) - 1)
            was += _same(one[a:b], *ends)
            now += _same(two[c:d], *ends)
            continue
        if a < b:
            was.append(Piece("".join(one[a:b]), changed=True))
        if c < d:
            now.append(Piece("".join(two[c:d]), changed=True))
    return was, now


def _same(words: list[str], behind: bool, before: bool) -> list[Piece]:
    """A run that is the same: its words beside a change, and how many were left out."""
    head, tail = (AROUND if behind else 0), (AROUND if before else 0)
    if len(words) <= head + tail + 4:
        return [Piece("".join(words))]
    found = [Piece("".join(words[:head])), Piece("", left_out=len(words) - head - tail), Piece("".join(words[len(words) - tail :] if tail else []))]  # fmt: skip
    return [one for one in found if one.text or one.left_out]
