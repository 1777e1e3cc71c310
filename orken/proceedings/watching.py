"""How much of a recording somebody watched: pure reckoning over the stretches that her browser told."""

from __future__ import annotations

from collections.abc import Iterable

COUNTS_FROM = 70  # percent: as much as an online meeting wants of whoever was there
STEP = 10  # percent between two lines of the ledger
FASTEST = 2.0  # times as fast as it was spoken, as the player allows
SLACK = 5  # seconds that a slow line may take


def covered(stretches: Iterable[tuple[int, int]]) -> int:
    """Seconds of the recording that lie in at least one stretch; watched twice they count once."""
    total, reached = 0, 0
    for begins, ends in sorted(stretches):
        begins = max(begins, reached)
        if ends > begins:
            total += ends - begins
            reached = ends
    return total


def share(seconds: int, length: int) -> int:
    """Whole percent of the recording, never over a hundred."""
    return min(100, seconds * 100 // length) if length else 0


def counted(seconds: int, length: int) -> int:
    """Minutes that the ledger takes: none below the share that counts, then by steps, whole at the end.

    By steps, so that a recording that is watched in small bits does not write a line of the ledger for each of them.
    """
    percent = share(seconds, length)
    if percent < COUNTS_FROM:
        return 0
    percent = percent // STEP * STEP
    return max(1, length * percent // 100 // 60)


def believable(begins: int, ends: int, elapsed: float) -> int:
    """Where a stretch ends that took `elapsed` seconds: nobody watches faster than the player plays."""
    return min(ends, begins + int(elapsed * FASTEST + SLACK))
