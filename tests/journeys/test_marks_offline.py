"""Marks without a connection: kept cell by cell, sent later, and what two hands wrote differently is decided."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PATIENCE, WIDTHS, Visitor, served_by_the_worker, shell
from tests.journeys.test_results import HELD

pytestmark = pytest.mark.journey
NARROW = pytest.mark.parametrize("visitor", [("kk", "narrow"), ("ru", "narrow")], indirect=True)
MARKS = """
from orken.training.models import Fact, MarkBeside
rows = Fact.objects.filter(enrolment__run__code="{code}", superseded_at=None).exclude(source="owner").order_by("enrolment__person__sort_kk", "component")
print("|".join(f"{{f.component}} {{f.value}} {{f.source}}" for f in rows))
print(MarkBeside.objects.filter(enrolment__run__code="{code}", decided_at=None).count())
"""


def _waits(page: Page, many: int) -> None:
    expect(page.locator("[data-queue-says]")).to_contain_text(re.compile(rf"(?<!\d){many}(?!\d)"))


@NARROW
def test_marks_are_kept_in_the_village_and_decided_at_home(visitor: Visitor, browser: Browser) -> None:
    page, context, language = visitor.page, visitor.page.context, visitor.language
    code = f"FAR-{language.upper()}"
    shell(visitor.site, HELD.format(code=code))
    where = f"/training/{code}/results/marks/"
    visitor.sign_in("national")
    visitor.open(where)
    page.locator("[data-take]").click()
    expect(page.locator("[data-take-says]")).to_contain_text("5")
    page.reload()
    served_by_the_worker(page)

    # No line: the page opens, every cell is kept at once, and stays kept when the page is opened again.
    context.set_offline(True)
    visitor.open(where)
    cells = page.locator("tbody input")
    expect(cells).to_have_count(16)
    cells.nth(0).fill("40")
    cells.nth(3).fill("90")
    cells.nth(4).focus()
    _waits(page, 2)
    visitor.look()
    page.reload()
    expect(cells.nth(3)).to_have_value("90")

    # Over a mark of hers: with a reason, and she stays where she is while there is no line.
    cells.nth(0).fill("45")
    page.keyboard.press("Tab")
    expect(page.locator("#reason")).to_be_visible()
    page.locator("#reason").fill("Қайта саналды")
    page.keyboard.press("Enter")
    _waits(page, 3)
    assert page.url.endswith("/marks/")

    # Meanwhile the trainer writes another final mark at the desk.
    wide, high = WIDTHS["wide"]
    desk = browser.new_context(viewport={"width": wide, "height": high}, locale=language)
    desk.set_default_timeout(PATIENCE)
    other = Visitor(desk, visitor.site, language)
    other.sign_in("trainer")
    other.open(where)
    other.page.locator("tbody input").nth(3).fill("70")
    other.page.keyboard.press("Control+Enter")
    other.page.wait_for_url(f"**/training/{code}/results/")

    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("tbody tr").first.locator("td").nth(3)).to_contain_text("90")
    first, beside, *_rest = shell(visitor.site, MARKS.format(code=code))
    assert (first, beside) == ("final 70 device|pre_test 45 device", "1")

    # The difference is seen by both and decided by one.
    other.open(f"/training/{code}/results/")
    other.look()
    other.page.locator("#h-beside ~ ul a").click()
    other.look()
    other.page.locator("#id_reason").fill("Журнал бойынша")
    other.page.locator("button[name=take]").click()
    other.page.wait_for_url(f"**/training/{code}/results/")
    first, beside, *_rest = shell(visitor.site, MARKS.format(code=code))
    assert (first, beside) == ("final 90 device|pre_test 45 device", "0")
    assert not other.problems
    desk.close()


SENT = {"kk": "Бәрі жіберілді.", "ru": "Всё отправлено."}


@NARROW
def test_enter_in_a_row_marks_nobody_else_and_everybody_else_is_taken_back(visitor: Visitor) -> None:
    page, code = visitor.page, f"ENTER-{visitor.language.upper()}"
    shell(visitor.site, HELD.format(code=code) + "\nfrom orken.training.models import Mark\nMark.objects.filter(session__run=run).update(superseded_at=timezone.now())\n")  # fmt: skip
    visitor.sign_in("national")
    visitor.open(f"/training/{code}/attendance/")
    page.locator("thead [data-session] a").first.click()
    rows = page.locator("[data-people] > li")
    rows.first.locator("input[value=absent]").check()
    expect(page.locator("[data-people] > li[data-s=absent]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    expect(page.locator("[data-people] > li[data-s=present]")).to_have_count(0)
    page.locator("button[name=rest]").dblclick()
    expect(page.locator("[data-people] > li[data-s=present]")).to_have_count(3)
    page.locator("[data-back]").click()  # one press too many
    expect(page.locator("[data-people] > li[data-s=present]")).to_have_count(0)
    expect(page.locator("[data-people] > li[data-s=absent]")).to_have_count(1)
    expect(page.locator("[data-queue-says]")).to_have_text(SENT[visitor.language])
    page.reload()
    expect(page.locator("[data-people] > li[data-s=absent]")).to_have_count(1)
    expect(page.locator("[data-people] > li[data-s=present]")).to_have_count(0)
    visitor.look()


GONE = """
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Session
session = Session.objects.filter(run__code="{code}").order_by("starts_at").first()
training.cancel_session(session=session, by=Account.objects.get(login="national"))
"""


@pytest.mark.parametrize("visitor", [("kk", "narrow")], indirect=True)
def test_a_line_that_could_not_be_written_leaves_its_cell_as_it_was(visitor: Visitor) -> None:
    page, code = visitor.page, "GONE-1"
    shell(visitor.site, HELD.format(code=code) + "\nfrom orken.training.models import Mark\nMark.objects.filter(session__run=run).update(superseded_at=timezone.now())\n")  # fmt: skip
    visitor.sign_in("national")
    visitor.open(f"/training/{code}/attendance/")
    page.locator("thead [data-session] a").first.click()
    rows = page.locator("[data-people] > li")
    expect(rows).to_have_count(4)
    page.context.set_offline(True)
    rows.first.locator("input[value=present]").check()
    _waits(page, 1)
    shell(visitor.site, GONE.format(code=code))
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-queue]")).to_have_class(re.compile("stop"))
    expect(rows.first.locator("input:checked")).to_have_count(0)
    expect(rows.first.locator("[data-now]")).to_have_count(0)

    # Whoever organises sees it, and takes it off the list when she has seen it.
    visitor.open(f"/training/{code}/attendance/")
    expect(page.locator("#h-refused ~ ul li")).to_have_count(1)
    visitor.look()
    page.locator("#h-refused ~ ul form button").click()
    expect(page.locator(".note.ok")).to_be_visible()
    expect(page.locator("#h-refused")).to_have_count(0)
