"""What a worker does with one piece of work."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone, translation
from django_tasks import task

from orken.kit.busy import patiently
from orken.kit.jobs import services
from orken.kit.jobs.models import Work
from orken.kit.jobs.registry import Job, jobs
from orken.kit.live import services as live

logger = logging.getLogger(__name__)
MOST_FAILURES = 200
BEAT = 10.0  # seconds


class Cancelled(Exception):
    """Somebody asked the work to stop."""


class Refused(Exception):
    """The work cannot be done, and trying again would not help; the text is a sentence for the one who started it."""


class Run:
    """The work in the hands of its function: tells how far it is and what failed."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def advance(self, done: int, total: int | None = None) -> None:
        """Tell the progress; raises Cancelled when somebody asked the work to stop."""
        self.work.done = done
        if total is not None:
            self.work.total = total
        self._write("done", "total")
        self.check()

    def finish(self) -> None:
        """All is done and written: it is told as whole, and can be stopped no more."""
        if self.work.total is not None:
            self.work.done = self.work.total
            self._write("done")

    def fail(self, where: str, reason: str) -> None:
        """Note something that failed on the way; the work goes on."""
        self.work.failures_count += 1
        if len(self.work.failures) < MOST_FAILURES:
            self.work.failures.append({"where": where, "reason": reason})
        self._write("failures", "failures_count")

    def check(self) -> None:
        if Work.objects.filter(pk=self.work.pk, cancel_asked_at__isnull=False).exists():
            raise Cancelled

    def _write(self, *fields: str) -> None:
        self.work.heartbeat_at = timezone.now()
        self.work.save(update_fields=[*fields, "heartbeat_at"])
        live.publish(f"work:{self.work.pk}", "progress", self.work.as_json())


@task(queue_name="quick")
def run(work_id: str) -> None:
    """Do one piece of work; the outcome stands in its row, whatever it is."""
    work = patiently(lambda: _claimed(work_id))
    if work is None:
        return
    job = jobs.get(work.kind)
    if job is None:
        _finish(work, Work.State.FAILED, reason=f"No job is called {work.kind}.")
        return
    with translation.override(work.language):
        _do(work, job)


def _do(work: Work, job: Job) -> None:
    try:
        with _heartbeat(work):
            result = job.call(Run(work), work.payload)
    except Cancelled:
        _finish(work, Work.State.CANCELLED)
    except Refused as refusal:
        _finish(work, Work.State.FAILED, result={"refused": str(refusal)}, reason="refused")
    except Exception as problem:  # whatever the function did, the row must tell it
        logger.exception("work %s (%s), attempt %s", work.pk, work.kind, work.attempts)
        if work.attempts <= job.retries:
            patiently(lambda: _again(work))
        else:
            _finish(work, Work.State.FAILED, reason=f"{type(problem).__name__} after {work.attempts} attempts")
    else:
        _finish(work, Work.State.DONE, result=result or {})


@transaction.atomic
def _again(work: Work) -> None:
    work.state = Work.State.WAITING
    work.save(update_fields=["state"])
    services.enqueue(work, after=timezone.now() + timedelta(seconds=5 * 4 ** (work.attempts - 1)))


@transaction.atomic
def _claimed(work_id: str) -> Work | None:
    """The work, now running; None when it is over or in other hands."""
    work = Work.objects.select_for_update().filter(pk=work_id, state=Work.State.WAITING).first()
    if work is None:
        return None
    work.state, work.attempts = Work.State.RUNNING, work.attempts + 1
    work.started_at = work.heartbeat_at = timezone.now()
    work.failures, work.failures_count, work.done = [], 0, 0
    work.save()
    return work


def _finish(work: Work, state: str, *, result: dict[str, Any] | None = None, reason: str = "") -> None:
    work.state, work.result, work.reason, work.finished_at = state, result or {}, reason, timezone.now()
    patiently(lambda: work.save(update_fields=["state", "result", "reason", "finished_at"]))
    patiently(lambda: live.publish(f"work:{work.pk}", "progress", work.as_json()))


@contextmanager
def _heartbeat(work: Work) -> Iterator[None]:
    """Tell every ten seconds that the worker lives, while the function is busy."""
    over = threading.Event()

    def beat() -> None:
        try:
            while not over.wait(BEAT):
                # One long transaction of the function holds SQLite's only pen: the next beat tries again.
                with suppress(OperationalError):
                    Work.objects.filter(pk=work.pk).update(heartbeat_at=timezone.now())
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat {work.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=5)
