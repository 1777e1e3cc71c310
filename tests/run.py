"""`make test`: the whole suite, once as on one machine and once as beyond it.

First run: everything, on SQLite, with tables for live events and cache, and the browser journeys.
Second run: everything that asks for the database, on PostgreSQL and Redis, when both answer at their
standard ports. A test that asks for none is refused every database, so it is the same in both and runs
once. What the machine lacks is said in a plain word with the way to get it; nothing is skipped in silence.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import chromium

POSTGRESQL = os.environ.get("TEST_POSTGRESQL_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped|deselected)")
FAILED = re.compile(r"(?:FAILED|ERROR) (tests/\S+::.*)")


@dataclass
class Outcome:
    """How one run of pytest ended."""

    title: str
    code: int = 0
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=2):
            return True
    except OSError:
        return False


def pytest(title: str, arguments: list[str], environment: dict[str, str]) -> Outcome:
    """Run pytest once; reads its closing line and the names of what failed."""
    print(f"\n== {title}", flush=True)
    variables = {**os.environ, "ORKEN_ENV": "test", **environment}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # a hundred children read what the first one compiled
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments]
    begin = time.monotonic()
    process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    ended, closing = Outcome(title), ""
    for line in process.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        if COUNTS.search(line) and " in " in line:
            closing = line
        if failure := FAILED.match(line):
            ended.failures.append(failure[1].strip())
    ended.code, ended.seconds = process.wait(), time.monotonic() - begin
    ended.counts = {word.rstrip("s"): int(number) for number, word in COUNTS.findall(closing)}
    return ended


@contextmanager
def own_data() -> Iterator[dict[str, str]]:
    """A folder of its own for a run, unless one is named by hand; gone when all is over."""
    if "ORKEN_DATA" in os.environ:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="orken-test-", ignore_cleanup_errors=True) as folder:
        (Path(folder) / "static").mkdir()  # where WhiteNoise looks, empty: tests read the sources
        yield {"ORKEN_DATA": folder}


@contextmanager
def prepared(environment: dict[str, str]) -> Iterator[None]:
    """The template of PostgreSQL is made while the first run goes on: its migrations and its demo keep one core busy for
    two minutes, in which the other worker of the second run would only wait (decision 0121)."""
    variables = {**os.environ, "ORKEN_ENV": "test", **environment}
    command = [sys.executable, "-m", "tests.prepare"]
    # What goes wrong here goes wrong again in the second run, and is told there.
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=variables, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)
    try:
        yield
    finally:
        process.communicate()


def main() -> int:
    """Run what this machine can run and end with one closing line for all."""
    with own_data() as first, own_data() as second:
        return run_all(first, second)


def run_all(first: dict[str, str], second: dict[str, str]) -> int:
    missing: list[str] = []
    path = chromium.found()
    if not path:
        missing.append("browser journeys: no Chromium here (Debian: apt-get install chromium)")
    elif not shutil.which("turnserver"):
        missing.append("the relay of live rooms: no coturn here (Debian: apt-get install coturn)")
    if path and not path.endswith(chromium.SHELL):
        print(f"Journeys walk in {path}; {chromium.SHELL} costs half of it (Debian: apt-get install {chromium.SHELL}).")
    sqlite = [] if path else ["-m", "not journey"]
    runs: list[Outcome] = []
    if not answers("127.0.0.1", 5432):
        missing.append("PostgreSQL: nothing answers on 127.0.0.1:5432 (Debian: apt-get install postgresql)")
        runs.append(pytest("SQLite", sqlite, first))
    elif not answers("127.0.0.1", 6379):
        missing.append("Redis: nothing answers on 127.0.0.1:6379 (Debian: apt-get install redis-server)")
        runs.append(pytest("SQLite", sqlite, first))
    else:
        beyond = {**second, "ORKEN_DATABASE_URL": POSTGRESQL, "ORKEN_REDIS_URL": REDIS}
        with prepared(beyond):
            runs.append(pytest("SQLite", sqlite, first))
            runs.append(pytest("PostgreSQL and Redis", ["--of-database"], beyond))
    print()
    for run in runs:
        for failure in run.failures:
            print(f"Failed with {run.title}: {failure}")
    for run in runs:
        once = run.counts.get("deselected", 0)
        print(
            f"{run.title}: {run.counts.get('passed', 0)} in {run.seconds:.0f} s"
            + (f"; {once} that ask for no database had run with SQLite" if once and run is not runs[0] else "")
        )
    for sentence in missing:
        print(f"Not run: {sentence}.")
    passed = sum(run.counts.get("passed", 0) for run in runs)
    failed = sum(run.counts.get("failed", 0) + run.counts.get("error", 0) for run in runs)
    code = max(abs(run.code) for run in runs)
    if code and not failed:
        failed = 1  # the run broke before it could count
    print(f"\n{passed} passed, {failed} failed")
    return code


if __name__ == "__main__":
    sys.exit(main())
