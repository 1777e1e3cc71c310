"""What the newsroom does by the clock."""

from __future__ import annotations

from datetime import timedelta

from orken.kit.jobs.registry import timetable
from orken.newsroom import services


@timetable("newsroom.appear", every=timedelta(minutes=1), at_start=True)
def appear() -> None:
    """News appear at their hour."""
    services.appear_due()
