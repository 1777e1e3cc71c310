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
    visitor.sign_in("pavlodar")
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
    visitor.sign_in("pavlodar")
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
