"""kill -9 in the middle of a batch: whoever takes it up again finishes it; no twin, no gap."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests import snapshot
from tests.credentials.killed import PEOPLE
from tests.outside import outside


def started(data: Path, word: str) -> subprocess.Popen[str]:
    environment = outside()
    environment |= {"ORKEN_DATA": str(data), "ORKEN_ENV": "test", "DJANGO_SETTINGS_MODULE": "orken.config.settings"}
    command = [sys.executable, "-m", "tests.credentials.killed", word]
    return subprocess.Popen(
        command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def done(data: Path, word: str) -> str:
    process = started(data, word)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err[-2000:]
    return out


def killed_after(data: Path, line: str) -> None:
    process = started(data, "slowly")
    assert process.stdout is not None
    for said in process.stdout:
        if said.strip() == line:
            process.send_signal(signal.SIGKILL)
            break
    else:
        raise AssertionError(f"it never said «{line}»")
    process.communicate(timeout=60)


@pytest.mark.parametrize(
    "moments", [("prepared 5", "prepared 15", "drawn 10"), ("prepared 20", "drawn 5", "issued 10")]
)
def test_killed_in_the_middle_and_taken_up_again(tmp_path: Path, moments: tuple[str, ...]) -> None:
    snapshot.site(tmp_path, bare=True)
    done(tmp_path, "set-up")
    for moment in moments:
        killed_after(tmp_path, moment)
    assert "over" in done(tmp_path, "work")
    found = json.loads(done(tmp_path, "tell"))
    assert found["sequences"] == list(range(1, PEOPLE + 1)) and found["numbers"] == PEOPLE == found["people"]
    assert (found["states"], found["badges"], found["hours"], found["broken"]) == (["issued"], PEOPLE, PEOPLE, [])
