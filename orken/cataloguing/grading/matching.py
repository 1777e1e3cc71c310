"""Bringing the values of a learner and of an expert together, one to one, and what that is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orken.cataloguing.elements import Element, Kind, Value
from orken.cataloguing.grading.comparing import alike

FOREIGN_BELOW = 0.5  # a value less like than this is another value, not a misspelt one


@dataclass(frozen=True)
class Match:
    """How one element matched one expert: F1 of likeness; which values found no partner."""

    score: float
    missing: tuple[Value, ...] = ()
    extra: tuple[Value, ...] = ()
    exact: bool = False


def likeness(element: Element, own: Value, theirs: Value, accepted: Sequence[Value]) -> float:
    best = alike(element.name, element.kind, own, theirs)
    for value in accepted:
        if best >= 1.0:
            break
        best = max(best, alike(element.name, element.kind, own, value))
    return best


def match(
    element: Element,
    own: tuple[Value, ...],
    theirs: tuple[Value, ...],
    pool: tuple[Value, ...],
    accepted: tuple[Value, ...] = (),
) -> Match:
    """F1 of the best alignment. Values of other experts (`pool`) cost nothing; `accepted` stand for a single value."""
    if tuple(value.key for value in own) == tuple(value.key for value in theirs) and not any(
        value.lost for value in own
    ):
        return Match(1.0, exact=True)
    if element.kind is Kind.CLASS:
        # UDC, BBK or both: an expert's scheme that the learner does not use is not demanded.
        schemes = {value.key[0] for value in own}
        theirs = tuple(value for value in theirs if value.key[0] in schemes) or theirs
    single = accepted if len(theirs) == 1 else ()
    pairs = sorted(
        (
            (likeness(element, mine, other, single), -i, -j)
            for i, mine in enumerate(own)
            for j, other in enumerate(theirs)
        ),
        reverse=True,
    )
    used_own: set[int] = set()
    used_theirs: set[int] = set()
    aligned = 0.0
    for like, i, j in pairs:
        if like <= 0.0:
            break
        if -i not in used_own and -j not in used_theirs:
            used_own.add(-i)
            used_theirs.add(-j)
            aligned += like
    left = [value for i, value in enumerate(own) if i not in used_own]
    rest = [value for value in (*pool, *accepted) if all(value.key != other.key for other in theirs)]
    forgiven = 0.0
    extra = []
    for value in left:
        best = max(
            ((alike(element.name, element.kind, value, other), n) for n, other in enumerate(rest)), default=(0.0, -1)
        )
        if best[0] >= FOREIGN_BELOW:
            forgiven += best[0]
            rest.pop(best[1])
        else:
            extra.append(value)
    recall = aligned / len(theirs) if theirs else 1.0
    precision = (aligned + forgiven) / len(own) if own else 1.0
    score = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    missing = tuple(value for j, value in enumerate(theirs) if j not in used_theirs)
    return Match(min(1.0, score), missing, tuple(extra))


def foreign(element: Element, own: tuple[Value, ...], pool: Sequence[Value]) -> list[Value]:
    """Values that no expert has in any like form. A value that cannot be found is charged elsewhere."""
    return [
        value
        for value in own
        if not value.lost and all(alike(element.name, element.kind, value, other) < FOREIGN_BELOW for other in pool)
    ]
