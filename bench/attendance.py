"""The sheet of 120 people and 20 sessions: opened, a cell saved, 500 lines of a device, 25 trainers at once: `python -m bench.attendance`."""

from __future__ import annotations

import json
import random
import statistics
import threading
import time
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from bench.country import build, measured, percentile, table

if TYPE_CHECKING:
    from django.test import Client

    from orken.training.models import Run

PEOPLE, SESSIONS, TRAINERS, LINES = 120, 20, 25, 500
GOALS = {"grid": 100.0, "cell": 30.0, "500 lines": 1000.0}  # milliseconds


def _run(code: str, people: int, sessions: int) -> Run:
    """A run of the last days with `people` enrolled and its timetable."""
    from django.db import transaction
    from django.utils import timezone

    from orken.network.models import Appointment, Unit
    from orken.people.models import Account
    from orken.training import services as training
    from orken.training.models import Applicant, Run

    now = timezone.now()
    today = timezone.localdate()
    national = Account.objects.get(login="national")
    rows = Appointment.objects.at().filter(employment="main", person__account=None).select_related("person", "unit")
    chosen = random.Random(code).sample(list(rows[:4000]), people)
    with transaction.atomic():
        run = training.open_run(
            code=code, kind="course", host=Unit.objects.get(code="NL"), capacity=people, by=None, form="onsite", title_kk=f"Курс {code}",
            languages=["kk"], deciding="at_once", starts_on=today - timedelta(30), ends_on=today + timedelta(2), apply_until=today + timedelta(1),
        )  # fmt: skip
        for number in range(sessions):
            begin = now - timedelta(days=sessions - number)
            training.add_session(run=run, by=None, starts_at=begin, ends_at=begin + timedelta(minutes=90), title_kk=f"Сабақ {number}")  # fmt: skip
        training.apply_as_known(
            run=run, unit=chosen[0].unit, by=national, lines=[training.Line(row.person, row.unit) for row in chosen]
        )
        assert Applicant.objects.filter(run=run, state="accepted").count() == people
        Run.objects.filter(pk=run.pk).update(state="running")
    return run


def _lines(run: Run, first: int, many: int, skip: int = 0) -> list[dict[str, Any]]:
    """What a device would send: `many` cells from the `skip`-th on."""
    from orken.training.models import Enrolment, Session

    cells = [
        (session, f"e{seat}")
        for session in Session.objects.filter(run=run).values_list("pk", flat=True)
        for seat in Enrolment.objects.filter(run=run).values_list("pk", flat=True)
    ]
    return [
        {
            "uid": str(uuid4()), "sequence": first + place, "kind": "attendance.mark", "base": "", "made_at": "2026-11-25T09:00:00+00:00",
            "payload": {"run": run.code, "session": session, "who": who, "state": "present", "minutes": None, "reason": "", "says": "Аты-жөні · Сабақ: қатысты"},
        }
        for place, (session, who) in enumerate(cells[skip : skip + many])
    ]  # fmt: skip


def _post(client: Client, account: str, device: UUID, lines: list[dict[str, Any]]) -> None:
    body = {
        "account": account,
        "device": str(device),
        "name": "bench",
        "clock": "2026-11-25T09:00:00+00:00",
        "lines": lines,
    }
    answer = client.post("/kk/offline/send/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert all(one["state"] == "done" for one in answer.json()["answers"]), answer.json()["answers"][:3]


def _client() -> tuple[Client, str]:
    from django.test import Client

    from orken.people.models import Account

    client = Client(headers={"host": "localhost"})
    client.force_login(Account.objects.get(login="national"), backend="django.contrib.auth.backends.ModelBackend")
    return client, str(client.get("/kk/offline/hello/").json()["account"])


def main() -> None:
    print("made:", ", ".join(f"{number} {name}" for name, number in build(districts=2).items()))
    run = _run("BENCH-ATT", PEOPLE, SESSIONS)
    client, account = _client()
    rows: list[list[object]] = []

    device, number = uuid4(), count(1)
    cells = iter(_lines(run, 1, PEOPLE * SESSIONS))

    def cell() -> None:
        _post(client, account, device, [{**next(cells), "sequence": next(number)}])

    walls, cpu = measured(cell, 100)
    rows.append(["a cell saved", statistics.median(walls), percentile(walls, 0.95), cpu, GOALS["cell"]])

    walls = []
    for turn in range(4):  # fresh cells each time
        lines = _lines(run, 1, LINES, skip=101 + turn * LINES)
        start = time.perf_counter()
        _post(client, account, uuid4(), lines)
        walls.append((time.perf_counter() - start) * 1000)
    rows.append([f"{LINES} lines sent", statistics.median(walls), max(walls), 0.0, GOALS["500 lines"]])

    address = f"/kk/training/{run.code}/attendance/"
    walls, cpu = measured(lambda: client.get(address), 40)
    size = len(client.get(address).content) / 1024
    rows.append([f"grid {PEOPLE} × {SESSIONS}, {size:.0f} KiB", statistics.median(walls), percentile(walls, 0.95), cpu, GOALS["grid"]])  # fmt: skip
    rows.append(_at_once())
    table(("what", "median ms", "p95 ms", "CPU ms", "goal ms"), rows)


def _at_once() -> list[object]:
    """Trainers come home at the same hour: each sends a day of her own run."""
    from django.db import connection

    ready = []
    for place in range(TRAINERS):
        run = _run(f"BENCH-T{place}", 20, 3)
        ready.append((*_client(), _lines(run, 1, 60)))
    waits: list[float] = []
    gate = threading.Barrier(TRAINERS)

    def send(client: Client, account: str, lines: list[dict[str, Any]]) -> None:
        gate.wait()
        start = time.perf_counter()
        _post(client, account, uuid4(), lines)
        waits.append((time.perf_counter() - start) * 1000)
        connection.close()

    threads = [threading.Thread(target=send, args=one) for one in ready]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(waits) == TRAINERS, "every trainer is answered"
    return [f"{TRAINERS} trainers × 60 lines at once", statistics.median(waits), max(waits), 0.0, "—"]


if __name__ == "__main__":
    main()
