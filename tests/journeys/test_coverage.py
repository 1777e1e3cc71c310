"""From the country to one person: a methodologist finds who was never trained, and anybody sees the map."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import EVERYWHERE, Visitor

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("visitor", EVERYWHERE, indirect=True)
def test_a_methodologist_goes_from_her_region_to_a_person(visitor: Visitor) -> None:
    page = visitor.page
    visitor.sign_in("pavlodar")
    visitor.open("/coverage/")
    expect(page).to_have_url(f"{visitor.site.address}/{visitor.language}/coverage/KZ-55/")
    visitor.look()
    page.locator("main summary").first.click()
    page.locator("select[name=years]").select_option("3")
    page.locator("main details form button.btn").first.click()
    expect(page.locator("main .lead")).to_contain_text("3")
    visitor.look()
    page.locator("main tbody th a[href*='KZ-55-D02']").click()
    expect(page).to_have_url(re.compile(r"/coverage/KZ-55-D02/\?years=3$"))
    visitor.look()
    number = page.locator("main tfoot a[href*='/people/']")
    counted = int(number.inner_text())
    number.focus()  # by the keyboard
    page.keyboard.press("Enter")
    expect(page.locator("main table caption")).to_contain_text(str(counted))
    visitor.look()
    page.locator("main tbody th a").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "/network/person/" in page.url


@pytest.mark.parametrize("visitor", EVERYWHERE, indirect=True)
def test_anybody_sees_the_map_and_no_small_number(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/region/KZ-55/")
    visitor.look()
    page.locator("main a[href*='/coverage/KZ-55/']").click()
    expect(page.locator("main .crumbs a")).to_have_count(1)
    visitor.look()
    page.locator("main .crumbs a").click()
    expect(page.locator("main .tiles a")).to_have_count(20)
    visitor.look()
    assert page.locator("main tbody td a").count() == 0
    page.locator("main summary").last.click()
    expect(page.locator("main details[open] p").first).to_be_visible()
    page.locator("main .tiles a").first.click()
    expect(page.locator("main .tiles")).to_have_count(0)
    visitor.look()
