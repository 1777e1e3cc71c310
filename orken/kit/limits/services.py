"""So many times in so long: sign-ins, codes, searches of a public page.

    if not limits.allow(f"sign-in:{login}", times=5, per=timedelta(minutes=15)): …

Counted in fixed windows, in the database or, when it is set, in Redis: several processes agree.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone

from orken.kit.limits.models import Tally

SPACE = "orken:limit"  # where the counters stand in Redis


def allow(key: str, *, times: int, per: timedelta, now: datetime | None = None) -> bool:
    """Count one more; False when it is more than `times` in this window of `per`.

    The key is kept only as a hash, so it may hold a name or an address.
    """
    moment = now or timezone.now()
    seconds = int(per.total_seconds())
    window = int(moment.timestamp()) // seconds
    hashed = hashlib.blake2b(key.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=20).hexdigest()
    if settings.ENVIRONMENT.redis_url:
        return _in_redis(f"{SPACE}:{hashed}:{window}", seconds) <= times
    return _in_database(hashed, window, datetime.fromtimestamp((window + 1) * seconds, UTC)) <= times


def prune() -> int:
    """Forget windows that are over."""
    gone, _by_model = Tally.objects.filter(ends_at__lt=timezone.now()).delete()
    return gone


_COUNT = """
INSERT INTO kit_limits_tally ("key", "window", "count", ends_at) VALUES (%s, %s, 1, %s)
ON CONFLICT ("key", "window") DO UPDATE SET "count" = kit_limits_tally."count" + 1 RETURNING "count"
"""


def _in_database(hashed: str, window: int, ends_at: datetime) -> int:
    """One statement, so that of two processes each sees its own count."""
    ends = connection.ops.adapt_datetimefield_value(ends_at)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [hashed, window, ends])
        row = cursor.fetchone()
    assert row is not None, "what was counted is answered"
    return int(row[0])


def _in_redis(key: str, seconds: int) -> int:
    pipeline = _client(settings.ENVIRONMENT.redis_url).pipeline()
    pipeline.incr(key)
    pipeline.expire(key, seconds + 5)
    count: int = pipeline.execute()[0]
    return count


@lru_cache(maxsize=1)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)
