"""So many times in so long."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from orken.kit.limits import services as limits
from orken.kit.limits.models import Tally

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def key(name: str) -> str:
    """A key of this run only: Redis remembers the last one."""
    return f"{name}:{settings.DATA_DIR}"


def test_the_sixth_try_of_five_is_too_many_until_the_window_ends(db: None) -> None:
    tries = [limits.allow(key("sign-in"), times=5, per=HOUR, now=NOON) for _ in range(6)]
    assert tries == [True] * 5 + [False]
    assert limits.allow(key("sign-in"), times=5, per=HOUR, now=NOON + HOUR)
    assert limits.allow(key("another"), times=5, per=HOUR, now=NOON)


def test_the_key_is_never_kept_in_clear(db: None) -> None:
    limits._in_database("x", 1, NOON)
    limits.allow("sign-in:aigul@example.kz", times=5, per=HOUR, now=NOON)
    assert not Tally.objects.filter(key__contains="aigul").exists()


def test_windows_that_are_over_are_forgotten(db: None) -> None:
    limits._in_database("x", 1, NOON)
    assert limits.prune() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_both_counted() -> None:
    answers: list[bool] = []

    def ask() -> None:
        try:
            answers.append(limits.allow(key("both"), times=4, per=HOUR, now=NOON))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False, False, True, True, True, True]
