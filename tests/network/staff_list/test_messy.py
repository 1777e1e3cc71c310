"""Lists of any mess: no crash, every row counted once, the second time nothing changes; a killed worker goes on."""

from __future__ import annotations

import csv
import io
import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as chosen
from hypothesis import strategies as st

from orken.kit.audit import invariants
from orken.network.models import Appointment, StaffImport, Unit
from orken.network.staff_list import lists, report
from orken.people.models import Person
from tests import snapshot
from tests.network.staff_list.sheets import GOOD, xlsx
from tests.outside import outside

HEADINGS = st.permutations(["Аты-жөні", "ЖСН", "Дата рождения", "Кітапхана", "Лауазымы", "Білімі", "Категория", "Тел.", "e-mail", "Ставка", "№", "Ескерту"])  # fmt: skip
CELLS: dict[str, st.SearchStrategy[str]] = {
    "Аты-жөні": st.one_of(
        st.sampled_from(["Асанова Гүлнар Серікқызы", "АСАНОВА ГУЛЬНАРА", "Ким О.", "Ким Ольга", "Ли", "", "Пак Вера Ивановна", "пак вера", "Барлығы", "Сейткали Меруерт Болат кызы", "1", "=A1"]),
        st.text(max_size=12),
    ),
    "ЖСН": st.one_of(st.sampled_from(["", GOOD, "850312400008", "780705400006", "7807 0540 0006", "нет", "12345678901"]), st.text(max_size=14)),
    "Дата рождения": st.one_of(st.sampled_from(["", "12.03.1985", "5.7.78", "1985", "31.02.1990", "29000", "12 наурыз 1985"]), st.text(max_size=10)),
    "Кітапхана": st.one_of(st.sampled_from(["", "Самал", "Кеңес ауылдық кітапханасы", "Достик", "KZ-55-D01", "Мәскеу", "KZ-11-D01"]), st.text(max_size=10)),
    "Лауазымы": st.one_of(st.sampled_from(["кітапханашы", "библиотекарь, методист", "Директор", "күзетші", "", "библиограф қоса атқарушы"]), st.text(max_size=10)),
    "Ставка": st.sampled_from(["", "0,5", "1", "2,75", "0", "½", "abc"]),
}  # fmt: skip
OTHER = st.one_of(st.just(""), st.text(max_size=15), st.sampled_from(["жоғары", "II", "87010000000", "a@b.kz", "12"]))


@st.composite
def messy(draw: st.DrawFn) -> bytes:
    """A csv of a district: titles, headings in any order, rows with anything in them, sections and totals between."""
    heads = draw(HEADINGS)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    for _ in range(draw(st.integers(0, 2))):
        writer.writerow([draw(st.sampled_from(["Тізім", "", "2026 жыл", "Список сотрудников"]))])
    writer.writerow(heads)
    for _ in range(draw(st.integers(1, 9))):
        kind = draw(st.integers(0, 12))
        if kind == 0:
            writer.writerow([draw(st.sampled_from(["Самал ауылдық кітапханасы", "Итого: 5", "", "Директор ____"]))])
        else:
            writer.writerow([draw(CELLS.get(head, OTHER)) for head in heads])
    return out.getvalue().replace("\x00", "").encode("utf-8", "surrogatepass")


class _RollBack(Exception):
    """Ends an example: the next one finds the demo country again."""


@chosen(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=messy())
def test_no_crash_every_row_once_and_the_second_time_nothing(content: bytes, country: Callable[[str], Unit]) -> None:
    unit = country("KZ-55-D01")
    try:
        with transaction.atomic():
            _live_through(content, unit)
            raise _RollBack
    except _RollBack:
        pass


