"""A register whose worker is killed in the middle, two workers on one register, two registrars with the same people; on both databases."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from orken.credentials.models import LedgerRow, PastList, PastRecord
from orken.credentials.past import lists
from orken.people.models import Account
from tests.credentials.conftest import broken
from tests.credentials.past import line, posts, states, taken
from tests.network.test_together import TOGETHER, at_once

Accounts = Callable[[str], Account]
ROWS = 18
DYING = """
import sys, time, django; django.setup()
from orken.credentials.models import PastList
from orken.credentials.past import applying, lists
applying.PART = 3
def told(done, whole):
    print(done, flush=True)
    time.sleep(0.4)
lists.apply(table=PastList.objects.get(pk=sys.argv[1]), by=None, progress=told)
print("over", flush=True)
"""


def worker(table: PastList) -> subprocess.Popen[str]:
    own = settings.DATABASES["default"]
    name = str(connection.settings_dict["NAME"])
    address = f"sqlite:///{name}" if connection.vendor == "sqlite" else f"postgres://{own['USER']}:{own.get('PASSWORD') or ''}@{own['HOST']}:{own['PORT']}/{name}"  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", DYING, str(table.pk)], stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "orken.config.settings", "ORKEN_DATABASE_URL": address},
    )  # fmt: skip


def killed_after(table: PastList, parts: int) -> int:
    """Kill the worker after so many parts; answers how many records stand then."""
    process = worker(table)
    assert process.stdout is not None
    for _n in range(parts):
        assert process.stdout.readline().strip().isdigit()
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    return PastRecord.objects.filter(source=table).count()


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_goes_on_where_it_stopped(account: Accounts) -> None:
    by = account("pavlodar")
    title = f"Курс {uuid4().hex[:6]}"
    people = posts(6)
    rows = [line(people[n % 6], n, title=f"{title} {n // 6}", days=f"{n // 6 + 1:02}.03.2020") for n in range(ROWS)]
    table = taken(rows, by)
    assert states(table) == ["found"] * ROWS
    first = killed_after(table, 1)
    second = killed_after(table, 2)
    assert 3 <= first < ROWS and first < second < ROWS and first % 3 == second % 3 == 0  # whole parts stand
    assert PastList.objects.get(pk=table.pk).state == "applying" and broken() == set()
    lists.apply(table=table, by=by)
    records = PastRecord.objects.filter(source=table)
    assert (records.count(), records.values("source_row").distinct().count()) == (ROWS, ROWS)
    assert LedgerRow.objects.filter(past__in=records, superseded_at=None, confirmed=True).count() == ROWS
    assert PastList.objects.get(pk=table.pk).state == "applied" and broken() == set()
    assert table.rows.filter(applied_at=None).count() == 0 and states(table) == ["found"] * ROWS


@pytest.mark.django_db(transaction=True)
def test_many_workers_and_many_registrars_write_each_training_once(account: Accounts) -> None:
    by = account("pavlodar")
    title = f"Курс {uuid4().hex[:6]}"
    people = posts(5)
    rows = [line(post, n, title=title) for n, post in enumerate(people)]
    table = taken(rows, by)
    assert at_once(lambda n: lists.apply(table=PastList.objects.get(pk=table.pk), by=None)) == []
    assert PastRecord.objects.filter(title=title).count() == 5 == table.rows.filter(applied_at__isnull=False).count()
    lists.take_back(table=table, by=by)

    tables = [taken(rows, by) for _n in range(TOGETHER)]  # the same people, each registrar with her own file
    assert at_once(lambda n: lists.apply(table=PastList.objects.get(pk=tables[n].pk), by=None)) == []
    live = PastRecord.objects.filter(title=title, state="confirmed")
    assert live.count() == 5 == live.values("person").distinct().count() and broken() == set()
    assert sorted({state for one in tables for state in states(one)}) == ["found", "same"]
    refusals = at_once(lambda n: lists.take_back(table=PastList.objects.get(pk=tables[0].pk), by=None))
    assert len(refusals) == TOGETHER - 1 and set(refusals) == {lists.NotOpen}
