"""News in a browser: composed from the meeting of the reference story, or from a run, edited, a contradiction marked and mended, read by a second person, published, read in three languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from orken.meetings.demo import words
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey


STORY, A_RUN = "meeting:PVL-2021-11", "run:"


@pytest.mark.parametrize(
    ("visitor", "source", "year"),
    [(("kk", "wide"), STORY, "2021"), (("ru", "narrow"), A_RUN, "2026")],
    indirect=["visitor"], ids=["kk-wide-story", "ru-narrow-run"],
)  # fmt: skip
def test_from_the_facts_to_readers_in_three_languages(visitor: Visitor, source: str, year: str) -> None:
    visitor.sign_in("pavlodar")
    page = visitor.page
    visitor.open("/newsroom/new/")
    visitor.look()
    offered = page.locator(f"form[action$='/newsroom/begin/']:has(input[value^='{source}'])")
    offered.locator("button").first.click()
    expect(page.locator("textarea[name^=title_]")).to_be_visible()
    visitor.look()
    desk = page.url.split("?")[0]
    page.goto(f"{desk}?lang=ru")
    text = page.locator("textarea[name=lead_ru]")
    rightly = text.input_value()
    wrongly = rightly.replace(f" {year} года", " 2019 года")
    assert wrongly != rightly, rightly
    text.fill(wrongly)
    page.locator("main form button.main").first.click()
    page.locator("main details summary").first.click()
    expect(page.locator("main mark.stop").first).to_contain_text("2019")
    expect(page.locator("aside button[aria-disabled=true]")).to_be_visible()
    visitor.look()
    page.locator("textarea[name=lead_ru]").fill(rightly)
    page.locator("main form button.main").first.click()
    expect(page.locator("main mark.stop")).to_have_count(0)
    page.locator("form[action$='/send/'] button").click()
    expect(page.locator("form[action$='/take-back/'] button")).to_be_visible()
    visitor.look()
    visitor.sign_in("national")
    page.goto(desk)
    visitor.look()
    page.locator("a[href$='/approve/']").click()
    expect(page.locator("input[name=hour]")).to_be_visible()
    visitor.look()
    page.locator("main form button.main").click()
    reading = page.locator("main a[href*='/news/']").first
    expect(reading).to_be_visible()
    number = (reading.get_attribute("href") or "").rstrip("/").rsplit("/", 1)[-1]
    language = visitor.language
    for code in ("kk", "ru", "en"):
        visitor.language = code
        visitor.open(f"/news/{number}/")
        expect(page.locator("article .lesson p").first).to_be_visible()
        visitor.look()
        if source == STORY:
            told_whole(page.locator("article").inner_text(), code)
    visitor.language = language
    visitor.open("/news/")
    expect(page.locator(f"main ul.news a[href$='/news/{number}/']")).to_be_visible()
    visitor.look()


def told_whole(article: str, language: str) -> None:
    """Every talk of the programme with its speaker, the organiser's jubilee, the exchange of opinions."""
    place = ("kk", "ru", "en").index(language)
    read = " ".join(article.split())
    for one in words.SPOKEN:
        assert one.title[place].replace("\u00a0", " ") in read, one.title[place]
        surname = one.surname[1] if language == "en" else one.surname[0]
        assert surname.removesuffix("а").removesuffix("a") in read, surname
    assert "125" in read