def _live_through(content: bytes, unit: Unit) -> None:
    try:
        found = lists.look_into(io.BytesIO(content), unit)
    except lists.ListRefused as refused:
        assert str(refused.args[0])
        return
    answer = report.of_lines(lists.judge(found, unit))
    json.dumps(answer)
    assert answer["rows"] == len(found.rows) == answer["new"] + answer["changed"] + answer["same"] + answer["possible_duplicates"] + len(answer["rejected"])  # fmt: skip
    assert all(one["reason"] and "%(" not in one["reason"] for one in answer["rejected"])
    table = lists.take_and_apply(file=io.BytesIO(content), file_name="messy.csv", unit=unit, by=None)
    assert sum(table.counts.values()) == len(found.rows) == table.rows.count()
    assert not {rule: rows for rule, rows in invariants.run() if rows}
    before = (Person.objects.count(), Appointment.objects.count())
    again = lists.take_and_apply(file=io.BytesIO(content), file_name="messy.csv", unit=unit, by=None)
    assert (again.counts["new"], again.counts["changed"]) == (0, 0), [
        (row.name, row.state, row.notes, row.values) for row in again.rows.filter(state__in=["new", "changed"])
    ]
    assert (Person.objects.count(), Appointment.objects.count()) == before


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04", b"\xff\xfe", b";;;;\n;;;\n", b"\xef\xbb\xbf", "Аты-жөні;Лауазымы\n".encode(), bytes(range(256))],
)
def test_rubbish_gets_a_sentence(content: bytes, country: Callable[[str], Unit]) -> None:
    with pytest.raises(lists.ListRefused) as refused:
        lists.look_into(io.BytesIO(content), country("KZ-55-D01"))
    assert str(refused.value.args[0])


def test_a_row_that_somebody_wrote_meanwhile_is_refused_alone(country: Callable[[str], Unit]) -> None:
    """Between the judging and the writing a number is given to somebody else: that row stays out, the others go in."""
    from orken.people import iin
    from orken.people.services import record
    from orken.people.services.record import NewPerson

    unit = country("KZ-55-D01")
    rows = [["Асанова Гүлнар", GOOD, "", "Самал", "кітапханашы"], ["Пак Вера", "", "1.2.1980", "Самал", "библиограф"]]
    table, judging, lines = lists._take(xlsx(rows), "l", unit, None, None)
    record.register(
        new=NewPerson({"surname_kk": "Б", "given_kk": "А"}, number=iin.parse(GOOD)), on=table.on, by=None, scope_path=""
    )
    from orken.network.staff_list import applying

    ids = {(row.sheet, row.number): row.pk for row in table.rows.all()}
    applying.write(table, judging, lines, ids, None)
    assert sorted(table.rows.values_list("state", flat=True)) == ["new", "refused"]
    assert Person.objects.filter(surname_kk="Пак").exists()


# --- the command, and a worker that dies ---


