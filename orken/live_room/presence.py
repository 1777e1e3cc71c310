"""How signs of life become intervals, and intervals minutes. Pure functions; tests hold them against every order and overlap.

Rule 1: somebody is there from the first to the last of her signs of life that follow each other within 75 seconds, as
long as the page's stream is open. Pages of several tabs and devices are laid over one another: a minute counts once.
Minutes are those that lie inside the session, rounded to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

RULE = 1
GAP = timedelta(seconds=75)
PIECE = timedelta(minutes=5)  # presence that goes on is written down in pieces of so long at the least
OPENED, BEAT, CLOSED = "o", "b", "c"
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Sign:
    """A sign of life of one page; `key` names its row."""

    at: datetime
    mark: str
    key: int = 0


@dataclass(frozen=True)
class Folded:
    """What signs came to, and which of them the next folding still needs."""

    spans: list[Span]
    kept: set[int]


def fold(signs: Sequence[Sign], now: datetime) -> Folded:
    """The spans of one page. What goes on and is shorter than five minutes waits for the next folding, whole."""
    spans: list[Span] = []
    first: Sign | None = None  # of the span that goes on
    last: Sign | None = None
    opened: Sign | None = None
    under: Sign | None = None  # the stream that was open when the span began, and when its last sign came:
    held: Sign | None = None  # a page that comes back opens another, and the first signs need the first one
    for sign in sorted(signs, key=lambda one: (one.at, one.key)):
        if last is not None and sign.at - last.at > GAP:
            _add(spans, first, last.at)
            first = last = None
        if sign.mark == OPENED:
            opened = sign
        elif sign.mark == CLOSED:
            if last is not None:
                _add(spans, first, sign.at)
            first = last = opened = None
        elif opened is not None:
            if first is None:
                first, under = sign, opened
            last, held = sign, opened
    if last is None or first is None or now - last.at > GAP:
        if last is not None:
            _add(spans, first, last.at)
        # A stream that is open waits for the next sign of life: a tab may lie behind others for an hour.
        return Folded(spans, {opened.key} if opened is not None else set())
    assert opened is not None and under is not None and held is not None, "a span begins under an open stream"
    if last.at - first.at >= PIECE:
        _add(spans, first, last.at)
        return Folded(spans, {opened.key, held.key, last.key})
    return Folded(spans, {opened.key, under.key, *(one.key for one in signs if first.at <= one.at <= last.at)})


def _add(spans: list[Span], first: Sign | None, end: datetime) -> None:
    if first is not None and end > first.at:
        spans.append((first.at, end))


def union(spans: Iterable[Span]) -> list[Span]:
    """Spans that touch or lie over one another become one; in order."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def inside(spans: Iterable[Span], begins: datetime, ends: datetime) -> list[Span]:
    """What of them lies between two moments."""
    cut = ((max(begin, begins), min(end, ends)) for begin, end in spans)
    return [(begin, end) for begin, end in cut if end > begin]


def minutes(spans: Iterable[Span], begins: datetime, ends: datetime) -> int:
    """Whole minutes of the union inside the session, at most its length."""
    seconds = sum((end - begin).total_seconds() for begin, end in inside(union(spans), begins, ends))
    return min(int(seconds + 30) // 60, int((ends - begins).total_seconds() // 60))
