"""The process that does background work: one lane or both, and the timetable."""

from __future__ import annotations

import logging
import threading
import time
from uuid import uuid4

from django.db import OperationalError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker

from orken.kit.busy import busy, patiently
from orken.kit.jobs import services

logger = logging.getLogger(__name__)
PAUSE = 1.0  # seconds between two looks at an empty lane
CLOCK = 20.0  # seconds between two looks at the timetable


def work(lanes: list[str], *, once: bool = False, clock: bool = True) -> None:
    """Do the work of `lanes` until told to stop; `once` empties them and returns."""
    patiently(services.take_up_lost)
    worker = Worker(
        queue_names=lanes,
        interval=PAUSE,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid4().hex,
        excluded_queue_names=[],
    )
    if not once:
        worker.configure_signals()
        if clock:
            threading.Thread(target=_clock, name="timetable", daemon=True).start()
    while True:
        try:
            return worker.run()
        except OperationalError as problem:
            # The queue tells so when somebody holds SQLite's only pen; the lane waits and looks again.
            if not busy(problem):
                raise
            logger.warning("the database is held by somebody; the lane waits")
            time.sleep(PAUSE)


def _clock() -> None:
    wait = threading.Event()
    while not wait.wait(CLOCK):
        try:
            close_old_connections()
            services.take_up_lost()
            services.tick()
        except Exception:  # one bad night must not end the timetable
            logger.exception("the timetable stumbled")
        finally:
            connection.close()
