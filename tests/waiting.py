"""What a worker does with the work that waits, done at once inside a test's transaction."""

from __future__ import annotations

from django.utils import timezone

from orken.kit.jobs.models import Work
from orken.kit.jobs.registry import jobs
from orken.kit.jobs.running import Run


def worked(kind: str) -> int:
    """Do everything of a kind that waits; answers how many pieces there were."""
    waiting = list(Work.objects.filter(kind=kind, state=Work.State.WAITING).order_by("created_at", "pk"))
    for work in waiting:
        jobs[kind].call(Run(work), work.payload)
        Work.objects.filter(pk=work.pk).update(state=Work.State.DONE, finished_at=timezone.now())
    return len(waiting)
