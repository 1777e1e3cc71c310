"""A curator writes, compares and publishes; a librarian finds it; she sees what she can do and what she needs."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True)


def _become(visitor: Visitor, login: str) -> None:
    visitor.page.context.clear_cookies()
    visitor.sign_in(login)


def _press(page: Page, what: Locator) -> None:
    """Press what leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        what.click()


@BOTH
def test_a_curator_edits_compares_publishes_and_a_librarian_finds_it(visitor: Visitor) -> None:
    page, kk = visitor.page, visitor.language == "kk"
    word = "Сапарлас" if kk else "Спутник"
    _become(visitor, "curator")
    visitor.open("/programmes/")
    visitor.look()
    page.locator("tbody th a").first.click()
    expect(page.locator("h1")).to_be_visible()
    _press(page, page.locator("main form button.main", has_text=re.compile("жоба|черновик")))
    visitor.look()

    # The title, then a module moved by the keyboard alone.
    _press(page, page.locator("#titles a"))
    page.locator(f"[name=title_{visitor.language}]").fill(f"{word} каталогтаушы" if kk else f"{word} каталогизатора")
    visitor.look()
    _press(page, page.locator("main form button.main"))
    names = page.locator("#modules li > div:first-child a")
    first = re.sub(r"^1\. ", "", names.nth(0).inner_text())
    page.locator("#modules li").nth(0).locator("button[value=down]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"moved=module-\d+-down"))
    expect(page.locator("#modules li").nth(1).locator("button[value=down]")).to_be_focused()
    expect(names.nth(1)).to_have_text(f"2. {first}")

    # Hours that do not add up are refused with words and a way to mend them.
    _press(page, names.nth(1))
    kept = page.locator("[name=lecture]").input_value()
    page.locator("[name=lecture]").fill("7,5")
    _press(page, page.locator("main form button.main"))
    _press(page, page.locator("a.btn.main", has_text=re.compile("Жариялау|публикации")))
    _press(page, page.locator("main form button.main"))
    refusal = page.locator(".note.stop[role=alert]")
    expect(refusal).to_contain_text(f"{72 - int(kept) + 7.5:g}".replace(".", ","))
    visitor.look()
    _press(page, refusal.locator("a").first)
    page.wait_for_url(re.compile("#modules$"))
    _press(page, names.nth(1))
    expect(page.locator("[name=lecture]")).to_have_value("7,5")
    page.locator("[name=lecture]").fill(kept)
    _press(page, page.locator("main form button.main"))

    # Compared, published.
    _press(page, page.locator("a.btn", has_text=re.compile("^(Салыстыру|Сравнить)$")))
    expect(page.locator("table ins", has_text=word)).to_be_visible()
    visitor.look()
    page.go_back()
    _press(page, page.locator("a.btn.main", has_text=re.compile("Жариялау|публикации")))
    expect(page.locator("table ins", has_text=word)).to_be_visible()
    page.locator("[name=note]").fill("2027")
    visitor.look()
    _press(page, page.locator("main form button.main"))
    expect(page.locator(".said")).to_be_visible()
    visitor.look()

    # A librarian finds it, by a filter and by a word.
    _become(visitor, "village")
    visitor.open("/catalogue/")
    if page.locator(".sift > summary").is_visible():  # a phone shows the list first
        page.locator(".sift > summary").click()
    page.locator("#f-form").select_option("blended")
    page.locator("#f-hours").select_option("long")
    _press(page, page.locator(".filters button"))
    expect(page.locator(".news h3", has_text=word)).to_be_visible()
    visitor.look()
    visitor.open(f"/search/?q={word}")
    page.locator("main a", has_text=word).first.click()
    expect(page.locator("h1")).to_contain_text(word)
    data = json.loads(page.locator("script[type='application/ld+json']").inner_text())
    assert data["courseCode"] == "CAT-72" and word in data["name"]
    page.emulate_media(media="print")
    expect(page.locator("main table tfoot")).to_contain_text("72")
    page.emulate_media(media="screen")
    visitor.look()


@BOTH
def test_a_librarian_assesses_herself_and_her_head_judges(visitor: Visitor) -> None:
    page = visitor.page
    which, code = (0, "D1.") if visitor.language == "kk" else (1, "D2.")
    _become(visitor, "village")
    visitor.open("/competencies/mine/")
    visitor.look()
    _press(page, page.locator("a.btn.main"))
    for place in range(8):
        page.locator("main fieldset").nth(which).locator("input[value='3']").check()
        if place == 0:
            visitor.look()
        _press(page, page.locator("main form button.main"))
    visitor.look()
    _press(page, page.locator("main form button.main"))
    expect(page.locator(".said")).to_be_visible()
    line = page.locator("table.profile tr", has_text=code).first
    expect(line).to_contain_text("3 / 3")
    visitor.look()
    page.locator("summary", has_text=re.compile("Жазылғанның|записано")).click()
    expect(page.locator("a[href*='/evidence/']").first).to_be_visible()

    _become(visitor, "head")
    visitor.open("/network/staff/?q=" + ("Жұмабекова Айгүл" if visitor.language == "kk" else "Жумабекова Айгуль"))
    address = page.locator("tbody th a").first.get_attribute("href")
    assert address
    visitor.open(f"/competencies/person/{address.rstrip('/').rsplit('/', 1)[1]}/")
    visitor.look()
    page.locator("a", has_text=code).first.click()
    page.locator("input[name=level][value='2']").check()
    page.locator("[name=note]").fill("2027")
    visitor.look()
    _press(page, page.locator("main form button.main"))
    expect(page.locator("table.profile tr", has_text=code).first).to_contain_text("2 / 3")
    visitor.look()
