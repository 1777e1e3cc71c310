"""Past records in a browser: a messy register is sent, mended, entered; a person reads it in her record; a claim is vouched for."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from orken.kit.sheets.writing import Column, Table, write_xlsx
from tests.journeys.conftest import IN_EACH_LANGUAGE, Site, Visitor
from tests.journeys.test_cataloguing import worker_at_work
from tests.journeys.test_training import _become

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize(
    "visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True, ids=["kk-wide", "ru-narrow"]
)
WORK = 180_000  # milliseconds that the background may take on a busy machine
BIRTHDAY = b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082")  # fmt: skip


def village(site: Site) -> tuple[str, str]:
    """The village librarian and her library, in Russian, as a register would call them."""
    with closing(sqlite3.connect(site.data / "orken.sqlite3", timeout=120)) as database:
        found = database.execute(
            "SELECT p.surname_ru || ' ' || p.given_ru, u.name_ru FROM people_account a JOIN people_person p ON p.id = a.person_id "
            "JOIN network_appointment n ON n.person_id = p.id AND n.superseded_at IS NULL JOIN network_unit u ON u.id = n.unit_id WHERE a.login = 'village'"
        ).fetchone()
    return str(found[0]), str(found[1])


def messy(site: Site, title: str) -> bytes:
    """Titles above, headings in their own words, the course in a line, a signature below; one row has only initials, one no hours."""
    name, library = village(site)
    surname, given = name.split()[:2]
    rows = [
        ["", "", "", "", "", ""],
        ["№ п/п", "Рег. №", "ФИО слушателя", "Место работы", "Сроки", "Кол-во часов"],
        [f"Курсы «{title}»", "", "", "", "", ""],
        ["1", f"31-{title[-5:]}", name.upper(), library, "с 12 по 16 марта 2018 г.", "36 ч."],
        ["2", f"32-{title[-5:]}", f"{surname} {given[0]}.", library, "19–21.11.2019", "24"],
        ["", "", "Итого: 2", "", "", ""],
        ["Директор ____________", "", "", "", "", ""],
    ]
    with write_xlsx([Table("Журнал", [Column("Журнал регистрации выданных документов"), *[Column("")] * 5], rows)]) as file:  # fmt: skip
        return file.read()


@BOTH
def test_a_messy_register_is_mended_entered_and_read_by_her(visitor: Visitor, site: Site, tmp_path: Path) -> None:
    title = f"Өлкетану {uuid4().hex[:5]}"
    file = tmp_path / "журнал.xlsx"
    file.write_bytes(messy(site, title))
    visitor.sign_in("pavlodar")
    page = visitor.page
    visitor.open("/past-records/")
    visitor.look()
    page.locator("main a[href$='/past-records/registers/']").click()
    expect(page.locator("input[type=file]")).to_be_attached()  # the kit shows a button in its place
    visitor.look()
    page.locator("main form button.main").click()  # nothing chosen: the page says what is missing
    expect(page.locator("[role=alert], .errors").first).to_be_visible()
    visitor.look()
    page.locator("input[type=file]").set_input_files(file)
    unit = page.locator("main [name=unit]")
    if unit.evaluate("one => one.tagName") == "SELECT":
        unit.select_option("KZ-55-LIB")
    else:
        unit.fill("KZ-55-LIB")
    page.locator("main form button.main").click()
    page.wait_for_url(re.compile(r"/past-records/registers/[0-9a-f-]{36}/"))
    register = page.url
    expect(page.locator("main .box table tbody tr, main table tbody tr")).to_have_count(2)
    visitor.look()

    page.locator("main table tbody tr").filter(has=page.locator(".tag.wait")).locator("a").first.click()
    expect(page.locator("input[name=who]")).to_be_visible()
    visitor.look()
    page.locator("input[name=who]").fill("Айгүл")
    page.locator("form[role=search] button").click()
    expect(page.locator("input[name=decision]").first).to_be_visible()
    visitor.look()
    hers = page.locator("label.pick").filter(has_text=re.compile("Жұмабекова Айгүл|Жумабекова Айгуль")).first
    hers.locator("input").check()
    page.locator("main form:not([role=search]) button.main").click()
    page.wait_for_url(register)
    visitor.look()
    page.locator("main a[href$='/columns/']").click()
    expect(page.locator("main h1")).to_be_visible()
    visitor.look()

    page.goto(register)
    with worker_at_work(site):
        page.locator("main form[action$='/apply/'] button.main").click()
        expect(page.locator("main form[action$='/back/'] button")).to_be_visible(timeout=WORK)
    visitor.look()
    page.goto(f"{site.address}/{visitor.language}/past-records/?origin=register")
    expect(page.locator("main")).to_contain_text(title)
    visitor.look()
    page.locator("main table a").filter(has_text=title).first.click()
    expect(page.locator("main h1")).to_have_text(title)
    visitor.look()

    _become(visitor, "village")
    visitor.open("/my/record/")
    expect(page.locator("main")).to_contain_text(title)
    expect(page.locator("main")).to_contain_text(f"31-{title[-5:]}")
    visitor.look()
    with page.expect_download() as download:
        page.locator("main a[href$='record.pdf']").click()
    assert download.value.suggested_filename.endswith(".pdf")


@BOTH
def test_a_claim_is_made_vouched_for_and_told(visitor: Visitor, site: Site, tmp_path: Path) -> None:
    title = f"Каталогтау {uuid4().hex[:5]}"
    photograph = tmp_path / "sertifikat.png"
    photograph.write_bytes(BIRTHDAY)
    visitor.sign_in("village")
    page = visitor.page
    visitor.open("/my/record/")
    page.locator("main a[href$='/my/record/claim/']").click()
    expect(page.locator("input[name=title]")).to_be_visible()
    visitor.look()
    page.locator("main form button.main").click()
    expect(page.locator("[role=alert], .errors").first).to_be_visible()
    visitor.look()
    for name, text in (
        ("title", title),
        ("organiser", "Ұлттық кітапхана"),
        ("hours_stated", "36"),
        ("paper", f"77-{uuid4().hex[:5]}"),
    ):
        page.locator(f"input[name={name}]").fill(text)
    for name, day in (("starts_on", ("15", "4", "2019")), ("ends_on", ("19", "4", "2019"))):
        page.locator(f"[name={name}_day]").fill(day[0])
        page.locator(f"[name={name}_month]").select_option(day[1])
        page.locator(f"[name={name}_year]").fill(day[2])
    page.locator("input[type=file]").set_input_files(photograph)
    page.locator("main form button.main").click()
    expect(page.locator("main")).to_contain_text(title)
    visitor.look()

    _become(visitor, "pavlodar")
    visitor.open("/past-records/?state=sent")
    page.locator("main table a").filter(has_text=title).click()
    expect(page.locator("button[name=vouch]")).to_be_visible()
    visitor.look()
    page.locator("button[name=refuse]").click()  # without a reason: the page asks for it
    expect(page.locator("[role=alert], .errors").first).to_be_visible()
    visitor.look()
    page.locator("button[name=vouch]").focus()
    page.keyboard.press("Enter")  # by keyboard alone
    expect(page.locator("button[name=strike]")).to_be_visible()
    visitor.look()

    _become(visitor, "village")
    visitor.open("/notices/")
    expect(page.locator("main")).to_contain_text(title)
    visitor.look()


@pytest.mark.parametrize("visitor", IN_EACH_LANGUAGE, indirect=True)
def test_the_registers_of_the_demo_can_be_read_in_every_language(visitor: Visitor) -> None:
    visitor.sign_in("registrar")
    page = visitor.page
    visitor.open("/past-records/registers/")
    visitor.look()
    page.locator("main ul.todo a").last.click()
    expect(page.locator("main table tbody tr").first).to_be_visible()
    visitor.look()
    visitor.open("/past-records/")
    visitor.look()
    visitor.open("/verify/?number=ПВЛ-2019/001")
    visitor.look()
