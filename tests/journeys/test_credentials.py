"""From a confirmed sheet to a stranger's check, in a browser: the registrar prepares, signs, issues, hands over; anybody verifies."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, Visitor
from tests.journeys.test_cataloguing import worker_at_work

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize(
    "visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True, ids=["kk-wide", "ru-narrow"]
)
WORK = 180_000  # milliseconds that the background may take on a busy machine


def over(page: Page) -> None:
    """The page of the work says by itself that it is done."""
    expect(page.locator("main .note.ok, main .tag.ok").first).to_be_visible(timeout=WORK)


@BOTH
def test_a_certificate_from_the_sheet_to_a_stranger(visitor: Visitor, site: Site) -> None:
    visitor.sign_in("registrar")
    page = visitor.page
    visitor.open("/training/?state=closed&host=NL")
    visitor.look()
    visitor.open("/training/PVL-2026-02/certificates/")
    visitor.look()
    ticks = page.locator("input[name=who]")
    for place in range(1, ticks.count()):  # one for this story; the others wait for theirs
        ticks.nth(place).uncheck()
    for name, text in (
        ("name_kk", "С. Әбдірахманова"),
        ("name_ru", "С. Абдрахманова"),
        ("post_kk", "Бас әдіскер"),
        ("post_ru", "Главный методист"),
    ):
        page.locator(f"input[name={name}_1]").fill(text)
    page.locator("main form.split button.main").click()
    page.wait_for_url(re.compile("/certificates/batches/"), timeout=WORK)
    batch = page.url
    visitor.look()
    with worker_at_work(site):
        page.wait_for_timeout(1000)
        for _attempt in range(60):
            page.goto(batch)
            if page.locator("button[name=sign]").count():
                break
            page.wait_for_timeout(3000)
        visitor.look()
        page.locator("button[name=sign]").click()
        visitor.look()
        page.locator("button[formaction$='/issue/']").click()
        visitor.look()
        over(page)
    page.goto(batch)
    number = page.locator("main table a.num").first.inner_text()
    page.locator("select[name=way]").select_option("library")
    page.locator("input[name=signed]").check()
    page.locator("button[name=hand]").click()
    expect(page.locator("main table button[formaction*='/strike/']").first).to_be_visible()
    visitor.look()
    page.locator("main table a.num").first.click()
    visitor.look()
    name = page.locator("main h1").inner_text()
    with page.expect_download() as download:
        page.locator("main a[href$='paper.pdf']").click()
    assert download.value.suggested_filename.endswith(".pdf")

    page.context.clear_cookies()  # a stranger with the paper in her hands
    visitor.open("/verify/")
    page.locator("input[name=number]").fill(number[:-1] + ("A" if number[-1] != "A" else "B"))
    page.locator("main form button.main").click()
    expect(page.locator("main .note.stop")).to_be_visible()
    visitor.look()
    page.locator("input[name=number]").fill(number)
    page.locator("main form button.main").click()
    expect(page.locator("main .note.ok")).to_be_visible()
    assert name not in page.locator("main").inner_text()
    visitor.look()
    page.locator("input[name=surname]").fill(name.split()[0])
    page.locator("main form button").click()
    expect(page.locator("main")).to_contain_text(name)
    visitor.look()


@BOTH
def test_a_librarian_reads_her_record_and_sends_a_training(visitor: Visitor) -> None:
    visitor.sign_in("village")
    page = visitor.page
    visitor.open("/my/record/")
    visitor.look()
    visitor.open("/my/record/send/")
    visitor.look()
    page.locator("main form button.main").click()
    expect(page.locator("[role=alert], .errors").first).to_be_visible()
    visitor.look()
