"""How the queue is."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils import timezone

from orken.kit.jobs.models import Work
from orken.kit.jobs.services import LOST_AFTER


@dataclass(frozen=True)
class QueueState:
    """How much waits, for how long at most (seconds), how much runs and how much lost its worker."""

    waiting: int
    oldest: int
    running: int
    lost: int


def queue_state() -> QueueState:
    now = timezone.now()
    found = Work.objects.aggregate(
        waiting=Count("pk", filter=Q(state=Work.State.WAITING)),
        oldest=Min("created_at", filter=Q(state=Work.State.WAITING)),
        running=Count("pk", filter=Q(state=Work.State.RUNNING)),
        lost=Count("pk", filter=Q(state=Work.State.RUNNING, heartbeat_at__lt=now - LOST_AFTER)),
    )
    oldest = int((now - found["oldest"]).total_seconds()) if found["oldest"] else 0
    return QueueState(found["waiting"], oldest, found["running"], found["lost"])
