"""`orken start`: one command starts all, what dies comes back, all stop together."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from orken.config import start
from orken.kit.cli import InputRejected
from tests import snapshot
from tests.outside import outside


def free_pair() -> int:
    """A port whose next one is free too."""
    for _ in range(50):
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                other.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise AssertionError("no two free ports beside each other")


def started(data: Path, port: int) -> subprocess.Popen[str]:
    environment = outside()
    environment |= {"ORKEN_DATA": str(data), "ORKEN_ENV": "development"}
    return subprocess.Popen(
        [sys.executable, "-m", "orken", "start", "--port", str(port)],
        env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


PATIENCE = 180.0  # seconds: a bound for what hangs, not for a busy machine; a first start makes the whole demo


def answer(address: str) -> str:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as page:
                found: str = page.read().decode()
                return found
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def children(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in listed]


def test_one_command_starts_all_and_stops_all(tmp_path: Path) -> None:
    port = free_pair()
    process = started(tmp_path, port)
    try:
        health = json.loads(answer(f"http://127.0.0.1:{port}/health/"))
        assert health["status"] == "ok", health
        assert answer(f"http://127.0.0.1:{port + 1}/health/") == "ok"
        assert "Өркен" in answer(f"http://127.0.0.1:{port}/kk/")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/kk/", timeout=30) as page:
            assert f"connect-src 'self' http://localhost:{port + 1}" in page.headers["Content-Security-Policy"]
        family = children(process.pid)
        assert len(family) == 4
        for pid in family:  # each of them dies once
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and len(set(children(process.pid)) - set(family)) < 4:
            time.sleep(0.1)
        assert len(set(children(process.pid)) - set(family)) == 4
        assert json.loads(answer(f"http://127.0.0.1:{port}/health/"))["status"] == "ok"
        refused = started(tmp_path, port)
        _out, err = refused.communicate(timeout=PATIENCE)
        assert refused.returncode == 1
        assert f"Port {port} is taken" in err
        family = children(process.pid)
    finally:
        process.terminate()
        out, _err = process.communicate(timeout=PATIENCE)
    assert f"http://localhost:{port}/" in out
    assert "/demo/" in out
    assert process.returncode == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in family)


def test_when_the_parent_is_killed_its_children_free_the_port(tmp_path: Path) -> None:
    port = free_pair()
    process = started(snapshot.site(tmp_path), port)
    answer(f"http://127.0.0.1:{port}/health/")
    family = children(process.pid)
    process.kill()
    process.communicate(timeout=PATIENCE)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and any(_runs(pid) for pid in family):
        time.sleep(0.2)
    assert not [pid for pid in family if _runs(pid)]


def _runs(pid: int) -> bool:
    """Whether it lives: one that ended and waits for init to bury it does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_without_its_style_sheet_nothing_starts_and_a_sentence_says_so() -> None:
    with override_settings(STATICFILES_DIRS=[]), pytest.raises(InputRejected, match="make start"):
        start.prepare()


def test_what_is_done_apart_ends_the_start_when_it_ends_badly(capfd: pytest.CaptureFixture[str]) -> None:
    def refused() -> None:
        raise InputRejected("There is no room for the database.")

    start.apart(lambda: None)
    with pytest.raises(SystemExit) as ended:
        start.apart(refused)
    assert ended.value.code == 1
    assert capfd.readouterr().err == "orken: There is no room for the database.\n"


def test_a_child_whose_port_somebody_took_meanwhile_says_so_in_a_sentence_and_ends() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port: int = other.getsockname()[1]
        for serve in (start.pages, start.streams):
            with pytest.raises(InputRejected, match=f"Port {port} is taken"):
                serve(port)
        child = start.Child("live", lambda: start.streams(port))
        start.Family([child])._start(child)
        _, ended = os.waitpid(child.pid, 0)
    assert os.waitstatus_to_exitcode(ended) == 1


def test_production_does_not_start_with_what_is_only_good_for_a_demo(tmp_path: Path) -> None:
    environment = outside()
    environment |= {"ORKEN_DATA": str(tmp_path), "ORKEN_ENV": "production"}
    done = subprocess.run(
        [sys.executable, "-m", "orken", "start"],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("orken: ORKEN_SECRET_KEY must be set in production")
    assert "Traceback" not in done.stderr


def test_the_very_first_start_speaks_kazakh(tmp_path: Path) -> None:
    """A checkout has no compiled catalogues; the first page must be in Kazakh all the same."""
    copy = tmp_path / "copy"
    shutil.copytree(settings.BASE_DIR / "orken", copy / "orken", ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    code = "from orken.config.cli import call; call(['translations', 'check']); from django.utils import translation; translation.activate('kk'); print(translation.gettext('My desk'))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=copy, capture_output=True, text=True, check=False,
        env={**outside(), "ORKEN_DATA": str(tmp_path / "data"), "PYTHONPATH": str(copy)},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1:] == ["Жұмыс үстелім"], done.stderr[-2000:]
