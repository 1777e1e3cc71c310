"""Live streams through a real server: heard at once, resumed after a cut, only by those with a token."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPResponse

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from orken.kit.live import selectors
from orken.kit.live import services as live
from orken.kit.live.models import LiveEvent

PATIENCE = 120.0  # seconds: a bound for what hangs, not for a busy machine


@pytest.fixture
def server(transactional_db: None) -> Iterator[str]:
    """The streams in a process of their own over the database of the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    name = connection.settings_dict["NAME"]
    address = (
        f"sqlite:///{name}"
        if connection.vendor == "sqlite"
        else re.sub(r"/[^/]*$", f"/{name}", settings.ENVIRONMENT.database_url)
    )
    environment = {
        **os.environ,
        "ORKEN_DATABASE_URL": address,
        "ORKEN_SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "orken.config.settings",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", f"from orken.config.live import main; main({port})"],
        env=environment,
        cwd=settings.BASE_DIR,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/health/", process)
        yield f"http://127.0.0.1:{port}/live/"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer; the process says {process.poll()}")


def listen(address: str, channels: list[str], **headers: str) -> HTTPResponse:
    request = urllib.request.Request(f"{address}?token={live.token(channels)}", headers=headers)
    answer: HTTPResponse = urllib.request.urlopen(request, timeout=PATIENCE)
    return answer


@contextmanager
def telling(channel: str) -> Iterator[None]:
    """Something is told again and again meanwhile: whoever listens hears it from wherever she begins."""
    over = threading.Event()

    def tell() -> None:
        try:
            while not over.wait(0.2):
                live.publish(channel, "x", {"begun": True})
        finally:
            connection.close()

    teller = threading.Thread(target=tell)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()


def event(answer: HTTPResponse) -> tuple[int, str]:
    """The next event: its number and its data."""
    number = 0
    while line := answer.readline().decode():
        if line.startswith("id: "):
            number = int(line[4:])
        if line.startswith("data: "):
            return number, line[6:].strip()
    raise AssertionError("the stream ended")


def test_an_event_is_heard_and_missed_ones_come_after_a_cut(server: str) -> None:
    answer = listen(server, ["a", "b"])
    assert answer.readline().startswith(b"retry")
    with telling("a"):
        first, data = event(answer)  # the listener has found where it begins
    live.publish("other", "x", {})
    live.publish("a", "progress", {"done": 1, "who": "Айгүл"})
    while '"begun"' in data:
        first, data = event(answer)
    assert json.loads(data) == {"channel": "a", "payload": {"done": 1, "who": "Айгүл"}}
    answer.close()
    live.publish("b", "progress", {"done": 2})
    again = listen(server, ["a", "b"], **{"Last-Event-ID": str(first)})
    number, data = event(again)
    assert number > first and '"done": 2' in data
    again.close()


def test_a_false_token_hears_nothing(server: str) -> None:
    for address in (server, f"{server}?token=x", f"{server}?token={live.token(['a'])}x"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address, timeout=PATIENCE)
        assert refused.value.code == 403


def test_only_pages_of_our_hosts_may_listen(server: str) -> None:
    ours = listen(server, ["a"], Origin="http://localhost:8000")
    assert ours.headers["Access-Control-Allow-Origin"] == "http://localhost:8000"
    ours.close()
    theirs = listen(server, ["a"], Origin="https://evil.example")
    assert theirs.headers["Access-Control-Allow-Origin"] is None
    theirs.close()


def test_yesterday_is_forgotten(db: None) -> None:
    old = LiveEvent.objects.create(channel="a", kind="x", at=timezone.now() - timedelta(hours=25))
    live.publish("a", "x", {})
    assert live.prune() == 1
    assert selectors.newest_id(["a"]) > old.pk
    assert len(selectors.since(["a"], old.pk)) == 1
