"""Passports, climate and plans in a real browser: a keeper's jobs from the first page to the paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True, ids=["kk-wide", "ru-narrow"])  # fmt: skip
KK = pytest.mark.parametrize("visitor", [pytest.param(("kk", "wide"), id="kk")], indirect=True)


def fill_date(page: Page, name: str, day: int, month: int, year: int) -> None:
    page.locator(f"[name={name}_day]").fill(str(day))
    page.locator(f"[name={name}_month]").select_option(str(month))
    page.locator(f"[name={name}_year]").fill(str(year))


def save(page: Page) -> None:
    page.locator("main form button.main").first.click()


@BOTH
def test_a_passport_from_the_first_page_to_the_paper(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    visitor.sign_in("head")
    visitor.open("/conservation/")
    visitor.look()
    visitor.open("/conservation/passports/")
    visitor.look()
    page.locator("a.btn.main[href$='/passports/new/']").click()
    save(page)
    expect(page.locator(".errors")).to_be_visible()
    visitor.look()
    page.locator("[name=title]").fill(f"Әліппе {visitor.language}")
    page.locator("[name=shelfmark]").fill("Ө 1/7")
    page.locator("[name=kind]").select_option("book")
    page.locator("[name=script]").select_option("arab")
    save(page)
    expect(page.locator("h1")).to_have_text(f"Әліппе {visitor.language}")
    expect(page.locator(".note.wait")).to_be_visible()  # what is missing before it can be issued
    visitor.look()
    record = page.url

    page.locator("a[href$='/edit/description/']").click()
    page.locator("[name=support]").select_option("wood_pulp_paper")
    page.locator("[name=height_mm]").fill("210")
    page.locator("[name=width_mm]").fill("148")
    page.locator("[name=binding]").select_option("cloth")
    visitor.look()
    save(page)

    page.locator("figcaption a").click()
    photo = tmp_path / "photo.jpg"
    Image.new("RGB", (800, 1100), "#e8dcc0").save(photo)
    page.locator("input[type=file]").set_input_files(photo)
    visitor.look()
    save(page)
    expect(page.locator("img.overview")).to_be_visible()
    assert page.locator("img.overview").evaluate("picture => picture.naturalWidth") > 0, "the overview is drawn"

    page.locator("a.btn[href$='/damage/']").click()
    page.locator("[name=code]").select_option("W2")
    page.locator("[name=severity][value='2']").check()
    page.locator("[name=cells]").fill("Z9")
    save(page)
    expect(page.locator(".errors a")).to_contain_text("B3")
    visitor.look()
    page.locator("[name=cells]").fill("E7-H10")
    save(page)
    expect(page.locator("tbody tr")).to_have_count(1)
    visitor.look()

    page.goto(f"{record}edit/proposal/")
    page.locator("[name=step_1]").select_option("T01")
    page.locator("[name=step_2]").select_option("T40")
    visitor.look()
    save(page)
    page.goto(f"{record}edit/storage/")
    fill_date(page, "next_on", 1, 9, 2028)
    visitor.look()
    save(page)
    page.locator("form[action$='/issue/'] button").click()
    expect(page.locator(".tag.ok").first).to_be_visible()
    expect(page.locator("code.seal")).to_have_text(re.compile(r"[0-9a-f]{64}"))
    visitor.look()
    paper = page.request.get(f"{record}paper.pdf")
    assert paper.status == 200 and paper.body().startswith(b"%PDF-1.7")
    assert page.request.get(f"{record}item/").status == 404, "an issued passport has no forms"

    page.locator("form[action$='/renew/'] button").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert page.url != record


@BOTH
def test_the_damp_store_is_seen_and_a_file_of_a_logger_is_sent_and_taken_back(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    visitor.sign_in("national")
    visitor.open("/conservation/climate/")
    expect(page.locator(".tag.wait, .tag.ok, .tag.stop").first).to_be_visible()
    visitor.look()
    page.locator(".todo a", has_text="Сирек" if visitor.language == "kk" else "редкого").click()
    expect(page.locator("svg.chart")).to_be_visible()
    expect(page.locator(".note.stop")).to_contain_text("65 %")
    visitor.look()
    page.locator("details summary").last.click()
    visitor.look()
    page.locator("a.btn.main[href$='/readings/']").click()
    visitor.look()
    log = tmp_path / "log.csv"
    day = 2 if visitor.language == "kk" else 3
    hour = 10 if page.viewport_size == {"width": 1280, "height": 900} else 12
    log.write_text(
        f"Дата;Время;Температура;Влажность\n0{day}.11.2026;{hour}:00;18,2;55\n0{day}.11.2026;22:{hour};кате;55\n",
        encoding="cp1251",
    )
    page.locator("input[type=file]").set_input_files(log)
    page.locator("main form button.main").nth(1).click()
    expect(page.locator(".toast")).to_contain_text("1")
    expect(page.locator(".note.wait").first).to_contain_text("кате")
    visitor.look()
    page.locator(".toast button").click()
    expect(page.locator(".note.ok").first).to_contain_text("1")


@BOTH
def test_a_plan_is_put_together_by_keyboard_alone_and_checked(visitor: Visitor) -> None:
    page = visitor.page
    visitor.sign_in("student")
    visitor.open("/conservation/treatment/")
    visitor.look()
    page.locator("a[href$='/quiet-newspaper/']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-plan-empty]")).to_be_visible()
    visitor.look()
    for step in ("T02", "T01", "T40", "T44"):
        page.locator(f"[data-step={step}] [data-add]").focus()
        page.keyboard.press("Enter")
        expect(page.locator("[data-plan-steps] li").last).to_contain_text(step)
    page.locator("[data-plan-steps] li").nth(1).locator("button").first.focus()
    page.keyboard.press("Enter")  # T01 moves up
    expect(page.locator("[data-plan-steps] li").first).to_contain_text("T01")
    expect(page.locator(":focus")).to_have_count(1)
    visitor.look()
    page.locator("form.plan-form > p > button.main").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#v-title")).to_contain_text("100")
    visitor.look()


@BOTH
def test_a_forbidden_step_is_told_with_its_reason_and_source(visitor: Visitor) -> None:
    page = visitor.page
    visitor.sign_in("student")
    visitor.open("/conservation/treatment/mouldy-ledger/")
    page.locator("[data-step=T10] [data-add]").click()
    page.locator("form.plan-form > p > button.main").click()
    expect(page.locator(".note.stop").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("R-024")
    visitor.look()
    visitor.open("/conservation/treatment/rules/")
    visitor.look()


@BOTH
def test_a_chart_is_read_and_the_answer_explained(visitor: Visitor) -> None:
    page = visitor.page
    visitor.sign_in("student")
    visitor.open("/conservation/climate/practice/?seed=7")
    visitor.look()
    assert page.locator("rect.alarm").count() == 0, "the chart tells no alarm before the answer"
    page.locator("#a-mould").select_option(index=13)
    page.locator("[name=action][value=damp]").check()
    page.locator("#c-mean").fill("58,5")
    page.locator("main form button.main").last.click()
    expect(page.locator("#verdict h2")).to_be_visible()
    expect(page.locator("rect.alarm")).to_have_count(1)
    visitor.look()


@KK
def test_a_plan_works_without_any_script(visitor: Visitor) -> None:
    browser = visitor.page.context.browser
    assert browser is not None
    visitor.sign_in("student")
    signed_in = visitor.page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, locale="kk", storage_state=signed_in)
    page = context.new_page()
    page.goto(f"{visitor.site.address}/kk/conservation/treatment/quiet-newspaper/")
    for number, step in enumerate(("T01", "T02", "T40", "T44"), start=1):
        page.locator(f"#n-{step}").fill(str(number))
    page.locator("form.plan-form > p > button.main").click()
    expect(page.locator("#v-title")).to_contain_text("100")
    context.close()


@BOTH
def test_a_restorer_decides_on_a_rule_closes_a_store_and_throws_a_draft_away(visitor: Visitor) -> None:
    page = visitor.page
    visitor.sign_in("national")
    visitor.open("/conservation/treatment/rules/")
    visitor.look()
    before = page.locator("tbody .tag.wait").count()
    page.locator("tbody tr:has(.tag.wait) th a").first.click()
    save(page)
    expect(page.locator(".errors, .error, [aria-invalid=true]").first).to_be_visible()
    visitor.look()
    page.locator("[name=why]").fill("Реставраторлар кеңесі")
    save(page)
    expect(page.locator(".head .tag.ok")).to_be_visible()
    visitor.look()
    visitor.open("/conservation/treatment/rules/")
    expect(page.locator("tbody .tag.wait")).to_have_count(before - 1)

    visitor.open("/conservation/climate/")
    page.locator("ul.todo a").first.click()
    store = page.url
    page.locator("details:has(form[action$='/close/']) summary").click()
    visitor.look()
    page.locator("form[action$='/close/'] button").click()
    expect(page.locator("form[action$='/open/'] button")).to_be_visible()
    visitor.look()
    visitor.open("/conservation/climate/")
    page.locator("details summary").last.click()
    expect(page.locator(f"details a[href='{store.split(visitor.site.address)[1]}']")).to_have_count(1)
    visitor.look()
    page.goto(store)
    page.locator("form[action$='/open/'] button").click()  # the next visitor finds it as it was
    expect(page.locator("form[action$='/close/']")).to_have_count(1)

    visitor.open("/conservation/passports/new/")
    page.locator("[name=unit]").fill("NL")
    page.locator("[name=title]").fill("Қате басталған")
    page.locator("[name=shelfmark]").fill("Қ 0")
    save(page)
    expect(page.locator("h1")).to_have_text("Қате басталған")
    draft = page.url
    page.locator("a[href$='/drop/']").click()
    visitor.look()
    page.locator("main form button").click()
    page.wait_for_url("**/conservation/passports/")
    answer = page.goto(draft)
    assert answer is not None and answer.status == 404
