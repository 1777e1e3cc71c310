"""What training does by the clock."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils import timezone

from orken.kit.jobs.registry import timetable
from orken.training import receivers
from orken.training.models import Run
from orken.training.services import seats


@timetable("training.release", daily_at=time(5, 0))
def release_pools() -> None:
    """Pools whose day has come give their free seats up, and those who wait move."""
    today = timezone.localdate()
    due = Run.objects.filter(
        pools__release_on__lte=today, pools__released_at=None, state__in=(Run.State.TENTATIVE, Run.State.CONFIRMED)
    ).distinct()
    for run in due:
        seats.release(run=run, today=today)


@timetable("training.to_confirm", daily_at=time(8, 0))
def remind_to_confirm() -> None:
    """A run that waits for its confirmation: who organises it hears in time that it must be decided."""
    receivers.remind_to_confirm(timezone.localdate())


@timetable("training.tell_who_waits", every=timedelta(minutes=1))
def tell_who_waits() -> None:
    receivers.tell_who_waits()
