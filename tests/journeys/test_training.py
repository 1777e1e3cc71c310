"""A region sends ten of its librarians to a travelling master-class, from the application to the last change of a seat."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Site, Visitor, shell

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True)

# The demo's own runs stand on fixed days; a journey must find one that takes applications on whatever day it is walked.
OPEN = """
from datetime import timedelta
from django.utils import timezone
from orken.network.models import Unit
from orken.people.models import Account
from orken.training import services as training
day = timezone.localdate() + timedelta(40)
run = training.open_run(
    code="{code}", kind="travelling", host=Unit.objects.get(code="NL-CONSERVATION"), capacity=7, by=None, form="onsite",
    title_kk="{title}", title_ru="{title}", languages=["kk", "ru"], place=Unit.objects.get(code="KZ-55-LIB"),
    starts_on=day, ends_on=day + timedelta(2), apply_until=day - timedelta(10),
)
training.set_route(
    run=run, by=Account.objects.get(login="national"),
    stops=[(Unit.objects.get(code=c), day + timedelta(n), day + timedelta(n)) for n, c in enumerate(("KZ-55-LIB", "KZ-55-D01", "KZ-55-D03"))],
)
"""


def _open_run(site: Site, code: str, title: str) -> None:
    shell(site, OPEN.format(code=code, title=title))


def _become(visitor: Visitor, login: str) -> None:
    visitor.page.context.clear_cookies()
    visitor.sign_in(login)


def _press(page: Page, what: Locator) -> None:
    """Press what leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        what.click()


def _decide(page: Page, many: int, word: str) -> None:
    """Choose the first `many` under review and press the button of that verb over them."""
    for place in range(many):
        page.locator("tbody input[name=pick]").nth(place).check()
    _press(page, page.locator(".bulk button", has_text=re.compile(word)))


@BOTH
def test_ten_are_sent_seven_get_in_one_is_replaced_and_one_moves_up(visitor: Visitor) -> None:
    page, kk = visitor.page, visitor.language == "kk"
    code, title = (f"JOURNEY-{visitor.language.upper()}", "Көшпелі сынып: сапар" if kk else "Выездной класс: маршрут")
    _open_run(visitor.site, code, title)

    # The organiser keeps seven seats for the region.
    _become(visitor, "national")
    visitor.open(f"/training/{code}/seats/")
    page.locator("[name=unit]").fill("KZ-55")
    page.locator("[name=seats]").first.fill("7")
    _press(page, page.locator("form", has=page.locator("[name=unit]")).locator("button.main"))
    expect(page.locator(".seats tbody tr").first).to_contain_text("7")
    visitor.look()

    # The methodologist sends ten, in order.
    _become(visitor, "pavlodar")
    visitor.open(f"/run/{code}/")
    visitor.look()
    _press(page, page.locator(f"a[href$='/run/{code}/people/']"))
    for place in range(10):
        page.locator("input[name=pick]:not([disabled])").nth(place).check()
    visitor.look()
    _press(page, page.locator("form[action$='/send/'] button.main"))
    expect(page.locator("tbody tr")).to_have_count(10)
    visitor.look()
    _press(page, page.locator("button[name=send]"))
    expect(page.locator(".said, .toast").first).to_contain_text("10")
    visitor.look()

    # Seven get in, two wait, one is declined with a reason that she can read.
    _become(visitor, "national")
    visitor.open(f"/training/{code}/applicants/?state=submitted")
    visitor.look()
    _decide(page, 7, "^(Қабылдау|Принять)")
    visitor.open(f"/training/{code}/applicants/?state=submitted")
    expect(page.locator("tbody tr")).to_have_count(3)
    _decide(page, 2, "Кезек|ожидани")
    visitor.open(f"/training/{code}/applicants/?state=submitted")
    _decide(page, 1, "Қабылдамау|Отклонить")
    _press(page, page.locator("main form button.grave"))
    expect(page.locator(".errors")).to_be_visible()
    visitor.look()
    page.locator("[name=reason]").fill("Былтыр оқыған." if kk else "Училась в прошлом году.")
    _press(page, page.locator("main form button.grave"))
    counts = page.locator("main p.muted", has_text="7").last
    expect(counts).to_contain_text(re.compile(r"7\D+7\D+2\D+0|7\D+7\D+2\D+0"))

    # One is replaced: the seat is hers who comes, and nobody of those who wait has moved.
    _become(visitor, "pavlodar")
    visitor.open("/applications/?state=accepted")
    _press(page, page.locator("tbody tr", has_text=title).first.locator("th a"))
    visitor.look()
    _press(page, page.locator("a[href$='/replace/']"))
    page.locator("[name=q]").fill("а")
    _press(page, page.locator("form[role=search] button").last)
    page.locator("input[name=pick]").first.check()
    visitor.look()
    _press(page, page.locator("main form[method=post] button.main"))
    visitor.open("/applications/?state=waiting")
    expect(page.locator("tbody tr", has_text=title)).to_have_count(2)

    # Another cannot come: whoever waits first moves up at once.
    visitor.open("/applications/?state=accepted")
    expect(page.locator("tbody tr", has_text=title)).to_have_count(7)
    _press(page, page.locator("tbody tr", has_text=title).last.locator("th a"))
    _press(page, page.locator("a[href$='/withdraw/']"))
    page.locator("[name=reason]").fill("Ауырып қалды." if kk else "Заболела.")
    visitor.look()
    _press(page, page.locator("main form button.main, main form button.grave").first)
    visitor.open("/applications/?state=waiting")
    expect(page.locator("tbody tr", has_text=title)).to_have_count(1)
    visitor.open("/applications/?state=accepted")
    expect(page.locator("tbody tr", has_text=title)).to_have_count(7)

    # The ledger tells every move, and seven are given, never eight.
    _become(visitor, "national")
    visitor.open(f"/training/{code}/seats/")
    page.locator("details summary", has_text=re.compile("журналы|Журнал")).click()
    taken = page.locator("details tbody tr td:last-child").all_inner_texts()
    assert sum(int(text.replace("−", "-").split()[-1]) for text in taken if text.strip()) == 7
    visitor.look()
