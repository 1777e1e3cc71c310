"""Who reviews whom, and what several reviews come to. Pure: the same people and the same seed give the same answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal

FEWEST = 8  # below so many works a trainer reviews them
LEAST = 2  # reviews from which the middle counts


def allocate(units: Mapping[int, int], many: int, seed: str) -> dict[int, list[int]]:
    """To each person the people whose work she reviews: everybody gives and gets exactly `many`, nobody her own.

    `units` tells where each works. People stand in a ring, those of one unit beside one another, and each reviews those
    who stand so many places further; the distances are those at which the fewest colleagues meet.
    """
    people = sorted(units, key=lambda person: (_mixed(seed, f"u{units[person]}"), units[person], _mixed(seed, f"p{person}"), person))  # fmt: skip
    size = len(people)
    if size <= many:
        raise ValueError(f"{size} people cannot each review {many}")
    meet = {
        step: sum(units[people[place]] == units[people[(place + step) % size]] for place in range(size))
        for step in range(1, size)
    }
    steps = sorted(meet, key=lambda step: (meet[step], _mixed(seed, f"s{step}"), step))[:many]
    return {person: [people[(place + step) % size] for step in steps] for place, person in enumerate(people)}


def _mixed(seed: str, name: str) -> str:
    return hashlib.blake2b(f"{seed}:{name}".encode(), digest_size=8).hexdigest()


def middle(scores: Sequence[Decimal]) -> Decimal:
    """The median: one who is much kinder or harder than the others does not move it."""
    ranked = sorted(scores)
    half = len(ranked) // 2
    found = ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2
    return found.quantize(Decimal("0.01"))
