"""What a stranger reads of a certificate: the least, by number; the whole name to who knows the surname; guessing is slowed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orken.credentials import checking, services
from orken.credentials.models import Batch, Certificate
from orken.credentials.numbering import Numbered
from orken.kit.sheets.reading import read
from orken.kit.sheets.writing import Column, Table, write_xlsx
from tests.credentials.conftest import Accounts, lead, renamed, row, some

Browse = Callable[[str], Client]
Issued = Callable[..., list[Certificate]]


@pytest.fixture
def one(asked: Callable[..., Batch]) -> Certificate:
    """A certificate of Әбдірахманова Сәуле Серікқызы."""
    post = some(1)[0]
    renamed(
        post.person, surname_kk="Әбдірахманова", given_kk="Сәуле", patronymic_kk="Серікқызы",
        surname_ru="Абдрахманова", given_ru="Сауле", patronymic_ru="Сериковна", surname_en="Abdirakhmanova", given_en="Saule",
    )  # fmt: skip
    return lead(asked([row(post)]))[0]


def page(client: Client, number: str, surname: str = "") -> Any:
    address = f"/kk/verify/{number}/"
    return client.post(address, {"surname": surname}) if surname else client.get(address)


def test_the_page_shows_the_least(one: Certificate, browse: Browse) -> None:
    text = page(browse(""), one.number).content.decode()
    assert "Сертификат түпнұсқа және жарамды" in text and one.number_kk in text
    assert "Каталогтау негіздері" in text and "72" in text and "Ә. С. С." in text
    assert "Әбдірахманова" not in text and one.unit is not None and one.unit.name_kk not in text


def test_hours_have_the_separator_of_the_readers_language(one: Certificate, browse: Browse) -> None:
    Certificate.objects.filter(pk=one.pk).update(data={**one.data, "hours": "7,5"})
    for language, hours in (("kk", "7,5"), ("ru", "7,5"), ("en", "7.5")):
        text = browse("").get(f"/{language}/verify/{one.number}/").content.decode()
        assert f"<dd>{hours}</dd>" in text


def test_the_code_on_the_paper_has_no_language(one: Certificate, browse: Browse) -> None:
    answer = browse("").get(f"/verify/{one.number}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/kk/verify/{one.number}/")


@pytest.mark.parametrize(
    "typed", ["{kk}", "{ascii}", " {low} ", "{dashes}", "{russian}", "№ {kk}", "https://orken.kz/verify/{ascii}/"]
)
def test_a_number_is_typed_in_any_way(one: Certificate, browse: Browse, typed: str) -> None:
    text = typed.format(
        kk=one.number_kk,
        ascii=one.number,
        low=one.number_kk.lower(),
        dashes=one.number.replace("-", "—"),
        russian=one.number_kk.replace("Ұ", "У"),
    )
    answer = browse("").get(reverse("credentials:verify"), {"number": text})
    assert answer["Location"] == f"/kk/verify/{one.number}/"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ҰК-КШ-2026-000123-7", "бақылау таңбасы сәйкес келмейді"), ("123", "тіркеу нөмірі емес"), ("<script>", "тіркеу нөмірі емес"),
    ],
)  # fmt: skip
def test_a_wrong_number_is_told_in_one_sentence(asked: str, said: str, browse: Browse) -> None:
    text = browse("").get(reverse("credentials:verify"), {"number": asked}).content.decode()
    assert said in text and "<script>" not in text.split("<main")[1]


def test_a_number_that_the_register_lacks(browse: Browse, db: None) -> None:
    assert "Тізілімде" in page(browse(""), str(Numbered("NL-CAT", 2026, 999_999))).content.decode()


@pytest.mark.parametrize(
    "surname", ["Әбдірахманова", "абдрахманова", "Abdirakhmanova", "АБДИРАХМАНОВА", "Әбдірахманова Сәуле"]
)
def test_who_knows_the_surname_reads_the_name(one: Certificate, browse: Browse, surname: str) -> None:
    text = page(browse(""), one.number, surname).content.decode()
    assert "<b>Әбдірахманова Сәуле Серікқызы</b>" in text and "verify/badge/" in text


@pytest.mark.parametrize("surname", ["Сәуле", "Ахметова", "ова", "%", "Әбдір"])
def test_another_surname_opens_nothing(one: Certificate, browse: Browse, surname: str) -> None:
    answer = page(browse(""), one.number, surname)
    assert answer.status_code == 422 and "Әбдірахманова Сәуле" not in answer.content.decode()


def test_guessing_surnames_is_slowed(one: Certificate, browse: Browse, still_clock: datetime) -> None:
    client = browse("")
    assert [page(client, one.number, f"Тек{letter}ова").status_code for letter in "абвгд"] == [422] * 5
    assert page(client, one.number, "Әбдірахманова").status_code == 429


def test_guessing_numbers_is_slowed(one: Certificate, browse: Browse, still_clock: datetime) -> None:
    client = browse("")
    found = [page(client, str(Numbered("NL-CAT", 2026, 900_000 + n))).status_code for n in range(checking.MISSES + 1)]
    assert found == [200] * checking.MISSES + [429]


def test_many_looks_from_one_place_are_slowed(one: Certificate, browse: Browse, still_clock: datetime) -> None:
    client = browse("")
    found = [page(client, one.number).status_code for _n in range(checking.LOOKS + 1)]
    assert found == [200] * checking.LOOKS + [429]


def test_what_ended_says_so(issued: Issued, account: Accounts, browse: Browse) -> None:
    registrar, (old, bad) = account("registrar"), issued(2)
    new = services.replace(certificate=old, reason="Қате", by=registrar, dated_on=old.dated_on)
    services.draw(batch=new.batch)
    services.sign(batch=new.batch, on=new.dated_on, by=registrar)
    assert "түпнұсқа және жарамды" in page(browse(""), old.number).content.decode()
    assert "Тізілімде" in page(browse(""), new.number).content.decode()  # not issued yet: nobody's business
    services.issue(batch=new.batch, by=registrar)
    services.revoke(certificate=bad, reason="Құпия себеп", by=registrar)
    text = page(browse(""), old.number).content.decode()
    assert "басқасымен ауыстырылған" in text and new.number_kk in text
    revoked = page(browse(""), bad.number).content.decode()
    assert "күші жойылған" in revoked and "Құпия себеп" not in revoked


def test_the_page_asks_little(one: Certificate, browse: Browse) -> None:
    client = browse("")
    page(client, one.number)
    with CaptureQueriesContext(connection) as asked:
        page(client, one.number)
    assert len(asked) <= 3


def table(
    rows: list[list[Any]], head: tuple[str, ...] = ("№ п/п", "Фамилия, имя", "Номер сертификата")
) -> SimpleUploadedFile:
    content = write_xlsx([Table("Кадры", [Column(title) for title in head], rows)]).read()
    return SimpleUploadedFile("list.xlsx", content)


def test_a_table_comes_back_with_its_answers(
    one: Certificate, issued: Issued, browse: Browse, account: Accounts
) -> None:
    revoked = issued(1, unit="NL-CONSERVATION")[0]
    services.revoke(certificate=revoked, reason="Қате", by=account("registrar"))
    surname = revoked.data["name"]["ru"]["surname"]
    asked = [
        [1, "Абдрахманова Сауле", one.number_kk], [2, "Ким Ли", one.number], [3, surname, revoked.number], [4, "Ким", "123"],
        [5, "Ким", "NL-CAT-2026-000123-9"],
    ]  # fmt: skip
    answer = browse("").post("/ru/verify/table/", {"file": table(asked)})
    assert answer.status_code == 200
    rows = read(io.BytesIO(answer.getvalue())).sheets[0].rows
    assert rows[0][:3] == ["№ п/п", "Фамилия, имя", "Номер сертификата"]
    assert [row[3] for row in rows[1:]] == [
        "выдан", "В реестре нет такого сертификата с этой фамилией.", "аннулирован", "Это не регистрационный номер.",
        "Контрольный знак не сходится: ошибка в букве или цифре.",
    ]  # fmt: skip
    assert rows[1][5:7] == ["Основы каталогизации", 72] and rows[2][4:] == ["", "", "", ""]


@pytest.mark.parametrize(
    "upload",
    [SimpleUploadedFile("x.xlsx", b""), SimpleUploadedFile("x.xlsx", b"%PDF-1.7"), table([[1, 2, 3]], ("a", "b", "c"))],
)
def test_another_file_is_refused_with_a_sentence(upload: SimpleUploadedFile, browse: Browse, db: None) -> None:
    answer = browse("").post("/kk/verify/table/", {"file": upload})
    assert answer.status_code == 422


def test_tables_are_slowed_too(browse: Browse, db: None, still_clock: datetime) -> None:
    client = browse("")
    found = [
        client.post("/kk/verify/table/", {"file": table([[1, "Ким", "NL-CAT-2026-000123-3"]])}).status_code
        for _n in range(7)
    ]
    assert found == [200] * 6 + [429]
