"""What stays of a meeting, in a browser: a recording is added, agreed to, shown, watched alone; a volume is published and corrected."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from orken.proceedings.demo import tones
from tests.journeys.conftest import PATIENCE, Visitor

pytestmark = pytest.mark.journey
STORY = "PVL-2021-11"
BOTH = pytest.mark.parametrize(
    "visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True, ids=lambda value: "-".join(value)
)


def _plays_past(page: Page, second: int) -> None:
    """However slow the machine is, so much was really played."""
    until = time.monotonic() + PATIENCE / 1000
    while page.locator("video.player").evaluate("video => video.currentTime") <= second:
        assert time.monotonic() < until, "it does not play"
        page.wait_for_timeout(200)


@BOTH
def test_the_story_is_watched_alone_and_what_was_played_is_told(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open(f"/run/{STORY}/proceedings/")
    visitor.look()
    expect(page.locator("main table").last.locator("tbody tr")).to_have_count(40)
    visitor.sign_in("student")
    visitor.open(f"/run/{STORY}/proceedings/")
    page.locator("main aside a[href*='/recordings/']").first.click()
    expect(page.locator("video.player")).to_be_visible()
    visitor.look()
    expect(page.locator("main .transcript li")).to_have_count(5)
    page.locator("main .transcript button").nth(1).click()  # from the thirteenth second on
    _plays_past(page, 17)
    expect(page.locator("main .transcript li[aria-current]")).to_have_count(1)
    with page.expect_response(lambda answer: answer.url.endswith("/watch/")) as told:
        page.locator("video.player").evaluate("video => video.pause()")
    assert told.value.status == 200 and told.value.json()["percent"] >= 2
    expect(page.locator("[data-watched]")).to_contain_text(re.compile(r"[1-9]\d?\s?%"))
    page.reload()
    expect(page.locator("[data-watched]")).to_contain_text(re.compile(r"[1-9]\d?\s?%"))


@BOTH
def test_the_organiser_adds_a_recording_and_publishes_the_next_volume(visitor: Visitor) -> None:
    page, title = visitor.page, f"Үшінші баяндама ({visitor.language})"
    visitor.sign_in("pavlodar")
    visitor.open(f"/training/{STORY}/proceedings/")
    visitor.look()
    page.locator("main a[href$='/recordings/new/']").click()
    page.locator("main form button.main").click()  # neither file nor address
    expect(page.locator("main .errors")).to_be_visible()
    visitor.look()
    page.locator("select[name=of]").select_option(index=2)
    page.locator("input[name=file]").set_input_files({"name": "a.wav", "mimeType": "audio/wav", "buffer": tones()})
    page.locator("select[name=spoken]").select_option("kk")  # the run has two languages: nothing is preset
    page.locator("input[name=length]").fill("1:15")
    page.locator("input[name=title_kk]").fill(title)
    page.locator("main form button.main").click()
    expect(page.locator("main h2.ui").first).to_have_text(title)
    page.locator("main details summary").click()
    page.locator("main details textarea[name=text]").fill("00:01.000 --> 00:04.000\nСәлеметсіздер ме")
    page.locator("main details form button:not([type=button])").click()
    expect(page.locator("main aside a[href$='/captions/kk.vtt']")).to_be_visible()
    visitor.look()
    page.locator("form[action$='/show/'] button").click()
    expect(page.locator("main .tag.ok").first).to_be_visible()
    visitor.open(f"/training/{STORY}/proceedings/")
    page.locator("main fieldset input[type=checkbox]").last.uncheck()
    page.locator("form[action$='/summary/'] button", has_text=re.compile("Сақтау|Сохранить")).click()
    expect(page.locator("main fieldset input[type=checkbox]").last).not_to_be_checked()
    page.locator("input[name=note]").fill("Үшінші баяндаманың жазбасы қосылды")
    page.locator("form[action$='/publish/'] button").click()
    visitor.look()
    visitor.open(f"/run/{STORY}/proceedings/")
    expect(page.locator("main .part a", has_text=title)).to_be_visible()
    expect(page.locator("main .panel")).to_contain_text("Үшінші баяндаманың")
    page.locator("main .part a", has_text=title).click()
    expect(page.locator("main .transcript")).to_contain_text("Сәлеметсіздер ме")
    visitor.look()
