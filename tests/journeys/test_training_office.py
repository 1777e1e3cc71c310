"""An organiser plans a seminar from the first question to the day on which it is called off; a librarian follows it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visitor
from tests.journeys.test_training import _become, _press

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "narrow"), ("ru", "wide")], indirect=True)


def _day(page: Page, name: str, day: date) -> None:
    page.locator(f"[name={name}_day]").fill(str(day.day))
    page.locator(f"[name={name}_month]").select_option(str(day.month))
    page.locator(f"[name={name}_year]").fill(str(day.year))


def _go_on(page: Page) -> None:
    _press(page, page.locator("main form button.main").first)


@BOTH
def test_a_seminar_is_planned_moved_paid_for_and_called_off(visitor: Visitor) -> None:
    page, kk = visitor.page, visitor.language == "kk"
    code, title = (f"PVL-{visitor.language.upper()}-1", "Оқырманмен жұмыс" if kk else "Работа с читателем")
    first = timezone.localdate() + timedelta(30 if kk else 50)

    # One question a page; a wrong day is told beside its field.
    _become(visitor, "pavlodar")
    visitor.open("/training/open/KZ-55-LIB/what/")
    visitor.look()
    page.locator("[name=kind]").select_option("seminar")
    page.locator("[name=title_kk]").fill(title)
    page.locator("[name=title_ru]").fill(title)
    _go_on(page)
    _day(page, "starts_on", first - timedelta(365))
    _day(page, "ends_on", first + timedelta(1))
    _day(page, "apply_until", first - timedelta(5))
    _go_on(page)
    expect(page.locator(".errors")).to_be_visible()
    visitor.look()
    _day(page, "starts_on", first)
    _go_on(page)
    page.locator("[name=languages][value=kk]").check()
    page.locator("[name=place]").fill("KZ-55-LIB")
    _go_on(page)
    page.locator("[name=code]").fill(code)
    page.locator("[name=capacity]").fill("40")
    _go_on(page)
    visitor.look()
    _go_on(page)
    expect(page.locator("h1")).to_have_text(title)
    visitor.look()

    # The way back leads to no second run, and the questions begin anew.
    page.go_back()
    visitor.open("/training/")
    expect(page.locator("main tbody tr", has_text=title)).to_have_count(1)

    # Two sessions; the hall is smaller than the run, and the page says so.
    for hour in ("09:00", "11:00"):
        visitor.open(f"/training/{code}/timetable/add/")
        page.locator("[name=from_time]").fill(hour)
        page.locator("[name=to_time]").fill(f"{int(hour[:2]) + 1}:00")
        page.locator("[name=title_kk]").fill(f"{title} {hour}")
        page.locator("[name=room]").select_option(index=1)
        visitor.look()
        _go_on(page)
    expect(page.locator(".note.wait").first).to_contain_text("30")
    visitor.look()

    # By the arrows: two quarters of an hour later, then onto the other, which is a clash to step through.
    page.locator(".plan-box").first.focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-says]")).not_to_be_empty()
    expect(page.locator(".plan-box.moving")).to_have_count(0)
    page.reload()
    expect(page.locator(".plan-box [data-time]").first).to_have_text("09:30–10:30")
    page.locator(".plan-box").first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#clashes li")).to_have_count(1)
    visitor.look()
    page.locator(".plan-box").first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".plan-box.moving")).to_have_count(0)
    page.reload()
    expect(page.locator("#clashes")).to_have_count(0)

    # Costs, as people write sums.
    visitor.open(f"/training/{code}/costs/")
    page.locator("[name=form-0-estimate]").fill("120 000")
    page.locator("[name=form-0-actual]").fill("90 000")
    _go_on(page)
    expect(page.locator("dl.facts")).to_contain_text(re.compile(r"120\s000.*90\s000", re.S))
    visitor.look()

    # The whole run a week later: the timetable goes along.
    visitor.open(f"/training/{code}/change/")
    later = first + timedelta(7)
    _day(page, "starts_on", later)
    _day(page, "ends_on", later + timedelta(1))
    _go_on(page)
    visitor.open(f"/training/{code}/timetable/")
    expect(page.locator(".plan-day")).to_have_attribute("data-day", later.isoformat())

    # A librarian of the region finds it, applies by a double press, and takes it into her calendar.
    _become(visitor, "village")
    visitor.open(f"/run/{code}/")
    visitor.look()
    # Of two sendings the browser gives up the first, at whatever moment: what is waited for is the answer.
    page.locator("form[action$='/apply/'] button").first.dblclick()
    expect(page.locator(".said, .toast").first).to_be_visible()
    visitor.open("/applications/mine/")
    expect(page.locator("main", has_text=title)).to_be_visible()
    visitor.look()
    visitor.open(f"/run/{code}/")
    visitor.look()
    with page.expect_download() as waiting:
        page.locator("a[href*='sessions.ics']").first.click()
    events = Calendar.from_ical(waiting.value.path().read_bytes()).walk("VEVENT")
    begins = sorted((one.decoded("DTSTART").date(), one.decoded("DTSTART").strftime("%H:%M")) for one in events)
    assert begins == [(later, "09:30"), (later, "11:00")]

    # It is called off: the page says why, and so does her letter.
    reason = "Боран салдарынан." if kk else "Из-за бурана."
    _become(visitor, "pavlodar")
    visitor.open(f"/training/{code}/lead/cancel/")
    page.locator("[name=reason]").fill(reason)
    visitor.look()
    _press(page, page.locator("main form button.grave, main form button.main").first)
    visitor.look()
    _become(visitor, "village")
    visitor.open(f"/run/{code}/")
    expect(page.locator("main")).to_contain_text(reason)
    visitor.look()
    visitor.open("/notices/")
    expect(page.locator("main")).to_contain_text(title)
