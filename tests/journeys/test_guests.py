"""Somebody without an account does by her link, in a real browser, what the page offers: a browser says where a form comes from, a test client does not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site, shell
from tests.journeys.test_live_room import Streams, cameras, person, streams
from tests.journeys.test_whole_story import CODE, PREPARE, outsider

__all__ = ["cameras", "streams"]
pytestmark = pytest.mark.journey
ALONE = "LIVE-GUEST-PAGE"


def test_a_guest_answers_comes_in_and_asks(cameras: Browser, site: Site, streams: Streams) -> None:
    pk, link, of_speaker, *_rest = shell(site, PREPARE.replace(CODE, ALONE))[0].split()
    chair = person(cameras, site, "pavlodar", "ru", "wide")
    chair.open(f"/run/{ALONE}/room/{pk}/desk/")
    chair.page.locator("main button[name=way][value=open]").click()
    chair.page.locator("[data-state=open]").wait_for()

    guest = outsider(cameras, site, "kk", "narrow")
    guest.open(link)
    guest.page.locator("button[name=comes][value=yes]").click()
    expect(guest.page.locator("main")).to_contain_text("Қатысамын")
    expect(guest.page.locator("main b").filter(has_text="Қатысамын")).to_be_visible()
    guest.look()
    guest.page.locator("main a[href*='/room/']").first.click()
    guest.page.locator("#ask").fill("Шетелден қалай қатысуға болады?")
    guest.page.locator("#questions form[data-clear] button").click()
    expect(chair.page.locator("[data-list=question] > li")).to_contain_text("Ержанова Салтанат")
    expect(chair.page.locator("[data-count=inside]")).to_have_text("2")

    speaker = outsider(cameras, site, "ru", "narrow")
    speaker.open(of_speaker)
    for name in ("comes", "consent"):
        speaker.page.locator(f"main form.lead input[name={name}]").first.check()
    speaker.page.locator("main form.lead button.main").click()
    expect(speaker.page.locator("h1")).not_to_contain_text("слишком долго")
    assert "/speaker/" in speaker.page.url
    expect(speaker.page.locator("main .errors")).to_have_count(0)
    for one in (chair, guest, speaker):
        assert not one.problems, one.problems
        one.page.context.close()
