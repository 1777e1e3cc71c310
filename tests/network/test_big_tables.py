"""A table of thousands: judged truthfully, written fast under the lock, one work at a time, refusals kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.kit.jobs import services as jobs
from orken.kit.jobs import worker
from orken.kit.jobs.models import Work
from orken.kit.jobs.running import Run
from orken.kit.search import selectors as search
from orken.network import policy, services, unit_list
from orken.network.models import Unit, UnitImport, UnitName
from orken.network.roles import Permission
from orken.people.models import Account
from tests.network.test_unit_list import NEW, book, judged, table_of

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]


def apply(by: Account, *rows: list[Any]) -> list[unit_list.Line]:
    return unit_list.apply(table_id=table_of(by, *rows).pk, by=by, scope=policy.scope(by, Permission.UNIT_IMPORT))


def row(code: str, kind: str = "", parent: str = "", name: str = "") -> list[str]:
    return [code, kind, parent, name, "", "", "", ""]


def unbroken() -> None:
    assert not {rule: rows for rule, rows in invariants.run() if rows}


BRANCH, SYSTEM, OTHER = "branch library", "centralised library system", "other institution"

TABLES: dict[str, tuple[list[list[str]], list[str]]] = {
    "a new row under itself": ([row("KZ-55-D70", SYSTEM, "KZ-55-D70", "Х")], ["refused"]),
    "two new rows under each other": (
        [row("KZ-55-D70", OTHER, "KZ-55-D71", "Х"), row("KZ-55-D71", OTHER, "KZ-55-D70", "Х")],
        ["refused", "refused"],
    ),
    "a parent whose row is refused": (
        [row("KZ-55-D70", "nonsense", "KZ-55", "Х"), row("KZ-55-D70-01", BRANCH, "KZ-55-D70", "Х")],
        ["refused", "refused"],
    ),
    "a grandparent whose row is refused": (
        [
            row("OTH-70-1", OTHER, "OTH-70", "Х"), row("OTH-70-1-1", OTHER, "OTH-70-1", "Х"),
            row("OTH-70", OTHER, "KZ-55", ""), row("KZ-55-D01", "", "", "Жақсы"),
        ],
        ["refused", "refused", "refused", "changed"],
    ),
    "a branch under a branch": ([row("KZ-55-D70", BRANCH, "KZ-55-D01-01", "Х")], ["refused"]),
    "the oblast renamed by its own table": ([row("KZ-55", "", "KZ-55-D01", "")], ["refused"]),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_what_the_dry_run_says_is_what_applying_does(name: str, country: Country, account: Accounts) -> None:
    hers = account("pavlodar")
    rows, states = TABLES[name]
    lines = judged(hers, *rows)
    assert [line.state for line in lines] == states
    assert all(str(line.reason) for line in lines if line.state == "refused")
    if set(states) == {"refused"}:
        with pytest.raises(unit_list.NothingToApply):
            apply(hers, *rows)
    else:
        assert [line.state for line in apply(hers, *rows)] == states
    unbroken()


def test_two_rows_that_swap_parents_are_refused(country: Country, account: Accounts) -> None:
    hers, day = account("national"), timezone.localdate()
    for code, parent in (("OTH-1", "KZ-55"), ("OTH-2", "OTH-1")):
        services.open_unit(code=code, kind="other", parent=country(parent), names={"name_kk": code}, on=day, by=None)
    lines = judged(hers, row("OTH-1", "", "OTH-2"), row("OTH-2", "", "KZ-55"))
    assert [line.state for line in lines] == ["changed", "changed"], "in this order it is a tree again"
    lines = judged(hers, row("OTH-1", "", "OTH-2"), row("OTH-2", "", "OTH-1"))
    assert lines[0].state == "refused"
    apply(hers, row("OTH-1", "", "OTH-2"), row("OTH-2", "", "KZ-55"))
    assert country("OTH-1").path.startswith(country("OTH-2").path)
    unbroken()


def test_an_unknown_kind_is_refused_with_the_known_words(country: Country, account: Accounts) -> None:
    with translation.override("ru"):
        (line,) = judged(account("pavlodar"), row("KZ-55-D70", "филиал", "KZ-55-D01", "Х"))
        assert (line.state, line.column) == ("refused", "kind")
        assert "библиотека-филиал" in str(line.reason)


def test_bulk_writing_is_the_same_as_the_verbs(country: Country, account: Accounts) -> None:
    """Names, traits, a move and an opening in one table: facts, copies, paths, trail, search as the verbs leave them."""
    hers = account("pavlodar")
    before = AuditEvent.objects.count()
    apply(
        hers,
        NEW,
        ["KZ-55-D01", "", "", "", "ЦБС нового имени", "Нет связи", "", ""],
        ["KZ-55-D02-02", "", "KZ-55-D01", "", "", "", "", ""],
    )
    assert AuditEvent.objects.count() == before + 4
    events = AuditEvent.objects.order_by("-pk")[:4]
    assert {event.verb for event in events} == {"unit.opened", "unit.renamed", "unit.traits_set", "unit.moved"}
    assert {event.by_id for event in events} == {hers.pk}
    moved, system = country("KZ-55-D02-02"), country("KZ-55-D01")
    assert (moved.path, moved.revision) == (f"{system.path}{moved.pk}/", 2)
    assert (system.name_ru, system.internet, system.revision) == ("ЦБС нового имени", "none", 3)
    found = search.find("нового имени", language="ru", visible=Q(scope_path__startswith=system.path))
    assert "ЦБС нового имени" in [one.title for one in found.rows]
    unbroken()


def test_the_index_holds_each_unit_once_in_each_language(country: Country, account: Accounts) -> None:
    """Also when somebody wrote the index anew between the reckoning and the writing."""
    from orken.kit.search import services as index
    from orken.kit.search.models import SearchRow

    hers, unit = account("pavlodar"), country("KZ-55-D01")
    rows = SearchRow.objects.filter(kind="unit", object_id=str(unit.pk))
    reckoning = services.Reckoning([unit], by=hers)
    reckoning.rename(unit, {"name_ru": "Первое имя"}, timezone.localdate())
    reckoning.judge()
    reckoning.ready()
    index.index("unit", [unit.pk])
    reckoning.write()
    assert sorted(rows.values_list("language", flat=True)) == ["en", "kk", "ru"]
    kept = rows.get(language="en").pk
    services.rename_unit(unit=unit, names={"name_ru": "Второе имя"}, on=timezone.localdate(), by=hers)
    assert sorted(rows.values_list("language", flat=True)) == ["en", "kk", "ru"]
    assert rows.get(language="ru").title == "Второе имя"
    assert rows.get(language="en").pk == kept, "what did not change was left alone"


@pytest.fixture
def long_table(country: Country) -> list[list[str]]:
    units = Unit.objects.filter(path__within=country("KZ-55").path).exclude(code="KZ-55")
    return [row(unit.code, name=f"{unit.name_kk} жаңа") for unit in units]


def statements(do: Callable[[], object]) -> int:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        do()
    return len(caught)


def test_statements_under_the_lock_do_not_grow_with_the_rows(
    country: Country, account: Accounts, long_table: list[list[str]]
) -> None:
    hers = account("pavlodar")
    few, many = table_of(hers, *long_table[:3]), table_of(hers, *long_table[3:])
    scope = policy.scope(hers, Permission.UNIT_IMPORT)
    small = statements(lambda: unit_list.apply(table_id=few.pk, by=hers, scope=scope))
    large = statements(lambda: unit_list.apply(table_id=many.pk, by=hers, scope=scope))
    assert large <= small + 2, (small, large)
    small = statements(lambda: services.undo(batch=few.pk, by=hers))
    large = statements(lambda: services.undo(batch=many.pk, by=hers))
    assert large <= small + 2, (small, large)
    unbroken()


def test_a_neighbours_change_during_the_reckoning_is_seen(
    country: Country, account: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reckoned without the lock, checked under it: what changed meanwhile is reckoned again."""
    hers, real, times = account("pavlodar"), unit_list.judge, []

    def judge(*arguments: Any, **named: Any) -> list[unit_list.Line]:
        lines = real(*arguments, **named)
        times.append(1)
        if len(times) == 1:
            services.set_traits(
                unit=country("KZ-55-D01"), traits={"internet": "none"}, on=timezone.localdate(), by=hers
            )
        return lines

    monkeypatch.setattr(unit_list, "judge", judge)
    lines = apply(hers, ["KZ-55-D01", "", "", "", "Другое имя", "Нет связи", "", ""])
    assert len(times) == 2
    assert set(lines[0].changes) == {"name_ru"}, "the neighbour noted the line already"
    unbroken()


