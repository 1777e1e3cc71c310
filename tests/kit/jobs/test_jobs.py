"""Background work: its progress, its failures, its second chances, its timetable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from orken.kit.jobs import registry, selectors, services, worker
from orken.kit.jobs.models import Due, Work
from orken.kit.jobs.running import Run
from orken.kit.live.models import LiveEvent

CALLS: list[str] = []


@registry.job("test.count", lane="quick", title="Counting")
def count(run: Run, *, to: int) -> dict[str, Any]:
    for number in range(1, to + 1):
        if number % 2 == 0:
            run.fail(f"row {number}", "even")
        run.advance(number, to)
    return {"counted": to}


@registry.job("test.stumble", lane="heavy", retries=2)
def stumble(run: Run) -> None:
    CALLS.append("stumble")
    raise RuntimeError("the printer is on fire")


@registry.job("test.cancel_me", lane="quick")
def cancel_me(run: Run) -> None:
    run.advance(1)
    services.cancel(work=run.work)
    run.advance(2)
    CALLS.append("went on")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    CALLS.clear()
    yield


def do(lane: str = "quick") -> None:
    """Do all that waits in a lane, as a worker does."""
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    worker.work([lane], once=True)


def fetched(work: Work) -> Work:
    return Work.objects.get(pk=work.pk)


@pytest.mark.django_db(transaction=True)
def test_work_tells_how_far_it_is_and_what_failed() -> None:
    work = services.start(count, payload={"to": 5}, title="Counting to five")
    do()
    done = fetched(work)
    assert (done.state, done.done, done.total, done.result) == ("done", 5, 5, {"counted": 5})
    assert done.failures == [{"where": "row 2", "reason": "even"}, {"where": "row 4", "reason": "even"}]
    assert LiveEvent.objects.filter(channel=f"work:{work.pk}").count() >= 5


@pytest.mark.django_db(transaction=True)
def test_lanes_do_not_wait_for_each_other() -> None:
    heavy, quick = services.start(stumble), services.start(count, payload={"to": 1})
    do("quick")
    assert (fetched(heavy).state, fetched(quick).state) == ("waiting", "done")


@pytest.mark.django_db(transaction=True)
def test_what_stumbles_is_tried_again_with_growing_pauses_and_then_told() -> None:
    work = services.start(stumble)
    pauses = []
    for _attempt in range(3):
        do("heavy")
        waiting = DBTaskResult.objects.filter(status="READY").first()
        if waiting is not None:
            pauses.append((waiting.run_after - timezone.now()).total_seconds())
    told = fetched(work)
    assert (told.state, told.attempts, len(CALLS)) == ("failed", 3, 3)
    assert "RuntimeError" in told.reason and "fire" not in told.reason, "a reason shows no inner text"
    assert len(pauses) == 2 and pauses[1] > pauses[0] * 2


@pytest.mark.django_db(transaction=True)
def test_what_waits_is_cancelled_at_once_and_what_runs_stops_at_its_next_step() -> None:
    waiting = services.start(count, payload={"to": 3})
    services.cancel(work=waiting)
    running = services.start(cancel_me)
    do()
    assert (fetched(waiting).state, fetched(waiting).done) == ("cancelled", 0)
    assert (fetched(running).state, CALLS) == ("cancelled", [])


@pytest.mark.django_db(transaction=True)
def test_work_whose_worker_died_is_taken_up_again() -> None:
    work = services.start(count, payload={"to": 2})
    DBTaskResult.objects.all().delete()
    Work.objects.filter(pk=work.pk).update(
        state="running", attempts=1, started_at=timezone.now(), heartbeat_at=timezone.now() - 2 * services.LOST_AFTER
    )
    assert selectors.queue_state().lost == 1
    assert services.take_up_lost() == 1
    do()
    assert (fetched(work).state, fetched(work).attempts) == ("done", 2)


@pytest.mark.django_db(transaction=True)
def test_work_that_was_rolled_back_is_never_done() -> None:
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        services.start(count, payload={"to": 1})
        raise RuntimeError
    do()
    assert not Work.objects.exists()


def test_the_timetable_runs_each_thing_once_when_it_is_due(db: None) -> None:
    ran: list[datetime] = []
    registry.habits["test.habit"] = registry.Habit(
        "test.habit", lambda: ran.append(timezone.now()), timedelta(hours=1), None
    )
    try:
        begin = timezone.now()
        services.tick(begin)
        assert not ran, "the first look only notes when it is due"
        later = begin + timedelta(minutes=61)
        assert "test.habit" in services.tick(later)
        assert "test.habit" not in services.tick(later)
        assert Due.objects.get(name="test.habit").next_at == later + timedelta(hours=1)
    finally:
        del registry.habits["test.habit"]


def test_a_daily_habit_keeps_the_hour_of_kazakhstan() -> None:
    almaty = ZoneInfo("Asia/Almaty")
    habit = registry.Habit("x", lambda: None, None, time(3, 0))
    assert habit.after(datetime(2026, 3, 1, 2, 0, tzinfo=almaty)) == datetime(2026, 3, 1, 3, 0, tzinfo=almaty)
    assert habit.after(datetime(2026, 3, 1, 3, 0, tzinfo=almaty)) == datetime(2026, 3, 2, 3, 0, tzinfo=almaty)


def test_the_queue_tells_how_long_the_oldest_waits(db: None) -> None:
    Work.objects.create(kind="test.count", lane="quick", title="x", created_at=timezone.now() - timedelta(minutes=5))
    state = selectors.queue_state()
    assert state.waiting == 1 and 295 <= state.oldest <= 310
