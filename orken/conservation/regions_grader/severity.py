"""Agreement on severity, reported apart from the score."""

from __future__ import annotations

from collections.abc import Iterable

ENOUGH_PAIRS = 12
KAPPA_NEEDED = 0.5


def quadratic_kappa(pairs: Iterable[tuple[int, int]]) -> float:
    """Cohen's kappa over pairs of severities 1–4 with quadratic weights: 1 the same, 0 no better than chance.

    A constant answer gives 0: agreement that nothing was decided for is none.
    """
    found = [(one, other) for one, other in pairs if one and other]
    if not found:
        return 0.0
    n = len(found)
    mine = [sum(one == level for one, _ in found) / n for level in range(1, 5)]
    theirs = [sum(other == level for _, other in found) / n for level in range(1, 5)]
    seen = sum((one - other) ** 2 / 9 for one, other in found) / n
    by_chance = sum((i - j) ** 2 / 9 * mine[i] * theirs[j] for i in range(4) for j in range(4))
    if by_chance == 0:
        return 0.0
    return 1 - seen / by_chance + 0.0


def severity_credit(wanted: int, said: int) -> float:
    """v: 1, 0.6, 0.2, 0 for a distance of 0 to 3; without an expert's severity there is nothing to miss."""
    if not wanted:
        return 1.0
    return (1.0, 0.6, 0.2, 0.0)[abs(wanted - said)] if said else 0.0
