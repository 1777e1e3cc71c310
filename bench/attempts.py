"""A thousand people sit a test of 20 questions together, one answer each per 15 s: `python -m bench.attempts [--people N]`.

The server is `orken start` with all its processes over the scratch database; what it answers is on the disk. The people run on
the same cores. First the storm of the start: everybody opens the test and gets its sheet within 60 s. Then everybody saves one
answer per 15 s, at a moment of her own. At the end every answer that was acknowledged is looked for in the log of steps.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from uuid import uuid4

from bench.country import build, percentile, table
from bench.seats import TOKEN, server, worked

QUESTIONS, EVERY, STORM = 20, 15.0, 60.0  # questions, seconds, seconds
GOALS = {"save p95": 0.25, "start p95": 5.0}  # seconds


@dataclass
class Learner:
    """One browser: her session, her attempt, what stood last, and what was acknowledged."""

    session: str
    attempt: str = ""
    acknowledged: list[str] = field(default_factory=list)


@dataclass
class Times:
    start: list[float] = field(default_factory=list)
    save: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def prepare(people: int) -> tuple[str, list[Learner]]:
    """A run in which all have seats, a published test, and a session for each."""
    from datetime import timedelta

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import transaction
    from django.utils import timezone

    from orken.network.models import Unit
    from orken.people.models import Account, Person
    from orken.questions import services as questions
    from orken.questions.kinds.base import keyed
    from orken.questions.models import Exercise
    from orken.training import services as training
    from orken.training.models import Run

    today, nl = timezone.localdate(), Unit.objects.get(code="NL")
    national = Account.objects.get(login="national")
    learners = []
    with transaction.atomic():
        run = training.open_run(
            code="BENCH-SIT", kind="webinar", host=nl, capacity=people, by=None, form="live", title_kk="Бір мезгілдегі тест",
            languages=["kk"], deciding="at_once", starts_on=today + timedelta(9), ends_on=today + timedelta(9), apply_until=today + timedelta(8),
        )  # fmt: skip
        bank = questions.create_bank(code="BENCH-BANK", unit=nl, titles={"title_kk": "Банк"}, by=None)
        exercise = questions.create_exercise(code="BENCH-SIT", unit=nl, fields={"title_kk": "Тест", "minutes": 90, "shuffle": True}, by=None)  # fmt: skip
        assert exercise.draft is not None
        for number in range(QUESTIONS):
            rows = keyed([{"text": {"kk": f"{number}-сұрақтың {one}-жауабы"}, "fraction": 100.0 if one == 0 else 0.0} for one in range(4)])  # fmt: skip
            made = questions.create_question(bank=bank, kind="question.choice", payload={"text": {"kk": f"Кітапхана ісі туралы {number}-сұрақ?"}, "options": rows}, by=None)  # fmt: skip
            questions.publish_question(question=made, by=None, revision=1)
            questions.add_slot(version=exercise.draft, by=None, revision=1 + number, question=made)
        exercise = Exercise.objects.get(pk=exercise.pk)
        assert exercise.draft is not None
        questions.publish_exercise(exercise=exercise, by=None, revision=exercise.draft.revision)
    for number in range(people):
        with transaction.atomic():
            person = Person.objects.create(surname_kk=f"Тыңдаушы{number}", given_kk="Айгүл")
            account = Account.objects.create(login=f"sits-{number}", person=person, language="kk")
            training.apply_as_known(
                run=Run.objects.get(pk=run.pk), unit=nl, lines=[training.Line(person, nl)], by=national
            )
            session = SessionStore()
            session[SESSION_KEY] = str(account.pk)
            session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
            session[HASH_SESSION_KEY] = account.get_session_auth_hash()
            session.create()
            learners.append(Learner(str(session.session_key)))
    return run.code, learners


async def ask(port: int, learner: Learner, method: str, path: str, body: str = "", kind: str = "application/x-www-form-urlencoded") -> tuple[int, bytes]:  # fmt: skip
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\nAccept-Encoding: gzip\r\n"
        f"Cookie: sessionid={learner.session}; csrftoken={TOKEN}\r\nReferer: http://localhost:{port}/kk/\r\nX-CSRFToken: {TOKEN}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}"
    )  # fmt: skip
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode())
        said = await reader.read()
        writer.close()
        return int(said.split(b" ", 2)[1]), said
    except (OSError, IndexError):
        return 0, b""


async def begin(port: int, code: str, learner: Learner, after: float, times: Times) -> None:
    """She presses «Begin» and gets the sheet."""
    await asyncio.sleep(after)
    start = time.perf_counter()
    status, said = await ask(port, learner, "POST", f"/kk/attempts/start/{code}/?context=training.run:{code}", f"csrfmiddlewaretoken={TOKEN}")  # fmt: skip
    where = next((line for line in said.split(b"\r\n") if line.lower().startswith(b"location:")), b"").decode()
    if status == 302 and "/attempts/" in where:
        path = where.partition(": ")[2]
        learner.attempt = path.strip("/").rpartition("/")[2]
        status, said = await ask(port, learner, "GET", path)
    times.start.append(time.perf_counter() - start)
    times.statuses[status] += 1


async def sit(port: int, learner: Learner, rounds: int, times: Times, dice: random.Random) -> None:
    """One answer per 15 s, at a moment of her own."""
    first = dice.random() * EVERY
    began = time.perf_counter()
    for turn in range(rounds):
        await asyncio.sleep(max(0.0, began + first + turn * EVERY - time.perf_counter()))
        op = str(uuid4())
        body = json.dumps({"op": op, "item": turn % QUESTIONS + 1, "base": "0" if turn < QUESTIONS else "1", "answer": {"key": f"k{turn}"}})  # fmt: skip
        start = time.perf_counter()
        status, _said = await ask(port, learner, "POST", f"/kk/attempts/{learner.attempt}/save/", body, "application/json")  # fmt: skip
        times.save.append(time.perf_counter() - start)
        times.statuses[status] += 1
        if status == 200:
            learner.acknowledged.append(op)


async def together(port: int, code: str, learners: list[Learner], rounds: int) -> Times:
    times, dice = Times(), random.Random(11)
    await asyncio.gather(*(begin(port, code, one, dice.random() * STORM, times) for one in learners))
    await asyncio.gather(*(sit(port, one, rounds, times, dice) for one in learners if one.attempt))
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=QUESTIONS, help="answers of each, one per 15 s")
    options = parser.parse_args()
    print("made:", ", ".join(f"{count} {name}" for name, count in build().items()))
    code, learners = prepare(options.people)
    from django.db import connection

    from orken.attempts.models import Step
    from orken.kit.audit import invariants

    vendor = connection.vendor
    connection.close()
    with server() as (port, pid):
        before = worked(pid)
        times = asyncio.run(together(port, code, learners, options.rounds))
        spent = worked(pid) - before
    told = {op for one in learners for op in one.acknowledged}
    kept = {str(op) for op in Step.objects.filter(item__attempt__exercise__code=code).values_list("client_op_id", flat=True)}  # fmt: skip
    broken = sum(len(rows) for rule, rows in invariants.run() if rule.startswith("attempts."))
    started = sum(bool(one.attempt) for one in learners)
    start95, save95, worst = percentile(times.start, 0.95), percentile(times.save, 0.95), percentile(times.save, 1.0)
    table(
        ("database", "began", "start p95, s", "answers", "lost", "broken rules", "save median, s", "save p95, s", "worst, s", "CPU ms a request"),
        [[vendor, started, f"{start95:.2f}", len(told), len(told - kept), broken, f"{percentile(times.save, 0.5):.3f}", f"{save95:.3f}", f"{worst:.2f}", round(1000 * spent / (len(times.save) + 2 * len(times.start)), 1)]],
    )  # fmt: skip
    print("answers:", ", ".join(f"{status}: {n}" for status, n in sorted(times.statuses.items())))
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    reached = started == options.people and not told - kept and not broken and len(told) == len(times.save) and save95 <= GOALS["save p95"] and start95 <= GOALS["start p95"]  # fmt: skip
    sys.exit(
        0
        if reached
        else f"The goal is nothing lost, save p95 ≤ {GOALS['save p95']} s, start p95 ≤ {GOALS['start p95']} s."
    )


if __name__ == "__main__":
    main()
