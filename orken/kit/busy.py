"""A database that somebody else holds: it passes by itself, and nothing was written."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

# SQLite, when its one pen is held longer than one waits; PostgreSQL on a lock timeout or a deadlock.
SIGNS = ("is locked", "lock timeout", "deadlock detected")
PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0)  # seconds; each try waits for the pen itself before it gives up
Answer = TypeVar("Answer")


def busy(problem: BaseException) -> bool:
    """Whether the trouble is only that the database is held."""
    return isinstance(problem, OperationalError) and any(sign in str(problem).lower() for sign in SIGNS)


def patiently(do: Callable[[], Answer]) -> Answer:
    """Do it, again and again while the database is held: for workers, whom nobody waits for."""
    for pause in PAUSES:
        try:
            return do()
        except OperationalError as problem:
            if not busy(problem):
                raise
        time.sleep(pause)
    return do()
