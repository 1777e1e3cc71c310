"""The listeners of one process, and the one task that looks for news and hands them out in ticks.

A tick carries everything that happened on a channel since the last one, as one message, written once for all who
hear the channel. Numbers are those of the event table: several processes tell the same, and a page that lost its line
goes on where it was, at whichever process it comes back.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from asgiref.sync import sync_to_async
from django.conf import settings
from django.utils import timezone

from orken.kit.live.models import LiveBeat, LiveEvent

logger = logging.getLogger(__name__)
TICK = 0.25  # seconds between two ticks at the least
LOOK = 1.0  # seconds between two looks at the table when Redis wakes us
BEAT = 8  # seconds between two signs of life to a silent listener; a page that hears none for 18 says so (stream.js)
FLUSH = 2.0  # seconds between two batches of signs of life from pages
CALM = 5.0  # a page that gives signs of life more often is not noted
BACKLOG = 200  # messages that wait for a slow listener; then she begins anew from where she was
END = (0, b"")
ALIVE = (0, b"event: alive\ndata: 1\n\n")  # an event, for a browser shows its page no comment
Item = tuple[int, bytes]
Change = tuple[str, str, str, object]  # channel, kind, key, payload


@dataclass(eq=False)
class Listener:
    """An open stream."""

    channels: list[str]
    subject: str = ""
    tab: str = ""
    queue: asyncio.Queue[Item] = field(default_factory=asyncio.Queue)

    def put(self, item: Item) -> None:
        """Hand over; a listener that takes nothing is let go, and comes back with the number of what it heard last."""
        if self.queue.qsize() > BACKLOG:
            while not self.queue.empty():
                self.queue.get_nowait()
            item = END
        self.queue.put_nowait(item)


@dataclass
class Hub:
    """What one process knows."""

    listeners: dict[str, set[Listener]] = field(default_factory=dict)
    count: int = 0
    last: int = 0
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    noted: list[tuple[str, str, str, datetime]] = field(default_factory=list)
    beaten: dict[str, float] = field(default_factory=dict)

    async def listen(self, listener: Listener) -> None:
        """From here on the listener misses nothing."""
        for channel in listener.channels:
            self.listeners.setdefault(channel, set()).add(listener)
        self.count += 1
        self._run("look", self._look)
        self._run("alive", self._keep_alive)
        self._run("flush", self._flush)
        if settings.ENVIRONMENT.redis_url:
            self._run("wake", self._wake)
        await self.ready.wait()
        if listener.subject:
            self._note(listener.subject, listener.tab, LiveBeat.Mark.OPENED)

    def leave(self, listener: Listener) -> None:
        self.count -= 1
        for channel in listener.channels:
            there = self.listeners.get(channel, set())
            there.discard(listener)
            if not there:
                self.listeners.pop(channel, None)
        if listener.subject:
            self._note(listener.subject, listener.tab, LiveBeat.Mark.CLOSED)

    def end(self) -> None:
        """Let everybody go: this process ends."""
        for listener in {one for there in self.listeners.values() for one in there}:
            listener.put(END)

    def beat(self, subject: str, tab: str) -> None:
        """Somebody sits in front of this page."""
        now = time.monotonic()
        if now - self.beaten.get(tab, -CALM) >= CALM:
            self.beaten[tab] = now
            self._note(subject, tab, LiveBeat.Mark.BEAT)

    def _note(self, subject: str, tab: str, mark: str) -> None:
        self.noted.append((subject, tab, mark, timezone.now()))
        self._run("flush", self._flush)

    def _run(self, name: str, work: object) -> None:
        task = self.tasks.get(name)
        if task is None or task.done():
            self.tasks[name] = asyncio.create_task(work())  # type: ignore[operator]  # a bound coroutine function

    # --- ticks ---

    async def _look(self) -> None:
        while not self.ready.is_set():
            try:
                self.last = max(self.last, await _newest())
                self.ready.set()
            except Exception:  # without the table nobody hears; asked again until it answers
                logger.exception("the event table could not be read")
                await asyncio.sleep(LOOK)
        try:
            while self.count:
                began = time.monotonic()
                try:
                    while events := await _all_since(self.last):
                        self.last = events[-1].pk
                        self.tell(self.last, [(one.channel, one.kind, one.key, one.payload) for one in events])
                except Exception:  # a database that is away for a moment ends no stream
                    logger.exception("the event table could not be read")
                    await asyncio.sleep(LOOK)
                await asyncio.sleep(max(0.02, TICK - (time.monotonic() - began)))
                if settings.ENVIRONMENT.redis_url:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self.woken.wait(), LOOK - TICK)
                    self.woken.clear()
        finally:
            self.ready.clear()

    def tell(self, number: int, changes: Sequence[Change]) -> None:
        """One tick: each channel's changes as one message; then the number, so that a cut between two channels loses nothing."""
        tail = tail_of(number)
        parts: dict[Listener, list[bytes]] = defaultdict(list)
        shut: set[Listener] = set()
        for channel, message, ends in messages(changes):
            for listener in self.listeners.get(channel, ()):
                parts[listener].append(message)
                if ends:
                    shut.add(listener)
        for listener, own in parts.items():
            listener.put((number, b"".join((*own, tail))))
        for listener in shut:
            listener.put(END)

    async def _keep_alive(self) -> None:
        """A sign of life to every listener each eight seconds, an eighth of them each second."""
        turn = 0
        while self.count:
            turn = (turn + 1) % BEAT
            for listener in {one for there in self.listeners.values() for one in there if id(one) // 64 % BEAT == turn}:
                if listener.queue.empty():
                    listener.put(ALIVE)
            await asyncio.sleep(1)

    async def _wake(self) -> None:
        from redis import asyncio as redis

        from orken.kit.live.services import WAKE

        while self.count:
            try:
                client = redis.Redis.from_url(settings.ENVIRONMENT.redis_url)
                async with client.pubsub() as subscription:
                    await subscription.subscribe(WAKE)
                    async for _message in subscription.listen():
                        self.woken.set()
            except (OSError, redis.RedisError):  # without Redis the table is looked at all the same
                await asyncio.sleep(LOOK)

    # --- signs of life ---

    async def _flush(self) -> None:
        while self.noted or self.count:
            await asyncio.sleep(FLUSH)
            await self.flush()

    async def flush(self) -> None:
        """Write down what was noted; a database that is busy gets it with the next batch."""
        rows, self.noted = self.noted, []
        if len(self.beaten) > 10_000:
            self.beaten.clear()
        if rows:
            try:
                await _note(rows)
            except Exception:  # what could not be kept waits for the next batch
                logger.exception("signs of life wait for the next batch")
                self.noted = rows + self.noted


def messages(changes: Iterable[Change]) -> Iterable[tuple[str, bytes, bool]]:
    """Each channel with its message, and whether it ends the streams; of a key only the newest word."""
    from orken.kit.live.services import SHUT

    kept: dict[str, dict[object, tuple[str, object]]] = defaultdict(dict)
    for place, (channel, kind, key, payload) in enumerate(changes):
        of = kept[channel]
        if key:
            of.pop(key, None)  # the newest stands where it was said
        of[key or place] = (kind, payload)
    for channel, of in kept.items():
        told = [{"kind": kind, "payload": payload} for kind, payload in of.values()]
        data = json.dumps({"channel": channel, "changes": told}, ensure_ascii=False, separators=(",", ":"))
        yield channel, f"event: tick\ndata: {data}\n\n".encode(), any(kind == SHUT for kind, _ in of.values())


def tail_of(number: int) -> bytes:
    """The number alone: a browser remembers it and tells nobody."""
    return f"id: {number}\n\n".encode()


def changes_of(events: Iterable[LiveEvent]) -> list[Change]:
    return [(one.channel, one.kind, one.key, one.payload) for one in events]


@sync_to_async
def _newest() -> int:
    from orken.kit.live import selectors

    return selectors.newest_id()


@sync_to_async
def _all_since(last: int) -> list[LiveEvent]:
    from orken.kit.live import selectors

    return selectors.all_since(last)


@sync_to_async
def _note(rows: list[tuple[str, str, str, datetime]]) -> None:
    from orken.kit.live import services

    services.note_beats(rows)
