"""Pages of past records: who reaches which, what they ask the database, what the trail and her own file tell."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from orken.credentials.models import PastList, PastRecord
from orken.credentials.past import lists
from orken.kit.jobs.models import Work
from orken.people.models import Account, Look
from tests.credentials.conftest import broken
from tests.credentials.past import HEAD, line, posts, states, taken, worked_off, xlsx
from tests.credentials.test_pages import PNG, day
from tests.credentials.test_past_claims import claimed

Browse = Callable[[str], Client]
Accounts = Callable[[str], Account]
KEEPERS = {"pavlodar", "national", "registrar"}
LOGINS = ("pavlodar", "national", "registrar", "head", "director", "village", "trainer", "administrator")


@pytest.fixture
def register(account: Accounts) -> PastList:
    """A register with a row that is found, one in doubt and one that nobody is."""
    one, two, three = posts(3)
    short = f"{two.person.surname_ru} {two.person.given_ru[:1]}."
    return taken([line(one), line(two, 2, name=short), line(three, 3, name="Неизвестная Никто")], account("pavlodar"))


def answers(browse: Browse, address: str) -> dict[str, int]:
    return {login: browse(login).get(address).status_code for login in LOGINS}


def test_who_reaches_a_register(register: PastList, browse: Browse) -> None:
    row = register.rows.first()
    assert row is not None
    for name, more in (("past_list", []), ("past_columns", []), ("past_row", [row.pk])):
        found = answers(browse, reverse(f"credentials:{name}", args=[register.pk, *more]))
        assert {login for login, status in found.items() if status == 200} == KEEPERS, name
        assert set(found.values()) == {200, 404}
    for name in ("past_apply", "past_back"):
        address = reverse(f"credentials:{name}", args=[register.pk])
        assert {browse(login).post(address).status_code for login in ("head", "village", "trainer")} == {404}
        assert browse("pavlodar").get(address).status_code == 405


def test_who_reaches_a_record_and_a_claim(register: PastList, browse: Browse, account: Accounts) -> None:
    lists.apply(table=register, by=account("pavlodar"))
    record = PastRecord.objects.get(source=register)
    found = answers(browse, record.get_absolute_url())
    assert {login for login, status in found.items() if status == 200} >= KEEPERS and found["village"] == found["trainer"] == 404  # fmt: skip
    claim = claimed(account("village"))
    found = answers(browse, claim.get_absolute_url())
    assert {login for login, status in found.items() if status == 200} == {"pavlodar", "national"}
    address = reverse("credentials:withdraw_claim", args=[claim.pk])
    assert browse("head").post(address).status_code == 404
    assert browse("village").post(address).status_code == 302


def test_no_page_asks_more_than_fifteen_times(register: PastList, browse: Browse, account: Accounts) -> None:
    claim = claimed(account("village"))
    row = register.rows.get(state="doubtful")
    record = PastRecord.objects.filter(state="confirmed", origin="register").first()
    assert record is not None
    asked = {
        "pavlodar": [
            "/kk/past-records/", "/kk/past-records/registers/", register.get_absolute_url(), f"{register.get_absolute_url()}columns/",
            f"{register.get_absolute_url()}rows/{row.pk}/?who=Айгүл", claim.get_absolute_url(), record.get_absolute_url(), "/kk/verify/?number=ПВЛ-001",
        ],
        "village": ["/kk/my/record/", "/kk/my/record/claim/"],
        "national": ["/kk/past-records/?state=sent", "/kk/past-records/registers/"],
    }  # fmt: skip
    over = {}
    for login, addresses in asked.items():
        client = browse(login)
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                status = client.get(address).status_code
            if len(queries) > 15 or status != 200:
                over[login, address] = (len(queries), status)
    assert over == {}


def test_a_registrars_whole_way_by_the_pages(browse: Browse, account: Accounts) -> None:
    one, two = posts(2)
    short = f"{two.person.surname_ru} {two.person.given_ru[:1]}."
    pavlodar = browse("pavlodar")
    file = SimpleUploadedFile("журнал.xlsx", xlsx(HEAD, line(one), line(two, 2, name=short)).read())
    assert pavlodar.post("/kk/past-records/registers/", {"unit": "KZ-55-LIB"}).status_code == 422
    bad = SimpleUploadedFile("x.pdf", b"%PDF-1.4")
    assert "PDF" in pavlodar.post("/kk/past-records/registers/", {"file": bad, "unit": "KZ-55-LIB"}).content.decode()
    answer = pavlodar.post("/kk/past-records/registers/", {"file": file, "unit": "KZ-55-LIB"})
    table = PastList.objects.exclude(file_name__contains="2019").get()
    assert answer.status_code == 302 and states(table) == ["found", "doubtful"]
    row = table.rows.get(state="doubtful")
    address = reverse("credentials:past_row", args=[table.pk, row.pk])
    page = pavlodar.get(f"{address}?who={two.person.given_kk}").content.decode()
    assert f'value="same:{two.person_id}"' in page
    assert pavlodar.post(address, {"decision": "same:999999999"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "doubtful"  # nobody of hers: nothing was decided
    assert pavlodar.post(address, {"decision": f"same:{two.person_id}"}).status_code == 302
    assert pavlodar.post(reverse("credentials:past_apply", args=[table.pk])).status_code == 302
    assert "data-progress" in pavlodar.get(table.get_absolute_url()).content.decode()
    assert pavlodar.post(reverse("credentials:past_apply", args=[table.pk])).status_code == 302  # pressed twice
    assert Work.objects.filter(kind="credentials.apply_register").count() == 1
    worked_off("credentials.apply_register")
    assert PastRecord.objects.filter(source=table, state="confirmed").count() == 2
    assert pavlodar.get(address).status_code == 200
    assert pavlodar.post(reverse("credentials:past_back", args=[table.pk])).status_code == 302
    worked_off("credentials.take_back_register")
    assert PastRecord.objects.filter(source=table, state="undone").count() == 2 and broken() == set()
    assert pavlodar.post(address, {"decision": "skip"}).status_code == 302  # it stands


def test_she_claims_reads_and_takes_away(browse: Browse, account: Accounts) -> None:
    village = browse("village")
    said = {"title": "Каталогтау практикумы", "organiser": "Ұлттық кітапхана", "hours_stated": "36", "paper": "77-К"}
    from datetime import date

    when = {**day("starts_on", date(2019, 4, 15)), **day("ends_on", date(2019, 4, 19))}
    assert village.post("/kk/my/record/claim/", said).status_code == 422
    file = SimpleUploadedFile("c.png", PNG)
    assert village.post("/kk/my/record/claim/", {**said, **when, "evidence": file}).status_code == 302
    assert village.post("/kk/my/record/claim/", {**said, **when, "evidence": SimpleUploadedFile("d.png", PNG)}).status_code == 422  # fmt: skip
    claim = PastRecord.objects.get(person=account("village").person, title=said["title"])
    page = village.get("/kk/my/record/").content.decode()
    assert "77-К" in page and "қағаздан" in page and "Қағаздан, бөлек есептеледі" in page
    pavlodar = browse("pavlodar")
    assert pavlodar.post(claim.get_absolute_url(), {"refuse": "1", "reason": ""}).status_code == 422
    assert pavlodar.post(claim.get_absolute_url(), {"vouch": "1"}).status_code == 302
    assert pavlodar.post(claim.get_absolute_url(), {"vouch": "1"}).status_code == 302  # decided already: stays
    assert pavlodar.post(claim.get_absolute_url(), {"strike": "1", "reason": "Қате"}).status_code == 302
    claim.refresh_from_db()
    assert claim.state == "struck"


def test_what_is_held_about_her_has_a_sheet_for_each(browse: Browse, account: Accounts) -> None:
    import io

    claimed(account("village"))
    answer = browse("village").get(reverse("network:held_file"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    for name in ("Сертификаттар", "Оқу сағаттары", "Бұрынғы оқу жазбалары", "Басқа жерде өткен оқу"):
        assert name in book.sheet_names, (name, book.sheet_names)
    told = [cell for row in book.get_sheet_by_name("Бұрынғы оқу жазбалары").to_python() for cell in row]
    assert "Каталогтау практикумы" in told
    assert "/my/record/" in browse("village").get("/kk/about-me/").content.decode()


def test_a_number_on_paper_is_unknown_to_everybody_but_a_personnel_officer(register: PastList, browse: Browse, account: Accounts) -> None:  # fmt: skip
    lists.apply(table=register, by=account("pavlodar"))
    record = PastRecord.objects.get(source=register)
    address = f"/kk/verify/?number={record.paper}"
    for login in ("", "village", "trainer"):
        assert record.title not in browse(login).get(address).content.decode(), login
    page = browse("pavlodar").get(address).content.decode()
    assert (
        record.title in page
        and record.person.full_name("kk") in page
        and "Бұрынғы жылдардың қағаз журналдарында" in page
    )
    whole = "/kk/verify/NL-CAT-2026-000123-3/"
    assert "қағаз журналдарында" not in browse("pavlodar").get(whole).content.decode()


def test_a_list_of_past_records_that_leaves_is_traced(register: PastList, browse: Browse, account: Accounts) -> None:
    lists.apply(table=register, by=account("pavlodar"))
    record = PastRecord.objects.get(source=register)
    answer = browse("national").get("/kk/past-records/?format=xlsx")
    assert answer.status_code == 200
    assert Look.objects.filter(person=record.person, by_id=account("national").pk).exists()


def test_the_demo_has_a_register_rows_in_doubt_and_claims(account: Accounts) -> None:
    table = PastList.objects.get()
    assert (table.state, table.counts["found"], table.counts["doubtful"]) == ("applied", 37, 3)
    assert json.dumps(table.counts) and set(PastRecord.objects.filter(origin="claim").values_list("state", flat=True)) == {"sent", "confirmed"}  # fmt: skip
    assert PastRecord.objects.filter(source=table, person=account("village").person).count() == 1
