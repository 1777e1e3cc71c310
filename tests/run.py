"""`make test`: the whole suite, once as on one machine and once as beyond it.

First run: SQLite, tables for live events and cache, browser journeys. Second run: PostgreSQL and
Redis, when both answer at their standard ports. What the machine lacks is said in a plain word
with the way to get it; nothing is skipped in silence.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys

POSTGRESQL = os.environ.get("TEST_POSTGRESQL_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped|deselected)")


def answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=2):
            return True
    except OSError:
        return False


def pytest(title: str, arguments: list[str], environment: dict[str, str]) -> tuple[int, dict[str, int]]:
    """Run pytest once; returns its exit code and the counts of its closing line."""
    print(f"\n== {title}", flush=True)
    variables = {**os.environ, "ORKEN_ENV": "test", **environment}
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments]
    process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    closing = ""
    for line in process.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        if COUNTS.search(line) and " in " in line:
            closing = line
    code = process.wait()
    counts = {word.rstrip("s"): int(number) for number, word in COUNTS.findall(closing)}
    return code, counts


def main() -> int:
    """Run what this machine can run and end with one closing line for all."""
    missing: list[str] = []
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        missing.append("browser journeys: no Chromium here (Debian: apt-get install chromium)")
    runs = [pytest("SQLite", [] if chromium else ["-m", "not journey"], {})]
    if not answers("127.0.0.1", 5432):
        missing.append("PostgreSQL: nothing answers on 127.0.0.1:5432 (Debian: apt-get install postgresql)")
    elif not answers("127.0.0.1", 6379):
        missing.append("Redis: nothing answers on 127.0.0.1:6379 (Debian: apt-get install redis-server)")
    else:
        runs.append(
            pytest(
                "PostgreSQL and Redis",
                ["-m", "not journey"],
                {"ORKEN_DATABASE_URL": POSTGRESQL, "ORKEN_REDIS_URL": REDIS},
            )
        )
    for sentence in missing:
        print(f"Not run: {sentence}.")
    passed = sum(counts.get("passed", 0) for _, counts in runs)
    failed = sum(counts.get("failed", 0) + counts.get("error", 0) for _, counts in runs)
    code = max(code for code, _ in runs)
    if code and not failed:
        failed = 1  # the run broke before it could count
    print(f"\n{passed} passed, {failed} failed")
    return code


if __name__ == "__main__":
    sys.exit(main())
