"""The list of units as a table: a dry run first, all or nothing, twice is once, a damaged file is a sentence."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from orken.kit.audit import invariants
from orken.kit.jobs import worker
from orken.kit.sheets.reading import read
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.network import policy, services, unit_list
from orken.network.forms import code_form
from orken.network.models import Unit, UnitImport
from orken.network.roles import Permission
from orken.people.models import Account

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]
HEADS = [
    "Код",
    "Вид",
    "Код вышестоящей",
    "Атауы қазақша",
    "Название на русском",
    "Интернет",
    "Город или село",
    "E-mail",
]


def book(*rows: list[Any], heads: list[str] = HEADS) -> io.BytesIO:
    with write_xlsx([Table("Лист", [Column(head) for head in heads], rows)]) as file:
        return io.BytesIO(file.read())


def judged(account: Account, *rows: list[Any]) -> list[unit_list.Line]:
    scope = policy.scope(account, Permission.UNIT_IMPORT)
    return unit_list.judge(unit_list.rows_of(read(book(*rows))), scope)


NEW = [
    "KZ-55-D01-50",
    "Библиотека-филиал",
    "KZ-55-D01",
    "Жаңа кітапхана",
    "Новая библиотека",
    "Слабая связь",
    "село",
    "",
]


def test_what_is_handed_out_comes_back_unchanged(country: Country, account: Accounts) -> None:
    hers = account("pavlodar")
    for language in ("kk", "ru", "en"):
        with translation.override(language), unit_list.export(policy.scope(hers, Permission.UNIT_VIEW)) as file:
            rows = unit_list.rows_of(read(file))
            lines = unit_list.judge(rows, policy.scope(hers, Permission.UNIT_IMPORT))
        states = {line.state for line in lines}
        assert states == {"same"}, [(line.row, line.reason, line.changes) for line in lines if line.state != "same"][:3]
        assert len(lines) == Unit.objects.filter(path__within=country("KZ-55").path).count()


def test_a_code_that_belongs_to_another_region_is_refused(country: Country, account: Accounts) -> None:
    by = account("pavlodar")
    [line] = judged(by, ["KZ-39-D01-99", "branch library", "KZ-55-D01", "Жаңа", "", "", "", ""])
    assert (line.state, line.column) == ("refused", "code") and country("KZ-39").name in str(line.reason)
    [line] = judged(account("national"), ["KZ-39-D01-99", "branch library", "KZ-55-D01", "Жаңа", "", "", "", ""])
    assert line.state == "new", "the centre may"
    form = code_form(country("KZ-55-D01"))
    day = {"on_day": "1", "on_month": "9", "on_year": "2026"}
    assert "code" in form({"code": "KZ-39-D01-99", **day}).errors
    proposed = form().fields["code"].initial
    assert proposed.startswith("KZ-55-D01-") and not Unit.objects.filter(code=proposed).exists()
    assert form({"code": proposed, **day}).is_valid()


def test_rows_are_new_changed_same_or_refused_with_the_reason(country: Country, account: Accounts) -> None:
    lines = judged(
        account("pavlodar"),
        NEW,
        ["KZ-55-D01", "", "", "", "ЦБС района Аксу", "", "", ""],
        ["KZ-55-D02", "", "", "", "", "", "", ""],
        ["KZ-11-D01", "", "", "Басқа", "", "", "", ""],
        ["KZ-55-D01-51", "филиал?", "KZ-55-D01", "Х", "", "", "", ""],
        ["KZ-55-D01-52", "филиал кітапхана", "KZ-11-D01", "Х", "", "", "", ""],
        ["KZ-55-D01-50", "branch library", "KZ-55-D01", "Х", "", "", "", ""],
        ["код", "", "", "", "", "", "", ""],
        ["KZ-55-D01-53", "branch library", "KZ-55-D01", "", "", "", "", ""],
        ["KZ-55-D03", "", "", "", "", "", "", "не почта"],
    )
    assert [(line.state, line.column) for line in lines] == [
        ("new", ""), ("changed", ""), ("same", ""), ("refused", "code"), ("refused", "kind"), ("refused", "parent"),
        ("refused", "code"), ("refused", "code"), ("refused", "name_kk"), ("refused", "email"),
    ]  # fmt: skip
    assert [line.row for line in lines] == list(range(2, 12)), "the numbers are those of the file"
    assert lines[1].differences == [("Атауы орысша", country("KZ-55-D01").name_ru, "ЦБС района Аксу")]


def test_titles_above_the_headings_and_foreign_columns_are_passed_over(account: Accounts, country: Country) -> None:
    sheet = book(["", ""], ["Код", "Наименование"], ["KZ-55-D01", "ЦБС Аксу"], heads=["Список библиотек области", ""])
    rows = unit_list.rows_of(read(sheet))
    assert rows == [{"row": 4, "code": "KZ-55-D01", "name_ru": "ЦБС Аксу"}]


def test_a_table_without_a_code_is_refused_with_a_sentence(db: None) -> None:
    with pytest.raises(unit_list.ListRefused):
        unit_list.rows_of(read(book(["a", "b"], heads=["Имя", "Фамилия"])))


def table_of(by: Account, *rows: list[Any]) -> UnitImport:
    return UnitImport.objects.create(
        by=by, file_name="l.xlsx", rows=unit_list.rows_of(read(book(*rows))), on=timezone.localdate()
    )


def test_applying_twice_changes_nothing_the_second_time(country: Country, account: Accounts) -> None:
    hers = account("pavlodar")
    scope = policy.scope(hers, Permission.UNIT_IMPORT)
    table = table_of(hers, NEW)
    unit_list.apply(table_id=table.pk, by=hers, scope=scope)
    assert country("KZ-55-D01-50").internet == "weak"
    with pytest.raises(unit_list.AppliedAlready):
        unit_list.apply(table_id=table.pk, by=hers, scope=scope)
    assert {line.state for line in unit_list.apply(table_id=table_of(hers, NEW).pk, by=hers, scope=scope)} == {"same"}
    assert not [rows for _rule, rows in invariants.run() if rows]


def test_children_may_stand_above_their_new_parents_in_the_file(country: Country, account: Accounts) -> None:
    hers = account("pavlodar")
    parent = ["KZ-55-D09", "Централизованная библиотечная система", "KZ-55", "Жаңа жүйе", "", "", "", ""]
    child = ["KZ-55-D09-01", "Библиотека-филиал", "KZ-55-D09", "Жаңа филиал", "", "", "", ""]
    unit_list.apply(
        table_id=table_of(hers, child, parent).pk, by=hers, scope=policy.scope(hers, Permission.UNIT_IMPORT)
    )
    assert country("KZ-55-D09-01").parent == country("KZ-55-D09")


def test_a_table_is_taken_back_as_one(country: Country, account: Accounts) -> None:
    hers = account("pavlodar")
    table = table_of(hers, NEW, ["KZ-55-D01", "", "", "", "Другое имя", "Нет связи", "", ""])
    before = country("KZ-55-D01")
    unit_list.apply(table_id=table.pk, by=hers, scope=policy.scope(hers, Permission.UNIT_IMPORT))
    assert country("KZ-55-D01").name_ru == "Другое имя"
    services.undo(batch=table.pk, by=hers)
    after = country("KZ-55-D01")
    assert (after.name_ru, after.internet) == (before.name_ru, before.internet)
    assert not country("KZ-55-D01-50").exists
    assert UnitImport.objects.get(pk=table.pk).state == "undone"


def test_one_failing_row_leaves_nothing_half_written(
    country: Country, account: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = account("pavlodar")
    table = table_of(hers, ["KZ-55-D01", "", "", "", "Другое имя", "", "", ""], NEW)

    def full(*_: Any) -> None:
        raise OSError("the disk is full")

    # The very last thing that is written.
    monkeypatch.setattr("orken.kit.audit.services.record_all", full)
    before = country("KZ-55-D01")
    with pytest.raises(OSError, match="disk"):
        unit_list.apply(table_id=table.pk, by=hers, scope=policy.scope(hers, Permission.UNIT_IMPORT))
    after = country("KZ-55-D01")
    assert (after.name_ru, after.revision) == (before.name_ru, before.revision)
    assert not Unit.objects.filter(code="KZ-55-D01-50").exists()
    assert UnitImport.objects.get(pk=table.pk).state == "judged"
    assert not [rows for _rule, rows in invariants.run() if rows]


def test_a_code_that_a_neighbour_took_meanwhile_is_judged_again(
    country: Country, account: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers, real = account("pavlodar"), unit_list.judge
    taken: list[Unit] = []
    table = table_of(hers, NEW, ["KZ-55-D01", "", "", "", "Другое имя", "", "", ""])

    def judge_then_lose(*arguments: Any, **named: Any) -> list[unit_list.Line]:
        lines = real(*arguments, **named)
        if not taken:
            taken.append(
                services.open_unit(
                    code="KZ-55-D01-50", kind="branch", parent=country("KZ-11-D01"), names={"name_kk": "Х"},
                    on=timezone.localdate(), by=None,
                )
            )  # fmt: skip
        return lines

    monkeypatch.setattr(unit_list, "judge", judge_then_lose)
    lines = unit_list.apply(table_id=table.pk, by=hers, scope=policy.scope(hers, Permission.UNIT_IMPORT))
    assert [line.state for line in lines] == ["refused", "changed"], "it is somebody else's by now"


def test_the_pages_look_through_then_apply_then_take_back(country: Country, browse: Callable[[str], Client]) -> None:
    client = browse("pavlodar")
    sent = client.post(reverse("network:import"), {"file": SimpleUploadedFile("l.xlsx", book(NEW).read())})
    assert sent.status_code == 302
    page = client.get(sent.headers["Location"]).content.decode()
    assert "Жаңа кітапхана" in page
    assert not Unit.objects.filter(code="KZ-55-D01-50").exists()
    pk = sent.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    assert browse("national").get(sent.headers["Location"]).status_code == 404, "a table is its sender's own"
    client.post(reverse("network:apply", args=[pk]))
    assert country("KZ-55-D01-50").exists
    client.post(reverse("network:undo", args=[pk]))
    assert not country("KZ-55-D01-50").exists


@pytest.mark.django_db(transaction=True)  # the worker is another transaction
def test_a_long_table_goes_to_the_background_and_comes_back_the_same_way(
    country: Country, browse: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unit_list, "AT_ONCE", 0)
    client = browse("pavlodar")
    sent = client.post(reverse("network:import"), {"file": SimpleUploadedFile("l.xlsx", book(NEW).read())})
    pk = sent.headers["Location"].rstrip("/").rsplit("/", 1)[-1]
    progress = client.post(reverse("network:apply", args=[pk])).headers["Location"]
    assert not Unit.objects.filter(code="KZ-55-D01-50").exists()
    worker.work(["heavy"], once=True)
    assert country("KZ-55-D01-50").exists
    assert f"/network/import/{pk}/" in client.get(progress).content.decode()
    progress = client.post(reverse("network:undo", args=[pk])).headers["Location"]
    worker.work(["heavy"], once=True)
    assert not country("KZ-55-D01-50").exists
    progress = client.post(reverse("network:undo", args=[pk])).headers["Location"]
    worker.work(["heavy"], once=True)
    assert "тағы өзгертілген" in client.get(progress).content.decode()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 100, b"PK\x03\x04broken", b"just words", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600],
)
def test_a_bad_file_comes_back_with_a_sentence(content: bytes, browse: Callable[[str], Client]) -> None:
    answer = browse("pavlodar").post(reverse("network:import"), {"file": SimpleUploadedFile("l.xlsx", content)})
    assert answer.status_code == 422
    assert 'class="err"' in answer.content.decode()
