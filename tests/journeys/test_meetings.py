"""A meeting in a browser: a talk is proposed, looked at by two, placed and released; then it is talked about."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey
CODE, STORY = "PVL-MEETING", "PVL-2021-11"
LANGUAGES = pytest.mark.parametrize(
    "visitor", [("kk", "narrow"), ("ru", "wide"), ("en", "wide")], indirect=True, ids=lambda value: "-".join(value)
)


@LANGUAGES
def test_the_story_is_read_from_its_programme_to_what_was_said_of_it(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open(f"/run/{STORY}/")
    visitor.look()
    page.locator(f"a[href$='/run/{STORY}/programme/']").click()
    expect(page.locator("main table a")).to_have_count(4)
    visitor.look()
    page.locator("select[name=zone]").select_option("UTC")
    page.locator("main form.ask button").click()
    expect(page.locator("main table td.num").first).to_have_text("09:00–09:10")
    page.locator("main table a").nth(2).click()
    visitor.look()
    visitor.sign_in("village")
    visitor.open(f"/run/{STORY}/discussion/")
    expect(page.locator("#discussion li[id^=post-]").first).to_be_visible()
    visitor.look()


@pytest.mark.parametrize("visitor", [("kk", "wide")], indirect=True, ids=lambda value: "-".join(value))
def test_a_talk_goes_from_a_proposal_to_the_programme_and_is_talked_about(visitor: Visitor) -> None:
    page, title = visitor.page, "Кітап алмасу күні: бес ауылдың тәжірибесі"
    visitor.sign_in("village")
    visitor.open(f"/run/{CODE}/")
    page.locator(f"a[href$='/run/{CODE}/propose/']").click()
    page.locator("textarea[name=abstract_kk]").fill("Бес ауыл кітап алмасады.")
    page.locator("main form button.main").click()  # without a title
    expect(page.locator("main .errors")).to_be_visible()
    expect(page.locator("textarea[name=abstract_kk]")).to_have_value("Бес ауыл кітап алмасады.")
    visitor.look()
    page.locator("input[name=title_kk]").fill(title)
    page.locator("main form button.main").click()
    expect(page.locator("main h1")).to_have_text(title)
    visitor.look()
    for login, verdict in (("national", "take"), ("pavlodar", "take")):
        visitor.sign_in(login)
        visitor.open("/talks/")
        page.locator("main li", has_text=title).locator("a.btn").click()
        page.locator(f"input[name=verdict][value={verdict}]").check()
        page.locator("main form button", has_text="сақтау").click()
        expect(page.locator("main ul.todo .tag.ok").first).to_be_visible()
    visitor.look()
    page.locator("form[action$='/decide/accept/'] button").click()
    page.locator("main aside a[href*='/programme/place/']").click()
    expect(page.locator("select[name=talk] option:checked")).to_have_text(title)
    visitor.look()
    page.locator("main form.lead button.main").click()
    expect(page.locator("main table td", has_text=title)).to_be_visible()
    visitor.look()
    page.locator("form[action$='/release/'] button").click()
    expect(page.locator("main ol.times b").first).to_have_text(re.compile("1"))
    visitor.open(f"/run/{CODE}/programme/")
    page.locator("main table a", has_text=title).click()
    page.locator("#discussion textarea").fill("Кітаптарды кім тасымалдайды?")
    page.locator("#discussion form button.main").click()
    expect(page.locator("#discussion li[id^=post-]")).to_have_count(1)
    visitor.look()
    visitor.sign_in("village")
    visitor.open("/talks/")
    page.locator("main a", has_text=title).first.click()
    visitor.look()
    visitor.open("/notices/")
    visitor.look()
