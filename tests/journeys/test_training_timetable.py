"""The timetable moved by hand and by the arrows, on a real screen; whoever has a seat hears of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Site, Visitor, shell
from tests.journeys.test_training import _become

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "wide")], indirect=True)
OPEN = """
from datetime import datetime, time, timedelta
from django.utils import timezone
from orken.network.models import Unit
from orken.people.models import Account
from orken.training import services as training
day = timezone.localdate() + timedelta(25)
national, village = (Account.objects.get(login=login) for login in ("national", "village"))
run = training.open_run(
    code="{code}", kind="seminar", host=Unit.objects.get(code="NL"), capacity=9, by=None, form="onsite", title_kk="{code}",
    title_ru="{code}", languages=["kk"], starts_on=day, ends_on=day + timedelta(1), apply_until=day - timedelta(9),
)
for number, (on, hour) in enumerate(((0, 9), (1, 14)), start=1):
    at = timezone.make_aware(datetime.combine(day + timedelta(on), time(hour)))
    training.add_session(run=run, by=national, starts_at=at, ends_at=at + timedelta(hours=1), title_kk=f"{code} {{number}}", title_ru=f"{code} {{number}}")
unit = village.person.appointments.at().first().unit
sent = training.apply(run=run, unit=unit, lines=[training.Line(village.person, unit)], by=national)
training.accept(applicant=sent.applicants.get(), by=national)
"""


def _open_run(site: Site, code: str) -> None:
    shell(site, OPEN.format(code=code))


def _drag(page: Page, box: Locator, day: Locator, rows: int) -> None:
    """By the mouse: onto another day, and so many quarters of an hour down, in steps as a hand does it."""
    area, column = box.bounding_box(), day.bounding_box()
    assert area and column
    quarter = area["height"] / int(box.get_attribute("data-rows") or "1")
    x, y = area["x"] + area["width"] / 2, area["y"] + 6
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + rows * quarter, steps=6)
    page.mouse.move(column["x"] + column["width"] / 2, y + rows * quarter, steps=8)
    page.mouse.move(column["x"] + column["width"] / 2, y + (rows + 2) * quarter, steps=4)
    page.mouse.up()


def _saved(page: Page) -> None:
    expect(page.locator("[data-says]")).not_to_be_empty()
    expect(page.locator(".plan-box.moving")).to_have_count(0)
    page.reload()


@BOTH
def test_a_session_is_moved_by_hand_and_by_the_arrows_and_who_has_a_seat_is_told(visitor: Visitor) -> None:
    page, code = visitor.page, f"MOVE-{visitor.language.upper()}"
    _open_run(visitor.site, code)
    _become(visitor, "national")
    visitor.open(f"/training/{code}/timetable/")
    first, second = page.locator("[data-day]").nth(0), page.locator("[data-day]").nth(1)
    expect(first.locator(".plan-box [data-time]")).to_have_text("09:00–10:00")

    # By hand: to the next day and an hour and a half later.
    _drag(page, first.locator(".plan-box"), second, 4)
    _saved(page)
    expect(page.locator("[data-day]")).to_have_count(1)
    expect(page.locator(".plan-box [data-time]").first).to_have_text("10:30–11:30")
    visitor.look()

    # By the arrows: a quarter up, and Escape leaves it as it was.
    box = page.locator(".plan-box").first
    box.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    _saved(page)
    box = page.locator(".plan-box").first
    expect(box.locator("[data-time]")).to_have_text("10:15–11:15")
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(box.locator("[data-time]")).to_have_text("10:30–11:30")
    with page.expect_navigation():
        page.keyboard.press("Escape")
    expect(page.locator(".plan-box [data-time]").first).to_have_text("10:15–11:15")

    # Who has a seat is told of both moves, and the newest letter has the time that holds.
    _become(visitor, "village")
    visitor.open("/notices/")
    moved = page.locator(".news a", has_text=re.compile("Сабақ уақыты өзгерді|Занятие перенесено")).filter(
        has_text=code
    )
    expect(moved).to_have_count(2)
    moved.first.click()
    expect(page.locator("main")).to_contain_text("10:15")


def _add(page: Page, title: str, begins: str, ends: str) -> None:
    page.locator("[name=title_kk]").fill(title)
    page.locator("[name=from_time]").fill(begins)
    page.locator("[name=to_time]").fill(ends)
    with page.expect_navigation():
        page.locator("main form button.main").first.click()


@pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True)
def test_sessions_of_one_time_stand_side_by_side_and_odd_minutes_stay(visitor: Visitor) -> None:
    page, code = visitor.page, f"SIDE-{visitor.language.upper()}"
    _open_run(visitor.site, code)
    _become(visitor, "national")
    for title, begins, ends in (("Қатар", "09:10", "10:10"), ("Кешкі", "19:00", "20:30")):
        visitor.open(f"/training/{code}/timetable/add/")
        _add(page, title, begins, ends)
    visitor.look()

    # None hides another, and the evening stands inside its day.
    day = page.locator("[data-day]").first
    boxes = [box for one in day.locator(".plan-box").all() if (box := one.bounding_box())]
    column = day.locator("ol").bounding_box()
    assert len(boxes) == 3 and column
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 1
    assert boxes[2]["y"] + boxes[2]["height"] <= column["y"] + column["height"] + 1

    # Enter without a move moves nothing; a quarter is a quarter, also from ten past.
    odd = page.locator(".plan-box", has_text="09:10")
    before = odd.get_attribute("data-sequence")
    odd.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    expect(page.locator("[data-says]")).to_be_empty()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".plan-box.moving [data-time]")).to_have_text("09:25–10:25")
    page.keyboard.press("Enter")
    _saved(page)
    moved = page.locator(".plan-box", has_text="09:25–10:25")
    expect(moved).to_have_count(1)
    assert int(moved.get_attribute("data-sequence") or 0) == int(before or 0) + 1
