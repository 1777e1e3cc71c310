"""Two days before a survey ends whoever is silent hears of it once more."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils import timezone

from orken.kit.jobs.registry import timetable
from orken.surveys import services
from orken.surveys.models import Survey

BEFORE = timedelta(days=2)


@timetable("surveys.remind", daily_at=time(9, 30))
def remind_the_silent() -> None:
    today = timezone.localdate()
    due = Survey.objects.filter(
        closed_at=None, reminded_at=None, opens_on__lt=today, closes_on__range=(today, today + BEFORE)
    )
    for pk in due.values_list("pk", flat=True):
        services.remind(survey_id=pk, by=None)
