"""Whose work sample is awaited still hears of it once, on the day after it was expected."""

from __future__ import annotations

from datetime import time

from django.utils import timezone

from orken.kit.jobs.registry import timetable
from orken.training.samples import selectors, services


@timetable("training.samples.remind", daily_at=time(9, 45))
def remind_the_late() -> None:
    for pk in selectors.late(timezone.localdate()).values_list("pk", flat=True):
        services.remind(pk=pk)
