"""A film and a sound of a lesson: played in parts with captions, taken along by whoever says so, played without a line."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.conftest import EVERYWHERE, Visitor, served_by_the_worker, shell
from tests.journeys.test_study import RUN

pytestmark = pytest.mark.journey
BOTH = [EVERYWHERE[0], EVERYWHERE[3]]  # Kazakh wide, Russian narrow
CAPTION = {"kk": "Үш есептегіш", "ru": "Три счётчика", "en": "Three counters"}


def _lesson(visitor: Visitor, code: str) -> str:
    """The second lesson of the course of statistics, which has the film."""
    visitor.open(f"/study/{code}/")
    links = visitor.page.locator("main ol.todo a[href*='/lesson/']")
    return str(links.nth(1).get_attribute("href"))


def _plays(page: Page) -> None:
    """The picture moves, and the words of its moment stand on it."""
    page.locator("video").scroll_into_view_if_needed()
    page.evaluate("() => { const film = document.querySelector('video'); film.muted = true; return film.play(); }")
    for _look in range(200):
        if page.evaluate("document.querySelector('video').currentTime") > 0.5:
            break
        page.wait_for_timeout(50)
    told = page.evaluate(
        "() => { const film = document.querySelector('video');"
        " return [film.currentTime, film.videoWidth, film.duration, film.error?.message ?? '', [...(film.textTracks[0].activeCues ?? [])].map((cue) => cue.text).join()]; }"
    )
    assert told[0] > 0.5 and told[1:3] == [640, 48] and not told[3], told
    assert told[4], "captions are shown"


@pytest.mark.parametrize("visitor", BOTH, indirect=True)
def test_a_film_plays_with_its_captions_and_goes_to_the_moment_that_is_asked_for(visitor: Visitor) -> None:
    page, code = visitor.page, f"FILM-{visitor.language.upper()}"
    shell(visitor.site, RUN.format(code=code))
    visitor.sign_in("village")
    page.goto(f"{visitor.site.address}{_lesson(visitor, code)}")
    visitor.look()
    asked: list[str] = []

    def asks(request: Request) -> None:
        if "/parts/" in request.url and ".webm" in request.url:
            asked.append(request.headers.get("range", ""))

    page.on("request", asks)
    _plays(page)
    assert any(one.startswith("bytes=") for one in asked), "it comes in parts"
    page.evaluate("() => { const film = document.querySelector('video'); film.pause(); film.currentTime = 41; }")
    for _look in range(200):
        if page.evaluate("document.querySelector('video').currentTime >= 41 && !document.querySelector('video').seeking"):  # fmt: skip
            break
        page.wait_for_timeout(50)
    cues = page.evaluate("[...document.querySelector('video').textTracks[0].activeCues].map((cue) => cue.text).join()")
    assert re.search("жиырма екі|двадцать два|twenty-two", cues), cues
    expect(page.locator("video + p")).to_contain_text(re.compile(r"\d"))
    # A word that only the captions and the transcript have is found.
    visitor.open(f"/study/{code}/search/?q={'курьер' if visitor.language != 'en' else 'courier'}")
    expect(page.locator("main ul.todo li")).not_to_have_count(0)
    visitor.look()


@pytest.mark.parametrize("visitor", BOTH, indirect=True)
def test_films_are_taken_along_by_choice_and_play_without_a_line(visitor: Visitor) -> None:
    page, context, code = visitor.page, visitor.page.context, f"HEAVY-{visitor.language.upper()}"
    shell(visitor.site, RUN.format(code=code))
    visitor.sign_in("village")
    address = f"{visitor.site.address}{_lesson(visitor, code)}"
    take, heavy = page.locator("[data-take]"), page.locator("[data-take-heavy]")
    expect(heavy).to_contain_text(re.compile(r"\d"))
    visitor.look()

    # Without the tick the words come along, the film does not.
    take.click()
    expect(page.locator("[data-take-says]")).to_contain_text(re.compile(r"\d"))
    kept = "async () => { let n = 0; for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) n += one.url.endsWith('.webm'); return n; }"
    assert page.evaluate(kept) == 0
    heavy.locator("input").check()
    take.click()
    expect(page.locator("[data-take]:not([aria-busy])")).to_be_visible()
    for _look in range(200):
        if page.evaluate(kept):
            break
        page.wait_for_timeout(50)
    assert page.evaluate(kept) == 1
    page.reload()
    served_by_the_worker(page)
    expect(heavy.locator("input")).to_be_checked()

    context.set_offline(True)
    page.goto(address)
    _plays(page)
    context.set_offline(False)


@pytest.mark.parametrize("visitor", [EVERYWHERE[0]], indirect=True)
def test_a_browser_without_room_says_so_before_it_begins(visitor: Visitor) -> None:
    page, code = visitor.page, "ROOM-KK"
    shell(visitor.site, RUN.format(code=code))
    visitor.sign_in("village")
    page.add_init_script("navigator.storage.estimate = async () => ({ quota: 100000, usage: 90000 })")
    visitor.open(f"/study/{code}/")
    page.locator("[data-take-heavy] input").check()
    page.locator("[data-take]").click()
    words = page.evaluate("JSON.parse(document.getElementById('offline')?.textContent ?? '{}').words?.no_room ?? ''")
    expect(page.locator("[data-take-says]")).to_have_text(words or re.compile(".+"))
    assert page.evaluate("async () => (await caches.keys()).filter((name) => name.startsWith('orken-taken-')).length") == 0  # fmt: skip
