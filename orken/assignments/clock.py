"""What happens to reviews by itself."""

from __future__ import annotations

from datetime import time, timedelta

from orken.assignments import services
from orken.kit.jobs.registry import timetable


@timetable("assignments.reviews", every=timedelta(minutes=10), at_start=True)
def reviews() -> None:
    """Shared out when the day has come, finished when their own day is over, reminded of the day before."""
    services.share_out()
    services.finish_overdue()
    services.remind()


@timetable("assignments.waiting", daily_at=time(9, 0))
def waiting() -> None:
    """Whoever marks hears once a day of what waits."""
    services.tell_markers()
