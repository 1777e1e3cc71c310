"""Every main page in three languages at two widths, with axe looking over the shoulder."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import EVERYWHERE, Visitor

pytestmark = pytest.mark.journey

PUBLIC = [
    "/",
    "/region/KZ-55/",
    "/school/NL-CONSERVATION/",
    "/search/?q=библиотеки",
    "/verify/?number=123",
    "/demo/",
    "/account/login/",
    "/account/password/reset/",
    "/kit/",
    "/nothing/",
]
OF_PAVLODAR = [
    "/desk/", "/network/", "/network/?locality=rural&sort=-staff", "/network/?q=жоқжоқ", "/network/unit/KZ-55-D02/", "/network/unit/KZ-55-LIB/?on=2010-01-01",
    "/network/unit/KZ-55-D02/names/", "/network/unit/KZ-55-D02/traits/", "/network/unit/KZ-55-D02/open/kind/", "/network/unit/KZ-55-D02/appoint/?q=а",
    "/network/import/", "/network/staff/", "/roles/", "/trail/", "/account/password/change/",
]  # fmt: skip


@pytest.mark.parametrize("visitor", EVERYWHERE, indirect=True)
def test_everybody_reads_the_public_pages(visitor: Visitor) -> None:
    for path in PUBLIC:
        visitor.open(path)
        visitor.look()


@pytest.mark.parametrize("visitor", EVERYWHERE, indirect=True)
def test_a_methodologist_finds_her_way_around(visitor: Visitor) -> None:
    visitor.enter("pavlodar")
    for path in OF_PAVLODAR:
        visitor.open(path)
        visitor.look()


@pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True)
def test_one_tap_changes_the_language_and_keeps_the_page(visitor: Visitor) -> None:
    visitor.open("/region/KZ-55/?a=1")
    visitor.page.locator(".top .langs a[lang=en]").click()
    expect(visitor.page).to_have_url(re.compile(r"/en/region/KZ-55/\?a=1$"))
    visitor.page.goto(f"{visitor.site.address}/verify/")
    expect(visitor.page).to_have_url(re.compile(r"/en/verify/$"))


@pytest.mark.parametrize("visitor", [("kk", "narrow")], indirect=True)
def test_the_menu_of_a_telephone_opens_by_keyboard_and_leads_on(visitor: Visitor) -> None:
    visitor.enter("pavlodar")
    menu = visitor.page.locator("button.menu")
    expect(visitor.page.locator("#nav")).to_be_hidden()
    menu.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#nav")).to_be_visible()
    visitor.look()
    visitor.page.locator("#nav a", has_text="Кітапханалар").click()
    expect(visitor.page).to_have_url(re.compile(r"/kk/network/$"))


@pytest.mark.parametrize("visitor", [("kk", "wide")], indirect=True)
def test_first_steps_of_the_keyboard_lead_past_the_head(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.page.keyboard.press("Tab")
    skip = visitor.page.locator(".skip")
    expect(skip).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()


@pytest.mark.parametrize("visitor", [("kk", "narrow"), ("ru", "narrow")], indirect=True)
def test_a_telephone_shows_the_list_first_and_tells_what_is_chosen(visitor: Visitor) -> None:
    visitor.sign_in("national")
    visitor.open("/training/")
    page, words = visitor.page, {"kk": "Іздеу және сүзгілер", "ru": "Поиск и фильтры"}[visitor.language]
    summary, state = page.locator(".sift > summary"), page.locator("#f-state")
    expect(summary).to_have_text(words)
    expect(state).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(state).to_be_visible()
    visitor.look()
    state.select_option("running")
    page.locator(".filters button").click()
    expect(summary).to_contain_text(f"{words}: ")
    expect(state).to_be_hidden()
    visitor.look()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(state).to_be_visible()
    expect(summary).to_be_hidden()


@pytest.mark.parametrize("visitor", [("ru", "narrow")], indirect=True)
def test_the_filters_of_a_telephone_open_without_script(visitor: Visitor) -> None:
    context = visitor.page.context.browser.new_context(  # type: ignore[union-attr]  # a real browser
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(f"{visitor.site.address}/ru/calendar/")
    expect(page.locator("[name=kind]")).to_be_hidden()
    page.locator(".sift > summary").click()
    page.locator("[name=kind]").select_option("webinar")
    page.locator(".sift button").click()
    expect(page.locator(".sift > summary")).to_have_text("Поиск и фильтры: вебинар")
    context.close()


@pytest.mark.parametrize("visitor", [("kk", "narrow"), ("en", "narrow")], indirect=True)
def test_the_tabs_of_a_run_are_one_row_with_the_tab_of_the_page_in_view(visitor: Visitor) -> None:
    visitor.sign_in("national")
    for part, place in (("", 0), ("attendance/", 4), ("costs/", 9)):
        visitor.open(f"/training/NL-2026-42/{part}")
        tabs = visitor.page.locator(".tabs").first.locator("a")
        expect(tabs).to_have_count(10)
        expect(tabs.nth(place)).to_have_attribute("aria-current", "page")
        expect(tabs.nth(place)).to_be_in_viewport(ratio=0.9)
        assert len({round(box["y"]) for one in tabs.all() if (box := one.bounding_box())}) == 1
    # By the keyboard every tab is reached, and it is seen when it is.
    tabs.nth(9).focus()
    for place in (8, 7, 6, 5):
        visitor.page.keyboard.press("Shift+Tab")
        expect(tabs.nth(place)).to_be_focused()
        expect(tabs.nth(place)).to_be_in_viewport(ratio=0.9)
    visitor.look()


@pytest.mark.parametrize("visitor", [("kk", "wide")], indirect=True)
def test_the_first_visit_stays_light(visitor: Visitor) -> None:
    sizes: dict[str, int] = {}
    visitor.page.on(
        "response", lambda answer: sizes.__setitem__(answer.url, answer.request.sizes()["responseBodySize"])
    )
    visitor.open("/")
    visitor.page.wait_for_load_state("networkidle")
    assert all(address.startswith(visitor.site.address) for address in sizes), "nothing loads from another host"
    assert sum(sizes.values()) < 150_000, sizes
    sizes.clear()
    visitor.open("/region/KZ-55/")
    visitor.page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) < 60_000, sizes


@pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "wide")], indirect=True)
def test_everything_reads_well_without_script(visitor: Visitor) -> None:
    context = visitor.page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]  # a real browser
    page = context.new_page()
    page.goto(f"{visitor.site.address}/{visitor.language}/demo/")
    page.locator("button[value=pavlodar]").click()
    page.goto(f"{visitor.site.address}/{visitor.language}/network/?internet=none")
    assert page.locator("tbody tr").count() > 0
    page.locator("tbody input[name=pick]").first.check()
    page.locator("form.bulk button").click()
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("input[name=internet]")).to_have_count(3)
    context.close()
