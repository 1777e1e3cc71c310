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
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from orken.kit.live import selectors
from orken.kit.live import services as live
from orken.kit.live.models import LiveBeat, LiveEvent

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


def tick(answer: HTTPResponse) -> tuple[int, dict[str, list[tuple[str, Any]]]]:
    """The next tick: its number, and of each channel the kinds and payloads it tells."""
    told: dict[str, list[tuple[str, Any]]] = {}
    while line := answer.readline().decode():
        if line.startswith("id: "):
            return int(line[4:]), told
        if line.startswith("data: "):
            data = json.loads(line[6:])
            if data == 1:  # a sign of life
                continue
            assert data["channel"] not in told, "a channel is told once in a tick"
            told[data["channel"]] = [(change["kind"], change["payload"]) for change in data["changes"]]
    raise AssertionError("the stream ended")


def test_an_event_is_heard_and_missed_ones_come_after_a_cut(server: str) -> None:
    answer = listen(server, ["a", "b"])
    assert answer.readline().startswith(b"retry")
    with telling("a"):
        first, told = tick(answer)  # the listener has found where it begins
    live.publish("other", "x", {})
    live.publish("a", "progress", {"done": 1, "who": "Айгүл"})
    while ("progress", {"done": 1, "who": "Айгүл"}) not in told["a"]:
        first, told = tick(answer)
        assert "other" not in told
    answer.close()
    live.publish("b", "progress", {"done": 2})
    again = listen(server, ["a", "b"], **{"Last-Event-ID": str(first)})
    number, told = tick(again)
    assert number > first and told == {"b": [("progress", {"done": 2})]}
    again.close()


def test_a_silent_stream_gives_a_sign_of_life_that_a_page_hears(server: str) -> None:
    """A browser shows its page no comment: the sign is an event, often enough for a page to know a line that hangs."""
    answer, began = listen(server, ["quiet"]), time.monotonic()
    while not answer.readline().startswith(b"event: alive"):
        assert time.monotonic() - began < 12
    assert answer.readline() == b"data: 1\n"
    answer.close()


def test_a_tick_carries_all_changes_of_a_channel_and_of_a_key_the_newest(server: str) -> None:
    start = selectors.newest_id()
    with transaction.atomic():
        for n in range(40):
            live.publish("a", "votes", {"n": n}, key="votes:5")
            live.publish("b", "line", {"n": n})
        live.publish("a", "votes", {"n": 7}, key="votes:6")
    assert LiveEvent.objects.filter(channel="a").count() == 2  # the table grows by no click
    answer = listen(server, ["a", "b"], **{"Last-Event-ID": str(start)})
    number, told = tick(answer)
    assert told["a"] == [("votes", {"n": 39}), ("votes", {"n": 7})]
    assert [payload["n"] for _kind, payload in told["b"]] == list(range(40))
    assert number == selectors.newest_id()
    answer.close()


def test_whoever_missed_too_much_asks_for_the_page_anew(server: str) -> None:
    start = live_event("a")
    LiveEvent.objects.bulk_create(LiveEvent(channel="a", kind="x") for _ in range(selectors.MOST))
    answer = listen(server, ["a"], **{"Last-Event-ID": str(start)})
    assert [answer.readline() for _ in range(4)][2] == b"event: reset\n"
    answer.close()


def live_event(channel: str) -> int:
    live.publish(channel, "x", {})
    return selectors.newest_id()


def test_a_shut_channel_ends_its_streams_and_opens_to_a_new_token_only(server: str) -> None:
    old = live.token(["a", "hers"])
    answer = urllib.request.urlopen(f"{server}?token={old}&after={live_event('a')}", timeout=PATIENCE)
    live.publish("a", "last", {})
    live.shut("hers")
    rest = answer.read().decode()  # to its end
    assert '"last"' in rest and '"shut"' in rest
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server}?token={old}", timeout=PATIENCE)
    assert refused.value.code == 403
    listen(server, ["a", "hers"]).close()


def test_signs_of_life_are_kept_in_batches_and_only_of_whom_the_token_names(server: str) -> None:
    word = live.token(["a"], subject="room:1:7")
    tab = f"&tab={uuid4()}"
    answer = urllib.request.urlopen(f"{server}?token={word}{tab}", timeout=PATIENCE)
    for token in (word, live.token(["a"])):
        for _ in range(3):  # more often than is noted
            request = urllib.request.Request(f"{server}beat/?token={token}{tab}", method="POST")
            with urllib.request.urlopen(request, timeout=PATIENCE) as said:
                assert said.status == 204
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(urllib.request.Request(f"{server}beat/?token=x", method="POST"), timeout=PATIENCE)
    answer.close()
    until = time.monotonic() + PATIENCE
    while selectors.beats("room:1:").filter(mark="c").count() < 1 and time.monotonic() < until:
        time.sleep(0.1)
        with telling("a"):  # the server finds out that nobody is there any more when it writes
            time.sleep(0.5)
    assert list(selectors.beats("room:1:").values_list("subject", "mark")) == [("room:1:7", "o"), ("room:1:7", "b"), ("room:1:7", "c")]  # fmt: skip
    assert LiveBeat.objects.count() == 3


def test_a_page_comes_back_to_another_process_and_misses_nothing(server: str) -> None:
    """What was told while no process listened is told by the next: the table remembers, no process does."""
    first = live_event("a")
    live.publish("a", "said", {"n": 1})
    again = listen(server, ["a"], **{"Last-Event-ID": str(first)})
    assert tick(again)[1] == {"a": [("said", {"n": 1})]}
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
