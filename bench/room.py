"""2,000 people in one room's text layer on a machine of two cores: `python -m bench.room`.

The streams are one process of `orken.config.live` over a scratch database; the listeners are real connections of the
same machine, so server and listeners share the cores. Three things are measured: the storm in which everybody joins
within thirty seconds, single messages (from the commit of whoever says something until the last listener has read it),
and a storm of votes, told as ticks. Heartbeats of all of them run beside.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.country import percentile, table
from bench.first_visit import ROOT, free_port, wait_for
from bench.memory import pss
from bench.seats import worked

PEOPLE, JOIN, BEAT = 2000, 30.0, 30.0  # seconds
MESSAGES, PAUSE = 30, 1.3
VOTES, VOTING = 2000, 10.0
ROOM = "room:1:all"
GOALS = {"message p95": 0.5, "memory": 1024.0}


@contextmanager
def streams() -> Iterator[tuple[int, int]]:
    """One process of streams over the database of this bench; answers its port and its id."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", f"from orken.config.live import main; main({port})"],
        cwd=ROOT, env={**os.environ, "DJANGO_SETTINGS_MODULE": "orken.config.settings"},
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


class Ear(asyncio.Protocol):
    """A listener: notes when each numbered message arrived."""

    def __init__(self, crowd: Crowd, ask: bytes) -> None:
        self.crowd, self.ask, self.seen, self.began = crowd, ask, b"", time.time()
        self.greeted = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport), "a connection"
        self.transport = transport
        transport.write(self.ask)

    def data_received(self, data: bytes) -> None:
        now = time.time()
        if not self.greeted:
            self.greeted = True
            if b" 200 " in data[:20]:
                self.crowd.joined.append(now - self.began)
            else:
                self.crowd.refused += 1
        at = data.find(b'"sent":')
        while at >= 0:
            sent = float(data[at + 7 : data.index(b"}", at)])
            self.crowd.heard.append(now - sent)
            at = data.find(b'"sent":', at + 7)

    def connection_lost(self, problem: Exception | None) -> None:
        self.crowd.lost += 1


class Crowd:
    """Everybody who listens, and what they heard."""

    def __init__(self, port: int, tokens: list[str], after: int) -> None:
        self.port, self.tokens, self.after = port, tokens, after
        self.heard: list[float] = []
        self.joined: list[float] = []
        self.refused = self.lost = self.beats = 0
        self.late: list[float] = []
        self.ears: list[Ear] = []

    async def join(self, n: int, after: float) -> None:
        await asyncio.sleep(after)
        ask = (
            f"GET /live/?token={self.tokens[n]}&tab=bench-{n:06}&after={self.after} HTTP/1.1\r\nHost: localhost\r\n\r\n"
        )
        try:
            _transport, ear = await asyncio.get_running_loop().create_connection(
                lambda: Ear(self, ask.encode()), "127.0.0.1", self.port
            )
            self.ears.append(ear)
        except OSError:
            self.refused += 1

    async def beat(self, n: int) -> None:
        """A sign of life each half a minute, as a page gives it."""
        await asyncio.sleep(random.random() * BEAT)
        while True:
            ask = f"POST /live/beat/?token={self.tokens[n]}&tab=bench-{n:06} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            began = time.time()
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(ask.encode())
                said = await reader.read()
                writer.close()
                self.beats += said.startswith(b"HTTP/1.1 204")
                self.late.append(time.time() - began)
            except OSError:
                self.refused += 1
            await asyncio.sleep(BEAT * random.uniform(0.85, 1.15))


def speak(stop: threading.Event, votes: bool) -> None:
    """Somebody says something now and then; with `votes` everybody votes within ten seconds."""
    from django.db import connection

    from orken.kit.live import services as live

    if votes:
        for n in range(VOTES):
            live.publish(ROOM, "votes", {"poll": 5, "n": n, "sent": time.time()}, key="votes:5")
            time.sleep(max(0.0, VOTING / VOTES - 0.001))
    else:
        text = "Ауыл кітапханасында жалғыз қызметкерді кім ауыстырады? " * 2
        for n in range(MESSAGES):
            live.publish(ROOM, "question", {"id": n, "text": text, "author": "Айгүл С.", "sent": time.time()})
            time.sleep(PAUSE * random.uniform(0.5, 1.5))
    connection.close()
    stop.set()


async def measure(port: int, pid: int, tokens: list[str]) -> list[list[object]]:
    crowd = Crowd(port, tokens, 0)
    rows: list[list[object]] = []
    began = worked(pid)
    await asyncio.gather(*(crowd.join(n, random.random() * JOIN) for n in range(PEOPLE)))
    await asyncio.sleep(2)
    rows.append(["join within 30 s", f"{len(crowd.joined)}", ms(percentile(crowd.joined, 0.5)), ms(percentile(crowd.joined, 0.95)), ms(max(crowd.joined)), f"{crowd.refused} refused", f"{worked(pid) - began:.1f} s"])  # fmt: skip
    beats = [asyncio.create_task(crowd.beat(n)) for n in range(PEOPLE)]
    await asyncio.sleep(BEAT)
    for name, votes in (("a message", False), ("a tick of votes", True)):
        crowd.heard.clear()
        began, start, stop = worked(pid), time.time(), threading.Event()
        threading.Thread(target=speak, args=(stop, votes)).start()
        while not stop.is_set():
            await asyncio.sleep(0.1)
        await asyncio.sleep(2)
        share = (worked(pid) - began) / (time.time() - start)
        rows.append([name, f"{len(crowd.heard)}", ms(percentile(crowd.heard, 0.5)), ms(percentile(crowd.heard, 0.95)), ms(max(crowd.heard)), f"{len(crowd.heard) / PEOPLE:.1f} each", f"{share:.0%} of a core"])  # fmt: skip
        if not votes:
            assert len(crowd.heard) == PEOPLE * MESSAGES, "a message was lost"
            assert percentile(crowd.heard, 0.95) < GOALS["message p95"], "slower than the goal"
    rows.append(["heartbeats", f"{crowd.beats}", ms(percentile(crowd.late, 0.5)), ms(percentile(crowd.late, 0.95)), ms(max(crowd.late)), f"{crowd.lost} streams cut", ""])  # fmt: skip
    memory = pss(pid)
    rows.append(["memory of the process", f"{memory:.0f} MB", "", "", "", f"{(memory - 60) * 1000 / PEOPLE:.0f} kB each", ""])  # fmt: skip
    assert crowd.refused == 0 and memory < GOALS["memory"]
    for task in beats:
        task.cancel()
    return rows


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from orken.kit.live import services as live

    call_command("migrate", verbosity=0)
    tokens = [live.token([ROOM, "room:1:cap:kk", f"room:1:p:{n}"], subject=f"room:1:{n}") for n in range(PEOPLE)]
    vendor = connection.vendor
    connection.close()
    with streams() as (port, pid):
        rows = asyncio.run(measure(port, pid, tokens))
    print(f"{PEOPLE} listeners, {vendor}, load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    table(("what", "many", "median", "p95", "worst", "", "CPU"), rows)


if __name__ == "__main__":
    main()