# --- one work at a time, with its stages, stopped before the writing ---


@pytest.fixture
def background(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(unit_list, "AT_ONCE", 0)
    yield


def sent(client: Client, *rows: list[Any]) -> UUID:
    answer = client.post(reverse("network:import"), {"file": SimpleUploadedFile("l.xlsx", book(*rows).read())})
    return UUID(answer.headers["Location"].rstrip("/").rsplit("/", 1)[-1])


@pytest.mark.django_db(transaction=True)
def test_pressing_twice_starts_one_work(country: Country, browse: Callable[[str], Client], background: None) -> None:
    client = browse("pavlodar")
    pk = sent(client, NEW)
    first, second = (client.post(reverse("network:apply", args=[pk])).headers["Location"] for _ in range(2))
    assert first == second
    assert Work.objects.filter(kind="network.apply_units").count() == 1
    page = client.get(reverse("network:judged", args=[pk])).content.decode()
    assert first in page and reverse("network:apply", args=[pk]) not in page
    worker.work(["heavy"], once=True)
    work = Work.objects.get(kind="network.apply_units")
    assert work.state == "done" and work.done == work.total and work.total
    undo = reverse("network:undo", args=[pk])
    first, second = (client.post(undo).headers["Location"] for _ in range(2))
    assert first == second
    worker.work(["heavy"], once=True)
    assert not country("KZ-55-D01-50").exists


@pytest.mark.django_db(transaction=True)
def test_it_stops_before_the_writing_begins(
    country: Country, browse: Callable[[str], Client], background: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browse("pavlodar")
    pk = sent(client, NEW)
    real, told = Run.advance, []

    def advance(run: Run, done: int, total: int | None = None) -> None:
        told.append((done, total))
        assert not connection.in_atomic_block, "progress is told outside the write transaction"
        if len(told) == 2:
            jobs.cancel(work=run.work)
        real(run, done, total)

    monkeypatch.setattr(Run, "advance", advance)
    client.post(reverse("network:apply", args=[pk]))
    worker.work(["heavy"], once=True)
    assert Work.objects.get().state == "cancelled"
    assert not Unit.objects.filter(code="KZ-55-D01-50").exists()
    assert UnitImport.objects.get(pk=pk).state == "judged"
    monkeypatch.setattr(Run, "advance", real)
    client.post(reverse("network:apply", args=[pk]))
    worker.work(["heavy"], once=True)
    assert country("KZ-55-D01-50").exists, "what was stopped may be started again"


# --- refused rows stay visible ---


def test_refused_rows_are_still_told_after_applying(country: Country, browse: Callable[[str], Client]) -> None:
    client = browse("pavlodar")
    pk = sent(client, NEW, row("KZ-11-D01", name="Басқа"))
    client.post(reverse("network:apply", args=[pk]))
    address = reverse("network:judged", args=[pk])
    page = client.get(address).content.decode()
    assert "KZ-11-D01" in page and "Бұл мекеме сіздің қарауыңызда емес" in page
    russian = client.get("/ru" + address.removeprefix("/kk")).content.decode()
    assert "KZ-11-D01" in russian and "Бұл мекеме" not in russian


def test_a_table_of_refusals_says_so_and_is_not_applied(country: Country, browse: Callable[[str], Client]) -> None:
    client = browse("pavlodar")
    pk = sent(client, row("KZ-11-D01", name="Басқа"))
    page = client.get(reverse("network:judged", args=[pk])).content.decode()
    with translation.override("kk"):
        assert "Барлық жол қабылданбады" in page
    assert reverse("network:apply", args=[pk]) not in page
    client.post(reverse("network:apply", args=[pk]))
    assert UnitImport.objects.get(pk=pk).state == "judged"


# --- a busy database is a calm sentence ---


def test_a_locked_database_is_answered_calmly(browse: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(services, "rename_unit", locked)
    client, day = browse("pavlodar"), timezone.localdate()
    answer = client.post(
        reverse("network:names", args=["KZ-55-D01"]),
        {"revision": 1, "name_kk": "Х", "on_day": day.day, "on_month": day.month, "on_year": day.year},
    )
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "бос емес" in answer.content.decode()


def test_another_trouble_of_the_database_is_not_hidden(
    browse: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OperationalError("no such column: x")

    monkeypatch.setattr(services, "rename_unit", broken)
    client, day = browse("pavlodar"), timezone.localdate()
    client.raise_request_exception = False
    answer = client.post(
        reverse("network:names", args=["KZ-55-D01"]),
        {"revision": 1, "name_kk": "Х", "on_day": day.day, "on_month": day.month, "on_year": day.year},
    )
    assert answer.status_code == 500


@pytest.mark.django_db(transaction=True)
def test_a_lane_lives_through_a_lock(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody holds the only pen of SQLite longer than a worker waits: the lane goes on and does the work after."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such lock")
    from tests.kit.jobs.test_jobs import count

    work = jobs.start(count, payload={"to": 1})
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        import sqlite3

        pen = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        pen.execute("BEGIN IMMEDIATE")
        held.set()
        free.wait(10)
        pen.execute("ROLLBACK")
        pen.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(5)
    connection.cursor().execute("PRAGMA busy_timeout = 100")
    threading.Timer(1.5, free.set).start()
    start = time.monotonic()
    try:
        worker.work(["quick"], once=True)
    finally:
        free.set()
        thread.join()
        connection.cursor().execute("PRAGMA busy_timeout = 20000")
    assert time.monotonic() - start > 0.5
    assert Work.objects.get(pk=work.pk).state == "done"


def test_old_names_stay_known_after_a_table(country: Country, account: Accounts) -> None:
    hers, moment = account("pavlodar"), timezone.now()
    before = country("KZ-55-D01").name_ru
    apply(hers, ["KZ-55-D01", "", "", "", "Другое имя", "", "", ""])
    known = UnitName.objects.at(timezone.localdate(), known_at=moment).get(unit=country("KZ-55-D01"))
    assert known.name_ru == before
