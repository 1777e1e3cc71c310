"""Telling open pages what happened, and noting which pages are open.

live.publish("room:12:all", "question", row)                      # the last line of the caller's transaction
live.publish("room:12:all", "votes", {"n": 7}, key="question:5")   # only the newest of a key is told
word = live.token(["room:12:all"], subject="room:12:55")
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import redis
from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.utils import timezone

from orken.kit.live.models import LiveBeat, LiveEvent

SALT = "orken.live"
KEPT = timedelta(days=1)
GOOD_FOR = timedelta(hours=12)
BEATS_KEPT = timedelta(days=3)
WAKE = "orken:live"
SHUT = "shut"  # the kind that ends streams of a channel
LOCK = 0x6F726B656E  # one for all who publish: numbers come in the order of commits


@dataclass(frozen=True)
class Hearer:
    """What a token lets its page hear, for whom it proves presence, and when it was given."""

    channels: list[str]
    subject: str = ""
    issued_at: datetime = field(default_factory=timezone.now)


def publish(channel: str, kind: str, payload: dict[str, Any], key: str = "") -> None:
    """Write the event down with the caller's change, and wake the listeners once it is committed.

    Call it last in a transaction: on PostgreSQL the numbers of all channels are drawn in turn, so that no listener
    who has heard number 8 misses a 7 that was committed after it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if key:
        LiveEvent.objects.filter(channel=channel, key=key).delete()
    LiveEvent.objects.create(channel=channel, kind=kind, key=key, payload=payload)
    if settings.ENVIRONMENT.redis_url:
        transaction.on_commit(lambda: _wake(channel), robust=True)


def shut(channel: str) -> None:
    """End the streams of a channel: a token that was given before now opens it no more, a page must be asked for anew."""
    publish(channel, SHUT, {}, key=SHUT)


def token(channels: list[str], subject: str = "") -> str:
    """A signed word that lets a page hear these channels for twelve hours; `subject`: whose presence it proves."""
    return signing.dumps([channels, subject, int(time.time() * 1000)], salt=SALT, compress=True)


def hearer_of(word: str) -> Hearer:
    """What a token says; raises signing.BadSignature when it is false or old."""
    channels, subject, issued = signing.loads(word, salt=SALT, max_age=GOOD_FOR)
    return Hearer(list(channels), str(subject), datetime.fromtimestamp(issued / 1000, UTC))


def note_beats(rows: Iterable[tuple[str, str, str, datetime]]) -> int:
    """Write signs of life down in one batch: subject, tab, mark, moment of each."""
    made = [LiveBeat(subject=subject, tab=tab, mark=mark, at=at) for subject, tab, mark, at in rows]
    LiveBeat.objects.bulk_create(made, batch_size=500)
    return len(made)


def prune() -> int:
    """Forget what is older than a day, and signs of life that nobody made anything of."""
    gone, _by_model = LiveEvent.objects.filter(at__lt=timezone.now() - KEPT).delete()
    LiveBeat.objects.filter(at__lt=timezone.now() - BEATS_KEPT).delete()
    return gone


@lru_cache(maxsize=1)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)


def _wake(channel: str) -> None:
    _redis(settings.ENVIRONMENT.redis_url).publish(WAKE, channel)
