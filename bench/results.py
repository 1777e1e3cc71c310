"""The results of 120 people: sheet opened, a mark saved, a table read, a commission confirming: `python -m bench.results`."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from bench.attendance import _run as held
from bench.country import build, measured, percentile, table

if TYPE_CHECKING:
    from django.test import Client

    from orken.training.models import Run

PEOPLE, SESSIONS, SHEETS = 120, 20, 3
GOALS = {"page": 300.0, "mark": 100.0, "table": 2000.0, "confirm": 2000.0}  # milliseconds


def _assessed(code: str) -> Run:
    """A course of 120 with its whole attendance, and everybody's final mark; its last day was yesterday."""
    from django.utils import timezone

    from orken.people.models import Account
    from orken.training import services as training
    from orken.training.attendance import services as attendance
    from orken.training.attendance.services import Line
    from orken.training.models import Enrolment, Run, Session, Trainer
    from orken.training.results import services as results

    run, national = held(code, PEOPLE, SESSIONS), Account.objects.get(login="national")
    asked = training.invite_trainer(run=run, person=Account.objects.get(login="trainer").person, by=national)
    training.answer_invitation(trainer=asked, state=Trainer.State.ACCEPTED, by=national)
    seats = list(Enrolment.objects.filter(run=run).values_list("pk", flat=True))
    for session in Session.objects.filter(run=run):
        lines = [Line(session.pk, f"e{pk}", "absent" if (pk + session.pk) % 9 == 0 else "present") for pk in seats]
        attendance.write(run=run, by=None, lines=lines)
    yesterday = timezone.localdate() - timedelta(1)
    Run.objects.filter(pk=run.pk).update(state="assessment", ends_on=yesterday, apply_until=yesterday)
    run.refresh_from_db()
    marks = [results.Put(pk, "final", 40 + pk % 60) for pk in seats]
    results.put(run=run, marks=marks, by=national, on=timezone.localdate())
    return run


def _client() -> Client:
    from django.test import Client

    from orken.people.models import Account

    client = Client(headers={"host": "localhost"})
    client.force_login(Account.objects.get(login="national"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def main() -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from orken.training.models import Enrolment, Result
    from orken.training.results import selectors
    from orken.training.results import table as marks_table

    print("made:", ", ".join(f"{number} {name}" for name, number in build(districts=2).items()))
    run, client = _assessed("BENCH-RES"), _client()
    address = f"/kk/training/{run.code}/results/"
    rows: list[list[object]] = []

    for name, path in (("results", ""), ("grid of marks", "marks/"), ("before confirming", "confirm/")):
        walls, cpu = measured(lambda path=path: client.get(address + path), 15)  # type: ignore[misc]  # bound at once
        size = len(client.get(address + path).content) / 1024
        rows.append([f"{name}, {size:.0f} KiB", statistics.median(walls), percentile(walls, 0.95), cpu, GOALS["page"]])

    seat, number = Enrolment.objects.filter(run=run).values_list("pk", flat=True)[0], count(1)

    def mark() -> None:
        given = {"seen": selectors.newest(run), f"pre_test-{seat}": str(next(number) % 100), "reason": "Қайта саналды"}
        assert client.post(f"{address}marks/", given).status_code == 302

    walls, cpu = measured(mark, 30)
    rows.append(["a mark saved", statistics.median(walls), percentile(walls, 0.95), cpu, GOALS["mark"]])

    template = marks_table.template(run).read()
    walls, cpu = measured(lambda: client.post(f"{address}table/", {"file": SimpleUploadedFile("m.xlsx", template)}), 5)
    rows.append([f"xlsx of {PEOPLE} looked through", statistics.median(walls), max(walls), cpu, GOALS["table"]])

    walls, worked = [], []
    for place in range(SHEETS):
        fresh = _assessed(f"BENCH-C{place}")
        wall, cpu = _confirm(client, fresh)
        walls.append(wall)
        worked.append(cpu)
        assert Result.objects.filter(enrolment__run=fresh).count() == PEOPLE
    rows.append(
        [
            f"sheet of {PEOPLE} confirmed, all told",
            statistics.median(walls),
            max(walls),
            statistics.median(worked),
            GOALS["confirm"],
        ]
    )
    walls, cpu = measured(lambda: client.get(f"/kk/training/{fresh.code}/results/sheets/1/sheet.pdf"), 3)
    rows.append(["the same on paper", statistics.median(walls), max(walls), cpu, "—"])
    table(("what", "median ms", "p95 ms", "CPU ms", "goal ms"), rows)


def _confirm(client: Client, run: Run) -> tuple[float, float]:
    """Milliseconds on the wall and of the processor."""
    from django.utils import timezone

    from orken.people.models import Account

    chair, member = (Account.objects.get(login=login).person_id for login in ("national", "trainer"))
    day = timezone.localdate()
    given = {"chair": chair, "members": [member], "on_day": day.day, "on_month": day.month, "on_year": day.year}
    start, worked = time.perf_counter(), time.process_time()
    answer = client.post(f"/kk/training/{run.code}/results/confirm/", given)
    assert answer.status_code == 302, answer.content[:500]
    return (time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000


if __name__ == "__main__":
    main()
