"""The jobs of those who keep the register of people, done in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Site, Visitor, worker
from tests.network.staff_list.sheets import xlsx

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True)
HEADS = ("№", "Аты-жөні", "ЖСН", "Туған күні", "Кітапхана атауы", "Кім болып істейді", "Білімі", "Ұялы телефоны")


def work_off(site: Site) -> None:
    """A worker empties the lanes, as the one of `make start` does."""
    assert worker(site, once=True).wait() == 0


@BOTH
def test_a_messy_list_of_a_district_becomes_part_of_the_register(visitor: Visitor, site: Site, tmp_path: Path) -> None:
    mark, born, phone = (
        ("Е", "12.03.1985", "8 701 111 22 33") if visitor.language == "kk" else ("Ж", "14.7.90", "87022223344")
    )
    # Somebody of this list under another spelling; in the second language somebody of another district.
    twin = (
        ["Джанбулатова Гульнара Сериковна", "", "17.05.1983"] if mark == "Е" else ["Ахметова Айгуль", "", "3.02.1979"]
    )
    rows: list[list[Any]] = [
        [1, 2, 3, 4, 5, 6, 7, 8],
        ["Ертіс ауданының кітапханалары"],
        [
            1,
            f"{mark}рмекова Гүлнар Серікқызы",
            "",
            born,
            "Ынтымак с. кітапханасы",
            "Кітапханашы",
            "жоғары, кітапханалық",
            phone,
        ],
        [2, f"{mark}СЕНГЕЛДІ ӘСЕМ", "850312400008", "", "Көктал", "библиотекарь, методист", "орта арнаулы", ""],
        [3, *twin, "Ертіс ОКЖ", "кітапханашы", "", ""],
        ["", "Барлығы: 3"],
        ["", "Директор ___________ Қ. Асанов"],
    ]
    file = tmp_path / "тізім.xlsx"
    file.write_bytes(xlsx(rows, heads=HEADS, above=["Ертіс ауданы", "2026 жылғы 1 қарашаға"]).read())
    visitor.sign_in("pavlodar")
    visitor.open("/network/staff/")
    page = visitor.page
    page.locator(".head a.btn.main").click()
    visitor.look()
    page.locator("select[name=unit]").select_option("KZ-55-D03")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main form button.main").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    visitor.look()

    # The column of posts has a heading of its own kind: named once, remembered.
    if page.locator("tbody .tag.stop").count() == 3:
        page.locator("main details").first.locator("summary").click()
        page.locator("main details a.btn").click()
        page.locator("#c-0-5").select_option("post")
        visitor.look()
        page.locator("main form button.main").click()
    expect(page.locator("tbody .tag.ok")).to_have_count(1)
    expect(page.locator("tbody .tag.stop")).to_have_count(1)

    # A mistyped number is mended in place, then the doubtful row comes by itself.
    page.locator("tbody tr", has=page.locator(".tag.stop")).locator("a").click()
    expect(page.locator("#f-iin")).to_have_value("8503••••••08")
    visitor.look()
    page.locator("#f-iin").fill("")
    page.locator("main form button.main").click()
    expect(page.locator("fieldset")).to_be_visible()
    visitor.look()
    page.locator("fieldset input").first.check()
    page.locator("main form button.main").click()
    expect(page.locator("tbody .tag.stop")).to_have_count(0)

    page.locator("main form button.main").first.click()
    expect(page.locator("progress")).to_be_visible()
    visitor.look()
    work_off(site)
    expect(page.locator("h1")).to_contain_text(re.compile("өзгертті|изменил"))
    visitor.look()

    # Found by any spelling, in any alphabet.
    for spelling in (f"{mark}рмекова", "ermekova" if mark == "Е" else "zhrmekova"):
        visitor.open(f"/network/staff/?q={spelling}+гульнара")
        expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody a").first.click()
    expect(page.locator("h1")).to_contain_text("рмекова")
    expect(page.locator("main")).to_contain_text("+77011112233" if mark == "Е" else "+77022223344")
    visitor.look()


@BOTH
def test_duplicates_are_resolved_and_a_joining_is_taken_back(visitor: Visitor) -> None:
    visitor.sign_in("pavlodar")
    visitor.open("/network/staff/twins/")
    page = visitor.page
    many = page.locator(".todo.acts > li a.btn").count()
    assert many >= 2
    visitor.look()
    if visitor.language == "kk":  # two women of one name: said once, asked no more
        page.locator("main li", has_text="Ахметова").first.locator("a.btn").click()
        visitor.look()
        page.locator("button[value=apart]").click()
        expect(page.locator("main li", has_text="Ахметова")).to_have_count(0)
        many -= 1
    page.locator(".todo.acts > li a.btn").first.click()
    for field in page.locator("fieldset").all():
        field.locator("input").first.check()
    page.locator("button[value=join]").click()
    expect(page.locator(".toast")).to_be_visible()
    visitor.look()
    page.locator(".toast button").click()
    expect(page.locator("h1")).to_contain_text(re.compile("қайталанулар|дубликаты"))
    expect(page.locator(".todo.acts > li a.btn")).to_have_count(many)


@BOTH
def test_a_librarian_reads_what_is_held_about_her_and_asks(visitor: Visitor) -> None:
    visitor.sign_in("village")
    visitor.open("/about-me/")
    page = visitor.page
    visitor.look()
    expect(page.locator("h1")).to_have_text(
        "Мен туралы не сақталған" if visitor.language == "kk" else "Что хранится обо мне"
    )
    page.locator("aside form button").click()
    expect(page.locator("aside .tag.ok")).to_be_visible()
    page.locator("aside form button").click()
    page.locator("main .head a.btn").click()
    page.locator("main form button.main").click()
    expect(page.locator(".errors")).to_be_focused()
    visitor.look()
    kind = "correction" if visitor.language == "kk" else "blocking"
    page.locator(f"input[value={kind}]").check()
    page.locator("textarea").fill("Әкемнің аты қате жазылған")
    page.locator("main form button.main").click()
    expect(page.locator("main .tag.wait").first).to_be_visible()
    visitor.look()


@BOTH
def test_a_surname_changes_with_a_marriage_and_the_old_one_still_finds_her(visitor: Visitor) -> None:
    visitor.sign_in("pavlodar")
    visitor.open("/network/staff/?q=Сейткали+Меруерт")
    page = visitor.page
    page.locator("tbody a").first.click()
    expect(page.locator(".times")).to_contain_text(re.compile("Қасымова|Касымова"))
    visitor.look()
    visitor.open("/network/staff/?q=Касымова+Меруерт")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody a").first.click()
    expect(page.locator(".times")).to_be_visible()
    before = page.locator(".times li").count()
    page.locator("aside a").first.click()
    visitor.look()
    new = "Тұрсынова" if visitor.language == "kk" else "Омарова"
    page.locator("[name=surname_kk]").fill(new)
    page.locator("input[name=reason][value=marriage]").check()
    page.locator("[name=on_day]").fill("2")
    page.locator("[name=on_month]").select_option("11")
    page.locator("[name=on_year]").fill("2026")
    page.locator("main form button.main").click()
    expect(page.locator(".times li")).to_have_count(before + 1)
    visitor.look()
