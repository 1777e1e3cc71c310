"""What the clock closes."""

from __future__ import annotations

from datetime import timedelta

from orken.attempts import services
from orken.kit.jobs.registry import timetable


@timetable("attempts.close_overdue", every=timedelta(minutes=1), at_start=True)
def close_overdue() -> None:
    """Sittings whose time is up: found by an index, closed one by one. Nothing is lost when it comes late: the deadline counts."""
    services.close_overdue()
