"""Telling open pages what happened."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any

import redis
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from orken.kit.live.models import LiveEvent

SALT = "orken.live"
KEPT = timedelta(days=1)
WAKE = "orken:live"


def publish(channel: str, kind: str, payload: dict[str, Any]) -> None:
    """Write the event down with the caller's change, and wake the listeners once it is committed."""
    LiveEvent.objects.create(channel=channel, kind=kind, payload=payload)
    if settings.ENVIRONMENT.redis_url:
        transaction.on_commit(lambda: _wake(channel), robust=True)


def token(channels: list[str]) -> str:
    """A signed word that lets a page hear these channels for twelve hours."""
    return signing.dumps(channels, salt=SALT, compress=True)


def channels_of(word: str) -> list[str]:
    """The channels of a token; raises signing.BadSignature when it is false or old."""
    found: list[str] = signing.loads(word, salt=SALT, max_age=timedelta(hours=12))
    return found


def prune() -> int:
    """Forget what is older than a day."""
    gone, _by_model = LiveEvent.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return gone


@lru_cache(maxsize=1)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)


def _wake(channel: str) -> None:
    _redis(settings.ENVIRONMENT.redis_url).publish(WAKE, channel)
