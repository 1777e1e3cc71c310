"""What the kit itself does by the clock."""

from __future__ import annotations

import logging
from datetime import time, timedelta

from django.utils import timezone

from orken.kit.audit import invariants
from orken.kit.jobs.models import Work
from orken.kit.jobs.registry import timetable
from orken.kit.limits import services as limits
from orken.kit.live import services as live

logger = logging.getLogger(__name__)
KEPT = timedelta(days=90)


@timetable("kit.prune", every=timedelta(hours=1))
def prune() -> None:
    """Forget live events of yesterday, counters that are over, and finished work of last season."""
    live.prune()
    limits.prune()
    Work.objects.filter(finished_at__lt=timezone.now() - KEPT).delete()


@timetable("kit.invariants", daily_at=time(3, 0))
def prove() -> None:
    """The nightly proof; a broken rule is an error in the log, which the operator's monitor sees."""
    for rule, rows in invariants.run():
        for row in rows:
            logger.error("invariant broken: %s: %s: %s", rule, row.row, row.why)
