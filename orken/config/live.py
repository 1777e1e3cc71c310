"""The live streams, in a process of their own: a plain ASGI application, nothing but server-sent events.

GET /live/?token=…  →  text/event-stream, resumed by Last-Event-ID. One look at the event table a
second serves every listener of the process; with Redis a message wakes it at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core import signing

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LOOK = 1.0  # seconds between two looks at the table
BEAT = 15.0  # seconds between two signs of life to a silent listener


@dataclass
class Hub:
    """The listeners of this process and the one task that looks for news."""

    listeners: dict[str, set[asyncio.Queue[tuple[int, str, str, str]]]] = field(default_factory=dict)
    last: int = 0
    looking: asyncio.Task[None] | None = None
    waking: asyncio.Task[None] | None = None
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def listen(self, channels: list[str], queue: asyncio.Queue[tuple[int, str, str, str]]) -> None:
        for channel in channels:
            self.listeners.setdefault(channel, set()).add(queue)
        if self.looking is None or self.looking.done():
            self.looking = asyncio.create_task(self._look())
        if settings.ENVIRONMENT.redis_url and (self.waking is None or self.waking.done()):
            self.waking = asyncio.create_task(self._wake())

    def leave(self, channels: list[str], queue: asyncio.Queue[tuple[int, str, str, str]]) -> None:
        for channel in channels:
            queues = self.listeners.get(channel, set())
            queues.discard(queue)
            if not queues:
                self.listeners.pop(channel, None)

    async def _look(self) -> None:
        self.last = max(self.last, await _newest(list(self.listeners)))
        while self.listeners:
            for event in await _since(list(self.listeners), self.last):
                self.last = max(self.last, event[0])
                for queue in self.listeners.get(event[1], ()):
                    queue.put_nowait(event)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.woken.wait(), LOOK)
            self.woken.clear()

    async def _wake(self) -> None:
        from redis import asyncio as redis

        from orken.kit.live.services import WAKE

        client = redis.Redis.from_url(settings.ENVIRONMENT.redis_url)
        async with client.pubsub() as subscription:
            await subscription.subscribe(WAKE)
            async for _message in subscription.listen():
                self.woken.set()


@sync_to_async
def _newest(channels: list[str]) -> int:
    from orken.kit.live import selectors

    return selectors.newest_id(channels)


@sync_to_async
def _since(channels: list[str], last: int) -> list[tuple[int, str, str, str]]:
    from orken.kit.live import selectors

    return [
        (event.pk, event.channel, event.kind, json.dumps(event.payload, ensure_ascii=False))
        for event in selectors.since(channels, last)
    ]


hub = Hub()


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Answer one request; anything but a good GET of the stream is refused with a word."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    if scope["type"] != "http":
        return
    headers = {key.decode().lower(): value.decode("latin-1") for key, value in scope["headers"]}
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    if scope["path"] == "/health/":
        await _answer(send, 200, "ok", headers)
        return
    if scope["path"] != "/live/" or scope["method"] != "GET":
        await _answer(send, 404, "There is nothing here.", headers)
        return
    from orken.kit.live.services import channels_of

    try:
        channels = channels_of(query.get("token", [""])[0])
    except signing.BadSignature:
        await _answer(send, 403, "The token is false or too old. Load the page again.", headers)
        return
    await _stream(
        channels, _number(headers.get("last-event-id") or query.get("after", [""])[0]), headers, receive, send
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _cors(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Only pages of our own hosts may listen; they stand on another port, so they must be named."""
    origin = headers.get("origin", "")
    if (urlsplit(origin).hostname or "") not in settings.ALLOWED_HOSTS:
        return []
    return [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin")]


async def _stream(channels: list[str], last: int | None, headers: dict[str, str], receive: Receive, send: Send) -> None:
    queue: asyncio.Queue[tuple[int, str, str, str]] = asyncio.Queue()
    hub.listen(channels, queue)
    gone = asyncio.create_task(_gone(receive))
    try:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [
                    (b"content-type", b"text/event-stream; charset=utf-8"),
                    (b"cache-control", b"no-store"),
                    (b"x-accel-buffering", b"no"),
                    *_cors(headers),
                ],
            }
        )
        await _send(send, "retry: 3000\n\n")
        told = last or 0
        if last is not None:
            for event in await _since(channels, last):
                await _send(send, _lines(event))
                told = event[0]
        while not gone.done():
            waiting = asyncio.create_task(queue.get())
            await asyncio.wait({waiting, gone}, timeout=BEAT, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                waiting.cancel()
                return
            if not waiting.done():
                waiting.cancel()
                await _send(send, ": still here\n\n")
                continue
            event = waiting.result()
            if event[0] > told:
                told = event[0]
                await _send(send, _lines(event))
    finally:
        gone.cancel()
        hub.leave(channels, queue)


def _lines(event: tuple[int, str, str, str]) -> str:
    number, channel, kind, payload = event
    return f'id: {number}\nevent: {kind}\ndata: {{"channel":{json.dumps(channel)},"payload":{payload}}}\n\n'


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _answer(send: Send, status: int, text: str, headers: dict[str, str]) -> None:
    kind = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [kind, *_cors(headers)]})
    await send({"type": "http.response.body", "body": text.encode()})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def main(port: int, host: str = "127.0.0.1") -> None:
    """Serve the streams until stopped."""
    import uvicorn

    django.setup()
    uvicorn.run(application, host=host, port=port, log_level="warning", timeout_graceful_shutdown=2)
