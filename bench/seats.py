"""500 people ask for the last 50 seats within five seconds, each over a connection of her own: `python -m bench.seats`.

The server is `orken start` with all its processes over the scratch database; what it answers is on the
disk. The people run on the same cores. Accounts and sessions stand ready; what is measured is the press
on «Apply»: the post with its token, from the moment at which she presses until the whole answer is there.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.country import build, percentile, table
from bench.first_visit import ROOT, free_port, wait_for
from bench.memory import family

PEOPLE, SEATS, WITHIN = 500, 50, 5.0  # seconds
TOKEN = "t" * 32
GOALS = {"p95": 2.0, "worst": 8.0}  # seconds


@dataclass(frozen=True)
class Answer:
    status: int
    seconds: float


@contextmanager
def server() -> Iterator[tuple[int, int]]:
    """`orken start` over the database of this bench; answers its port and the id of its parent process."""
    port = free_port()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "orken", "start", "--port", str(port)],
            cwd=ROOT, env={**os.environ, "ORKEN_ENV": "development"}, stdout=said, stderr=said,
        )  # fmt: skip
        try:
            wait_for(f"http://localhost:{port}")
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(timeout=30)
            said.seek(0)
            if noise := [line for line in said.read().decode().splitlines() if "Error" in line or "ERROR" in line]:
                print("server:", *Counter(noise).most_common(5), sep="\n  ")


def prepare() -> tuple[str, list[str]]:
    """A webinar that gives its seats to the first; answers its code and a session for each of PEOPLE."""
    from datetime import timedelta

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import transaction
    from django.utils import timezone

    from orken.network.models import Appointment, Unit
    from orken.people.models import Account
    from orken.training import services as training

    today = timezone.localdate()
    rows = Appointment.objects.at().filter(employment="main", person__account=None).select_related("person")
    sessions = []
    with transaction.atomic():
        run = training.open_run(
            code="BENCH-SEATS", kind="webinar", host=Unit.objects.get(code="NL"), capacity=SEATS, by=None, form="live",
            title_kk="Соңғы орындар", languages=["kk"], deciding="at_once", starts_on=today + timedelta(9),
            ends_on=today + timedelta(9), apply_until=today + timedelta(8),
        )  # fmt: skip
        for number, row in enumerate(random.Random(7).sample(list(rows), PEOPLE)):
            account = Account.objects.create(login=f"bench-{number}", person=row.person, language="kk")
            session = SessionStore()
            session[SESSION_KEY] = str(account.pk)
            session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
            session[HASH_SESSION_KEY] = account.get_session_auth_hash()
            session.create()
            sessions.append(str(session.session_key))
    return run.code, sessions


def worked(pid: int) -> float:
    """Seconds of CPU that the server's processes have used; unlike time on the clock it hardly minds neighbours."""
    ticks = 0
    for one in family(pid):
        ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


async def press(port: int, code: str, session: str, after: float) -> Answer:
    await asyncio.sleep(after)
    body = f"csrfmiddlewaretoken={TOKEN}"
    ask = (
        f"POST /kk/run/{code}/apply/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n"
        f"Cookie: sessionid={session}; csrftoken={TOKEN}\r\nReferer: http://localhost:{port}/kk/run/{code}/\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )
    start = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(ask.encode())
        said = await reader.read()
        writer.close()
        status = int(said.split(b" ", 2)[1])
    except (OSError, IndexError):
        status = 0  # no answer
    return Answer(status, time.perf_counter() - start)


async def rush(port: int, code: str, sessions: list[str]) -> list[Answer]:
    chance = random.Random(11)
    return await asyncio.gather(*(press(port, code, one, chance.random() * WITHIN) for one in sessions))


def main() -> None:
    print("made:", ", ".join(f"{count} {name}" for name, count in build().items()))
    code, sessions = prepare()
    from django.db import connection

    from orken.kit.audit import invariants
    from orken.training.models import Applicant, Enrolment

    vendor = connection.vendor
    connection.close()
    with server() as (port, pid):
        before = worked(pid)
        answers = asyncio.run(rush(port, code, sessions))
        each = (worked(pid) - before) * 1000 / PEOPLE
    states = Counter(Applicant.objects.filter(run__code=code).values_list("state", flat=True))
    broken = sum(len(rows) for rule, rows in invariants.run() if rule.startswith("training."))
    enrolled = Enrolment.objects.filter(run__code=code, state="enrolled").count()
    times = [answer.seconds for answer in answers]
    middle, p95, worst = (percentile(times, share) for share in (0.5, 0.95, 1.0))
    row: list[object] = [vendor, states["accepted"], enrolled, states["waiting"], broken, f"{middle:.2f}", f"{p95:.2f}", f"{worst:.2f}", each]  # fmt: skip
    table(
        (
            "database",
            "got seats",
            "enrolled",
            "wait",
            "broken rules",
            "median, s",
            "p95, s",
            "worst, s",
            "CPU ms each",
        ),
        [row],
    )
    print("answers:", ", ".join(f"{status}: {n}" for status, n in sorted(Counter(answer.status for answer in answers).items())))  # fmt: skip
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    reached = states["accepted"] == SEATS and p95 <= GOALS["p95"] and worst <= GOALS["worst"]
    sys.exit(
        0 if reached else f"The goal is exactly {SEATS} seats, p95 ≤ {GOALS['p95']} s, worst ≤ {GOALS['worst']} s."
    )


if __name__ == "__main__":
    main()
