"""The live streams, in a process of their own: a plain ASGI application, nothing but server-sent events.

GET  /live/?token=…       →  text/event-stream, resumed by Last-Event-ID (or `after`)
POST /live/beat/?token=…  →  somebody sits in front of the page; kept in batches
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core import signing

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

TAB = re.compile(r"[A-Za-z0-9-]{8,40}")
RETRY = (1000, 4000)  # milliseconds after which a page comes back: not all at once
OPEN_FILES = 16_384


async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Answer one request; anything but a good GET of the stream or a sign of life is refused with a word."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    if scope["type"] != "http":
        return
    headers = {key.decode().lower(): value.decode("latin-1") for key, value in scope["headers"]}
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    asked: tuple[str, str] = scope["method"], scope["path"]
    posts = asked[0] == "POST"
    if scope["path"] == "/health/":
        await _answer(send, 200, "ok", headers)
        return
    if asked != (("POST", "/live/beat/") if posts else ("GET", "/live/")):
        await _answer(send, 404, "There is nothing here.", headers)
        return
    from orken.kit.live.services import hearer_of

    try:
        hearer = hearer_of(query.get("token", [""])[0])
    except (signing.BadSignature, ValueError, TypeError):
        await _answer(send, 403, "The token is false or too old. Load the page again.", headers)
        return
    tab = query.get("tab", [""])[0]
    tab = tab if TAB.fullmatch(tab) else ""
    if posts:
        if hearer.subject and tab:
            _hub().beat(hearer.subject, tab)
        await _answer(send, 204, "", headers)
        return
    last = _number(headers.get("last-event-id") or query.get("after", [""])[0])
    await _stream(hearer, tab, last, headers, receive, send)


def _hub() -> Any:
    """The listeners of this process; made when the first of them comes, for Django has to be set up before."""
    global _one
    if _one is None:
        from orken.kit.live.hub import Hub

        _one = Hub()
    return _one


_one: Any = None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _cors(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Only pages of our own hosts may listen; they stand on another port, so they must be named."""
    origin = headers.get("origin", "")
    if (urlsplit(origin).hostname or "") not in settings.ALLOWED_HOSTS:
        return []
    return [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin")]


async def _stream(hearer: Any, tab: str, last: int | None, headers: dict[str, str], receive: Receive, send: Send) -> None:  # fmt: skip
    from orken.kit.live.hub import END, Listener, changes_of, messages, tail_of
    from orken.kit.live.selectors import MOST

    hub = _hub()
    listener = Listener(hearer.channels, hearer.subject if tab else "", tab)
    await hub.listen(listener)
    gone = asyncio.create_task(_gone(receive, listener))
    try:
        missed, shut = await _opening(hearer, last)
        if shut:
            await _answer(send, 403, "This page was shut. Load it again.", headers)
            return
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
        parts = [f"retry: {random.randint(*RETRY)}\n\n".encode()]
        told = last or 0
        if len(missed) >= MOST:  # too much to be told one by one: the page is asked for anew
            parts.append(b"event: reset\ndata: {}\n\n")
        elif missed:
            told = missed[-1].pk
            parts += [message for _channel, message, _ends in messages(changes_of(missed))]
            parts.append(tail_of(told))
        await _send(send, b"".join(parts))
        while (item := await listener.queue.get()) is not END:
            if not item[0] or item[0] > told:
                await _send(send, item[1])
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()
        hub.leave(listener)


@sync_to_async
def _opening(hearer: Any, last: int | None) -> tuple[list[Any], bool]:
    """What was missed since, and whether the page was shut meanwhile."""
    from orken.kit.live import selectors

    missed = [] if last is None else selectors.since(hearer.channels, last)
    return missed, selectors.is_shut(hearer.channels, hearer.issued_at)


async def _gone(receive: Receive, listener: Any) -> None:
    from orken.kit.live.hub import END

    while (await receive())["type"] != "http.disconnect":
        pass
    listener.queue.put_nowait(END)


async def _send(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _answer(send: Send, status: int, text: str, headers: dict[str, str]) -> None:
    kind = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [kind, *_cors(headers)]})
    await send({"type": "http.response.body", "body": text.encode()})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.shutdown" and _one is not None:
            await _one.flush()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def main(port: int, host: str = "127.0.0.1") -> None:
    """Serve the streams until stopped; whoever listens is let go at once, and comes back to the next process."""
    import resource

    import uvicorn

    class Streams(uvicorn.Server):
        def handle_exit(self, sig: int, frame: Any) -> None:
            if _one is not None:
                _one.end()
            super().handle_exit(sig, frame)

    django.setup()
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    with contextlib.suppress(ValueError, OSError):  # as many as the machine allows
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    Streams(
        uvicorn.Config(
            application, host=host, port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=2, backlog=2048,
        )
    ).run()  # fmt: skip
