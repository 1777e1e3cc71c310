"""Pieces are pulled or tapped to their places; the lists under them say the same, for keys and for whoever listens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import EVERYWHERE, Visitor, shell
from tests.journeys.test_attempts import _begin

pytestmark = pytest.mark.journey
KINDS = ("matching", "ordering", "sorting")


def _pull(page: Page, piece: Locator, target: Locator) -> None:
    piece.scroll_into_view_if_needed()
    begin, end = piece.bounding_box(), target.bounding_box()
    assert begin and end
    page.mouse.move(begin["x"] + begin["width"] / 2, begin["y"] + begin["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
    page.mouse.up()


@pytest.mark.parametrize("visitor", [EVERYWHERE[0], EVERYWHERE[3]], indirect=True)
def test_what_is_pulled_is_what_the_lists_say(visitor: Visitor) -> None:
    page = visitor.page
    _begin(visitor, f"PULL-{visitor.language.upper()}", KINDS)
    visitor.look()
    said = "[data-item='{n}'] [data-item-said]"

    # Matching: pulled onto its line, tapped back and tapped onto another.
    item = page.locator("[data-item='1']")
    slots, tray, lists = item.locator(".slot"), item.locator(".tray"), item.locator("select")
    many = tray.locator(".piece-of").count()
    _pull(page, tray.locator(".piece-of").first, slots.first)
    expect(slots.first.locator(".piece-of")).to_have_count(1)
    expect(lists.first).not_to_have_value("")
    expect(page.locator(said.format(n=1))).to_have_text(re.compile(r"\d\d:\d\d"))
    key = lists.first.input_value()
    slots.first.locator(".piece-of").click()
    slots.nth(1).click()
    expect(lists.nth(1)).to_have_value(key)
    expect(lists.first).to_have_value("")
    lists.first.select_option(index=2)  # by keys: the board follows
    expect(slots.first.locator(".piece-of")).to_have_count(1)
    expect(tray.locator(".piece-of")).to_have_count(many - 2)

    # Ordering: the last line goes to the first place, and every line has its number.
    item = page.locator("[data-item='2']")
    pieces = item.locator(".stack .piece-of")
    last = pieces.last.inner_text()
    _pull(page, pieces.last, pieces.first)
    expect(pieces.first).to_have_text(last)
    values = [item.locator("select").nth(n).input_value() for n in range(pieces.count())]
    assert sorted(values) == [str(n + 1) for n in range(pieces.count())]
    expect(page.locator(said.format(n=2))).to_have_text(re.compile(r"\d\d:\d\d"))

    # Sorting: into a group, and out of it again.
    item = page.locator("[data-item='3']")
    _pull(page, item.locator(".tray .piece-of").first, item.locator(".group").last)
    expect(item.locator(".group").last.locator(".piece-of")).to_have_count(1)
    expect(page.locator(said.format(n=3))).to_have_text(re.compile(r"\d\d:\d\d"))
    visitor.look()

    # What is kept stands on the boards when the page is opened again.
    page.reload()
    expect(page.locator("[data-item='2'] .stack .piece-of").first).to_have_text(last)
    expect(page.locator("[data-item='3'] .group").last.locator(".piece-of")).to_have_count(1)
    expect(page.locator("[data-item='1'] .slot").nth(1).locator(".piece-of")).to_have_count(1)


DRAFT = """
from orken.people.models import Account
from orken.questions import services as questions
from orken.questions.models import Question
question = Question.objects.filter(kind="question.hotspot").exclude(published=None).order_by("pk").first()
print(question.uid, questions.start_draft(question=question, by=Account.objects.get(login="national")).payload["width"])
"""


@pytest.mark.parametrize("visitor", [EVERYWHERE[0], EVERYWHERE[3]], indirect=True)
def test_regions_are_drawn_on_the_picture_and_the_numbers_follow(visitor: Visitor) -> None:
    """Whoever writes a question shows where the place is; the four numbers are for keys."""
    page = visitor.page
    uid, wide = shell(visitor.site, DRAFT)[0].split()
    visitor.sign_in("national")
    visitor.open(f"/questions/one/{uid}/edit/")
    picture, first = page.locator("[data-draw] svg"), page.locator("input[name='regions-0-corners']")
    page.locator("[data-which] button").first.click()
    expect(page.locator("[data-which] button").first).to_have_attribute("aria-pressed", "true")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box
    page.mouse.move(
        box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.5
    )  # from the lower right corner to the upper left
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25, steps=4)
    page.mouse.up()
    left, _top, width, _high = (int(one) for one in first.input_value().split(", "))
    assert abs(left - int(wide) / 4) < int(wide) / 50 and abs(width - int(wide) / 2) < int(wide) / 50
    drawn = picture.locator("rect").first
    expect(drawn).to_have_attribute("width", str(width))
    first.fill("10, 20, 30, 40")  # by keys: the picture follows
    expect(drawn).to_have_attribute("height", "40")
    visitor.look()
    first.fill("")
    expect(picture.locator("g").first).to_be_hidden()
