"""The jobs of those who keep the network, done in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from orken.kit.sheets.writing import Column, Table, write_xlsx
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey
KK = pytest.mark.parametrize("visitor", [("kk", "wide")], indirect=True)
BOTH = pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True)


@BOTH
def test_a_name_is_corrected_after_a_mistake_and_the_correction_is_undone(visitor: Visitor) -> None:
    visitor.sign_in("pavlodar")
    visitor.open("/network/unit/KZ-55-D03-02/names/")
    page = visitor.page
    kept = page.locator("[name=name_kk]").input_value()
    page.locator("[name=name_kk]").fill("")
    page.locator("[name=on_day]").fill("31")
    page.locator("[name=on_month]").select_option("2")
    page.locator("main form button.main").click()
    summary = page.locator(".errors")
    expect(summary).to_be_focused()
    expect(summary.locator("li")).to_have_count(2)
    visitor.look()
    summary.locator("a").first.click()
    expect(page.locator("[name=name_kk]")).to_be_focused()
    page.locator("[name=name_kk]").fill("Жаңа атау")
    page.locator("[name=name_ru]").fill("Новое название")
    page.locator("[name=on_day]").fill("1")
    page.locator("main form button.main").click()
    expect(page.locator("h1")).to_contain_text("Жаңа атау" if visitor.language == "kk" else "Новое название")
    visitor.look()
    page.locator(".toast button").click()
    visitor.open("/network/unit/KZ-55-D03-02/names/")
    expect(page.locator("[name=name_kk]")).to_have_value(kept)


@KK
def test_libraries_without_a_line_are_filtered_saved_as_a_view_and_noted_at_once(visitor: Visitor) -> None:
    visitor.sign_in("pavlodar")
    visitor.open("/network/")
    page = visitor.page
    page.locator("#f-internet").select_option("none")
    page.locator("#f-kind").select_option("branch")
    page.locator(".filters button").click()
    expect(page).to_have_url(re.compile(r"/network/\?kind=branch&internet=none$"))
    page.locator("summary", has_text="Көріністі сақтау").click()
    page.locator("#view-name").fill("Желісіздер")
    page.locator("details[open] button", has_text="Сақтау").click()
    expect(page.locator(".tabs [aria-current]")).to_have_text("Желісіздер")
    expect(page.locator(".bulk")).to_be_hidden()
    page.locator("tbody input[name=pick]").first.check()
    expect(page.locator(".bulk")).to_contain_text("1")
    visitor.look()
    page.locator("[data-pick-all] input").check()
    chosen = page.locator("tbody input[name=pick]:checked").count()
    assert chosen == page.locator("tbody tr").count()
    page.locator(".bulk button").click()
    page.locator("input[name=internet][value=weak]").check()
    visitor.look()
    page.locator("main form button.main").click()
    expect(page.locator(".toast")).to_contain_text(str(chosen))
    page.locator(".toast button").click()
    visitor.open("/network/?internet=none&kind=branch")
    expect(page.locator("tbody tr")).to_have_count(chosen)


@KK
def test_a_table_is_looked_through_applied_and_taken_back(visitor: Visitor, tmp_path: Path) -> None:
    heads = ("Код", "Вид", "Код вышестоящей", "Атауы қазақша", "Интернет")
    rows = [
        ["KZ-55-D01-60", "Библиотека-филиал", "KZ-55-D01", "Шалқар ауылдық кітапханасы", "Слабая связь"],
        ["KZ-11-D01", "", "", "Бөтен", ""],
    ]
    table = tmp_path / "тізім.xlsx"
    with write_xlsx([Table("Тізім", [Column(head) for head in heads], rows)]) as file:
        table.write_bytes(file.read())
    visitor.sign_in("pavlodar")
    visitor.open("/network/import/")
    page = visitor.page
    with page.expect_file_chooser() as chooser:  # the button speaks Kazakh whatever the browser's language
        page.get_by_role("button", name="Файл таңдау").click()
    chooser.value.set_files(table)
    expect(page.get_by_text("тізім.xlsx")).to_be_visible()
    page.locator("main form button.main").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tbody")).to_contain_text("қабылданбады")
    visitor.look()
    page.locator("main form button.main").click()
    visitor.open("/search/?q=шалқардың кітапханасы")
    expect(page.locator("main h3")).to_have_text("Шалқар ауылдық кітапханасы")
    visitor.open("/network/import/")
    page.locator("main a", has_text="тізім.xlsx").first.click()
    page.locator("main button", has_text="Бәрін қайтару").click()
    visitor.open("/search/?q=шалқардың кітапханасы")
    expect(page.locator("main h3")).to_have_count(0)


@BOTH
def test_a_branch_is_opened_one_question_a_page(visitor: Visitor) -> None:
    visitor.sign_in("pavlodar")
    visitor.open("/network/unit/KZ-55-D02/")
    page = visitor.page
    page.locator("aside a[href$='/open/kind/']").click()
    page.locator("main form button.main").click()
    expect(page.locator(".errors")).to_be_visible()
    visitor.look()
    page.locator("input[value=branch]").check()
    page.locator("main form button.main").click()
    page.locator("[name=name_kk]").fill("Бәйтерек ауылдық кітапханасы")
    page.locator("main form button.main").click()
    page.locator("[name=locality][value=rural]").check()
    page.locator("main form button.main").click()
    page.locator("[name=code]").fill(f"KZ-55-D02-9{visitor.language == 'ru':d}")
    for part, value in (("day", "1"), ("year", "2026")):
        page.locator(f"[name=on_{part}]").fill(value)
    page.locator("[name=on_month]").select_option("9")
    page.locator("main form button.main").click()
    expect(page.locator("dl.sums")).to_contain_text("Бәйтерек")
    visitor.look()
    page.locator("dl.sums a").nth(1).click()
    page.locator("[name=name_ru]").fill("Библиотека села Байтерек")
    page.locator("main form button.main").click()
    expect(page.locator("dl.sums")).to_contain_text("Байтерек")
    page.locator("main form button.main").click()
    expect(page.locator("h1")).to_contain_text("Б")
    expect(page.locator("main")).to_contain_text("KZ-55-D02-9")


@KK
def test_semey_is_opened_as_of_a_day_of_2021(visitor: Visitor) -> None:
    visitor.enter("national")
    page = visitor.page
    page.locator(".steps a").nth(1).click()
    expect(page.locator(".note.wait")).to_contain_text("Шығыс Қазақстан облысы")
    visitor.look()
    page.locator(".note.wait a").click()
    expect(page.locator(".crumbs")).to_contain_text("Абай")


@KK
def test_pavlodar_does_not_see_akmola(visitor: Visitor) -> None:
    visitor.sign_in("pavlodar")
    visitor.open("/network/unit/KZ-11-LIB/")
    expect(visitor.page.locator("h1")).to_have_text("Мұнда ондай бет жоқ")
    # Her list knows one region only, so an address that asks for another shows what is hers.
    visitor.open("/network/?region=KZ-11")
    links = visitor.page.locator("tbody th a")
    assert links.count() > 0
    assert all(
        "/KZ-55" in str(link.get_attribute("href")) or "-PVL/" in str(link.get_attribute("href"))
        for link in links.all()
    )
    assert "Ақмола" not in visitor.page.locator("main").inner_text()


@KK
def test_every_persona_enters_and_leaves(visitor: Visitor) -> None:
    visitor.open("/demo/")
    logins = [button.get_attribute("value") for button in visitor.page.locator("button[name=login]").all()]
    assert len(logins) == 11
    for login in logins:
        visitor.enter(str(login))
        visitor.look()
        visitor.page.locator("details.drop > summary.me").click()
        visitor.page.locator("details.drop form button").click()
        expect(visitor.page.locator("a.btn", has_text="Кіру").first).to_be_visible()
