"""By the clock: the columns are made anew every night, and by day when much has been added."""

from __future__ import annotations

from datetime import time, timedelta

from orken.insights import services
from orken.kit.jobs.registry import timetable


@timetable("insights.columns", daily_at=time(2, 20))
def nightly() -> None:
    services.rebuild()


@timetable("insights.aged", every=timedelta(minutes=15), at_start=True)
def by_day() -> None:
    if services.aged():
        services.rebuild()