def orken(data: Path, *words: str) -> subprocess.Popen[bytes]:
    environment = outside()
    environment |= {"ORKEN_DATA": str(data), "ORKEN_ENV": "development"}
    return subprocess.Popen(
        [sys.executable, "-m", "orken", *words],
        env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def outcome(process: subprocess.Popen[bytes], code: int = 0) -> str:
    out, err = process.communicate(timeout=600)
    assert process.returncode == code, err.decode()[-2000:]
    assert b"Traceback" not in err
    return out.decode()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return snapshot.site(tmp_path)


def test_the_command_answers_as_promised(place: Path) -> None:
    rows = [
        ["Асанова Гүлнар", GOOD, "12.03.1985", "Самал", "кітапханашы"],
        ["Ким Ольга", "850312400008", "", "Самал", "кітапханашы"],
        ["Пак Вера", "", "", "Самал", "күзетші"],
    ]
    file = place / "list.xlsx"
    file.write_bytes(xlsx(rows).read())
    words = ("staff", "import", str(file), "--unit", "KZ-55-D01")
    dry = json.loads(outcome(orken(place, *words, "--json")))
    assert {key: dry[key] for key in ("rows", "new", "changed", "same", "possible_duplicates")} == {"rows": 3, "new": 1, "changed": 0, "same": 0, "possible_duplicates": 0}  # fmt: skip
    assert [(one["row"], one["column"], one["value"]) for one in dry["rejected"]] == [
        (3, "iin", "8503••••••08"),
        (4, "post", "күзетші"),
    ]
    assert json.loads(outcome(orken(place, *words, "--json"))) == dry, "a dry run writes nothing"
    assert json.loads(outcome(orken(place, *words, "--apply", "--json")))["new"] == 1
    assert json.loads(outcome(orken(place, *words, "--apply", "--json")))["same"] == 1
    assert "rows: 3" in outcome(orken(place, *words))
    outcome(orken(place, "staff", "import", str(file), "--unit", "NOWHERE"), code=1)
    outcome(orken(place, "staff", "import", str(place / "none.xlsx"), "--unit", "KZ"), code=1)
    outcome(orken(place, "staff", "import", str(file)), code=2)
    (place / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    outcome(orken(place, "staff", "import", str(place / "picture.xlsx"), "--unit", "KZ"), code=1)
    handed = place / "out.xlsx"
    outcome(orken(place, "staff", "export", str(handed), "--unit", "KZ-55-D01"))
    back = json.loads(outcome(orken(place, "staff", "import", str(handed), "--unit", "KZ-55-D01", "--json")))
    assert back["same"] == back["rows"] > 10
    outcome(orken(place, "people", "reseal"))


def _written(place: Path) -> int:
    with closing(sqlite3.connect(place / "orken.sqlite3", timeout=120)) as database:
        return int(database.execute("SELECT COUNT(*) FROM network_staffrow WHERE applied_at IS NOT NULL").fetchone()[0])


def test_killed_in_the_middle_it_goes_on_where_it_stopped(place: Path) -> None:
    rows: list[list[Any]] = [
        [f"Тегін{a}ова{b} Айгүл".replace("0", "ә").replace("1", "б").replace("2", "в").replace("3", "г").replace("4", "д")
         .replace("5", "е").replace("6", "ж").replace("7", "з").replace("8", "к").replace("9", "л"), "", f"{1 + a % 28}.{1 + b % 12}.{1960 + (a + b) % 40}", "Самал", "кітапханашы"]
        for a in range(50) for b in range(50)
    ]  # fmt: skip
    file = place / "list.xlsx"
    file.write_bytes(xlsx(rows).read())
    words = ("staff", "import", str(file), "--unit", "KZ-55-D01", "--apply", "--json")
    seen = set()
    for written in (0, 1, 600, 1400):  # rows that stand when the worker is shot
        process = orken(place, *words)
        while process.poll() is None and _written(place) < written:
            time.sleep(0.05)
        time.sleep(0.3 if written else 1.5)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        seen.add(_written(place))
        assert "broken" not in outcome(orken(place, "audit", "invariants"))
    answer = json.loads(outcome(orken(place, *words)))
    assert (
        answer["new"] + answer["same"] + answer["possible_duplicates"] + answer["changed"] + len(answer["rejected"])
        == 2500
    )
    check = (
        "from orken.network.models import Appointment, StaffImport;"
        "print(Appointment.objects.at().filter(unit__code='KZ-55-D01-05').values('person').distinct().count(),"
        "StaffImport.objects.exclude(state='applied').count())"
    )
    people, unfinished = outcome(orken(place, "django", "shell", "-v", "0", "-c", check)).split()[-2:]
    again = json.loads(outcome(orken(place, *words)))
    assert again["new"] == again["changed"] == 0
    assert outcome(orken(place, "django", "shell", "-v", "0", "-c", check)).split()[-2] == people
    assert "broken" not in outcome(orken(place, "audit", "invariants"))
    assert len(seen) > 1, f"the kill should fall on different moments: {seen}"
    assert int(people) > 2000 and int(unfinished) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_list_write_each_row_once() -> None:
    import threading

    from django.db import connection

    rows = [
        [f"{letter}ақова Айгүл", "", f"1.{month}.1980", "Самал", "кітапханашы"]
        for letter in "БВГДЖЗКЛМНПРСТШ"
        for month in range(1, 13)
    ]
    unit = Unit.objects.get(code="KZ-55-D01")
    table = lists.take(file=xlsx(rows), file_name="l", unit=unit, by=None)
    problems: list[Exception] = []
    gate = threading.Barrier(2)

    def work() -> None:
        try:
            gate.wait()
            lists.apply(table=StaffImport.objects.get(pk=table.pk), by=None)
        except lists.NotWaiting:
            pass  # the other was done before this one began
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    people = Person.objects.filter(surname_kk__endswith="ақова", given_kk="Айгүл")
    assert people.count() == len(rows)
    assert Appointment.objects.at().filter(person__in=people).count() == len(rows)
    assert not {rule: rows for rule, rows in invariants.run() if rows}
