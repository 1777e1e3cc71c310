"""Starting and stopping background work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from orken.kit.i18n.content import current_language
from orken.kit.jobs.models import Due, Work
from orken.kit.jobs.registry import Job, habits

LOST_AFTER = timedelta(seconds=60)  # a worker tells every ten seconds that it lives


@transaction.atomic
def start(
    job: Job,
    *,
    payload: dict[str, Any] | None = None,
    by_id: int | None = None,
    scope_path: str = "",
    title: str = "",
    total: int | None = None,
    once: str = "",
) -> Work:
    """Put a job in its lane; a worker takes it up once the caller's transaction is committed.

    `once` names the thing it works on: while such work waits or runs, it is answered instead of a second one.
    """
    if once and (standing := busy(once)):
        return standing
    try:
        with transaction.atomic():
            work = Work.objects.create(
                kind=job.name, lane=job.lane, title=title or str(job.title), by_id=by_id, scope_path=scope_path,
                payload=payload or {}, total=total, language=current_language(), once=once,
            )  # fmt: skip
    except IntegrityError:  # of two who press at the same moment one comes second
        if once and (standing := busy(once)):
            return standing
        raise
    enqueue(work)
    return work


def busy(once: str) -> Work | None:
    """The work that waits or runs on this thing."""
    found: Work | None = Work.objects.filter(once=once, state__in=[Work.State.WAITING, Work.State.RUNNING]).first()
    return found


def at_work(works: Iterable[UUID]) -> set[UUID]:
    """Those of these works that wait or run."""
    standing = Work.objects.filter(pk__in=list(works), state__in=[Work.State.WAITING, Work.State.RUNNING])
    return set(standing.values_list("pk", flat=True))


def enqueue(work: Work, after: datetime | None = None) -> None:
    from orken.kit.jobs.running import run

    run.using(queue_name=work.lane, run_after=after).enqueue(str(work.pk))


@transaction.atomic
def cancel(*, work: Work) -> Work:
    """Ask the work to stop: what waits is cancelled at once, what runs stops at its next step."""
    work = Work.objects.select_for_update().get(pk=work.pk)
    if work.over:
        return work
    work.cancel_asked_at = timezone.now()
    if work.state == Work.State.WAITING:
        work.state, work.finished_at = Work.State.CANCELLED, work.cancel_asked_at
    work.save(update_fields=["cancel_asked_at", "state", "finished_at"])
    return work


@transaction.atomic
def forget_waiting(kind: str) -> int:
    """What waits of a kind is taken out of the queue as if nobody had asked; answers how many. For a demo of things long done."""
    waiting = Work.objects.filter(kind=kind, state=Work.State.WAITING)
    for work in waiting:
        DBTaskResult.objects.filter(args_kwargs__args__0=str(work.pk)).delete()
    return waiting.delete()[0]


@transaction.atomic
def take_up_lost() -> int:
    """Work whose worker died is queued again from its start; answers how many."""
    lost = Work.objects.select_for_update().filter(
        state=Work.State.RUNNING, heartbeat_at__lt=timezone.now() - LOST_AFTER
    )
    found = 0
    for work in lost:
        work.state = Work.State.WAITING
        work.save(update_fields=["state"])
        enqueue(work)
        found += 1
    return found


def catch_up() -> list[str]:
    """Run what asks to be run at every start; answers the names."""
    ran = [name for name, habit in sorted(habits.items()) if habit.at_start]
    for name in ran:
        habits[name].function()
    return ran


def tick(now: datetime | None = None) -> list[str]:
    """Run what the timetable holds due; answers the names. Safe to call from several workers at once."""
    moment = now or timezone.now()
    ran: list[str] = []
    for name, habit in sorted(habits.items()):
        with transaction.atomic():
            Due.objects.get_or_create(name=name, defaults={"next_at": habit.after(moment)})
            due = Due.objects.select_for_update().get(name=name)
            if due.next_at > moment:
                continue
            due.next_at, due.last_at = habit.after(moment), moment
            due.save(update_fields=["next_at", "last_at"])
        habit.function()
        ran.append(name)
    return ran
