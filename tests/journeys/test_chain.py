"""The whole chain of one seminar: she applies, gets a seat by an order, comes, passes, is given a certificate; a stranger
scans its code, her record has its hours, and the picture of the region has moved."""

from __future__ import annotations

import re
import time
from pathlib import Path

import cv2
import numpy
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PATIENCE, Visitor, shell
from tests.journeys.test_cataloguing import worker_at_work
from tests.journeys.test_records import SCAN
from tests.journeys.test_training import _become, _press

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow")], indirect=True)
WORK = 600  # seconds that the background may take on a busy machine, behind all that others asked of it

# The regional library has planned a seminar of two days, in a week.
PLANNED = """
from datetime import timedelta
from django.utils import timezone
from orken.network.models import Unit
from orken.training import services as training
day = timezone.localdate() + timedelta(7)
training.open_run(
    code="{code}", kind="seminar", host=Unit.objects.get(code="KZ-55-LIB"), capacity=12, by=None, form="onsite", minimum=1,
    title_kk="Өлкетану: {code}", title_ru="Краеведение: {code}", title_en="Local lore: {code}", languages=["kk", "ru"],
    place=Unit.objects.get(code="KZ-55-LIB"), starts_on=day, ends_on=day + timedelta(1), apply_until=day - timedelta(1),
)
"""
# Eight days go by: everything of the seminar lies so much further back, and both its days are over or today.
DAYS_LATER = """
from datetime import timedelta
from django.db.models import F
from orken.training.models import Run, Session
by = timedelta(8)
Session.objects.filter(run__code="{code}").update(starts_at=F("starts_at") - by, ends_at=F("ends_at") - by)
Run.objects.filter(code="{code}").update(starts_on=F("starts_on") - by, ends_on=F("ends_on") - by, apply_until=F("apply_until") - by)
"""
# The habit of every noon.
NOON = """
from orken.training import questionnaires
questionnaires.ask()
"""
KEPT = """
from orken.kit.audit import invariants
for rule, broken in invariants.run():
    for one in broken:
        print(rule, one)
"""


def _sessions(page: Page, visitor: Visitor, code: str) -> None:
    """The organiser sets two sessions of the first day."""
    for begins, ends in (("09:00", "12:00"), ("13:00", "16:00")):
        visitor.open(f"/training/{code}/timetable/add/")
        page.locator("[name=from_time]").fill(begins)
        page.locator("[name=to_time]").fill(ends)
        page.locator("[name=title_kk]").fill(f"Сабақ {begins}")
        page.locator("[name=title_ru]").fill(f"Занятие {begins}")
        _press(page, page.locator("main form button.main").first)
    visitor.open(f"/training/{code}/timetable/")
    expect(page.locator(".plan-box")).to_have_count(2)
    visitor.look()


def _order(page: Page, visitor: Visitor, code: str) -> str:
    """The order to enrol: drafted by the organiser, numbered and signed by the registrar."""
    visitor.open(f"/training/{code}/papers/")
    _press(page, page.locator("a[href$='/papers/new/order.enrol/']"))
    page.locator("textarea[name=basis_kk]").fill("Жылдық жоспар")
    page.locator("textarea[name=basis_ru]").fill("Годовой план")
    _press(page, page.locator("main form button.main"))
    draft = page.url
    visitor.look()
    _become(visitor, "registrar")
    page.goto(draft)
    _press(page, page.locator("a[href$='/register/']"))
    _press(page, page.locator("main form button.main"))
    number = page.locator("main ol.crumbs [aria-current]").inner_text()
    _press(page, page.locator("a[href$='/sign/']"))
    page.locator("input[name=scan]").set_input_files(
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": SCAN}
    )
    _press(page, page.locator("main form button.main"))
    expect(page.locator("a[href$='/signed/']")).to_be_visible()
    visitor.look()
    return number.removeprefix("№ ")


def _answered(page: Page, visitor: Visitor, code: str) -> None:
    """She says what she thinks of it, on the last day."""
    visitor.open("/survey/mine/")
    _press(page, page.locator("main li", has_text=code).locator("a.main"))
    for name in page.locator("main input[type=radio]").evaluate_all(
        "(all) => [...new Set(all.map((one) => one.name))]"
    ):
        page.locator(f"main input[name='{name}']").last.check()
    for box in page.locator("main select[required]").all():
        box.select_option(index=1)
    _press(page, page.locator("main form button.main"))
    expect(page.locator("main .errors")).to_have_count(0)


def _until_there(page: Page, address: str, what: str) -> None:
    """The page is opened again and again until the background has brought what it waits for."""
    until = time.monotonic() + WORK
    while page.goto(address) and not page.locator(what).count():
        assert time.monotonic() < until, f"{what} did not come: {page.locator('main').inner_text()}"
        page.wait_for_timeout(2000)


def _certificate(page: Page, visitor: Visitor, code: str) -> str:
    """The registrar prepares, signs and issues it; answers its number."""
    visitor.open(f"/training/{code}/certificates/")
    for name, text in (("name_kk", "С. Әбдірахманова"), ("name_ru", "С. Абдрахманова"), ("post_kk", "Бас әдіскер"), ("post_ru", "Главный методист")):  # fmt: skip
        page.locator(f"input[name={name}_1]").fill(text)
    visitor.look()
    page.locator("main form.split button.main").click()
    page.wait_for_url(re.compile("/certificates/batches/"), timeout=PATIENCE)
    batch = page.url
    with worker_at_work(visitor.site):
        _until_there(page, batch, "button[name=sign]")
        _press(page, page.locator("button[name=sign]"))
        _press(page, page.locator("button[formaction$='/issue/']"))
        _until_there(page, batch, "main table .tag.ok")  # the worker stays until the register says so
    expect(page.locator("main table .tag.ok").first).to_be_visible()
    visitor.look()
    number: str = page.locator("main table a.num").first.inner_text()
    return number


def _scanned(paper: Path) -> str:
    """What a telephone reads off the printed page."""
    picture = pypdfium2.PdfDocument(paper)[0].render(scale=2).to_numpy()
    read, _corners, _code = cv2.QRCodeDetector().detectAndDecode(numpy.ascontiguousarray(picture[:, :, :3]))
    return read


def _counted(page: Page, visitor: Visitor) -> list[int]:
    """Participations, certificates and person-hours of the region within a year, as its methodologist reads them."""
    visitor.open("/coverage/KZ-55/")
    figures = page.locator("main dl.facts dd").all_inner_texts()[-3:]
    visitor.look()
    return [int(re.sub(r"\D", "", text)) for text in figures]


@BOTH
def test_from_an_application_to_a_strangers_check_and_the_picture_of_the_region(visitor: Visitor) -> None:
    page, site = visitor.page, visitor.site
    code = f"CHAIN-{visitor.language.upper()}"
    shell(site, PLANNED.format(code=code))

    # She finds it and applies; the region's methodologist, who organises it, sets the timetable and gives her a seat.
    _become(visitor, "village")
    visitor.open(f"/run/{code}/")
    visitor.look()
    _press(page, page.locator("form[action$='/apply/'] button").first)
    visitor.look()
    _become(visitor, "pavlodar")
    before = _counted(page, visitor)
    _sessions(page, visitor, code)
    visitor.open(f"/training/{code}/applicants/?state=submitted")
    page.locator("tbody input[name=pick]").first.check()
    _press(page, page.locator(".bulk button", has_text=re.compile("^(Қабылдау|Принять)")))
    visitor.open(f"/training/{code}/seats/")
    expect(page.locator(".seats tbody tr").first).to_contain_text("12")
    visitor.open(f"/training/{code}/")
    _press(page, page.locator("form[action$='/lead/confirm/'] button"))
    visitor.look()
    order = _order(page, visitor, code)

    # The days of the seminar: who was there, what she thinks, her final mark, the commission.
    shell(site, DAYS_LATER.format(code=code))
    _become(visitor, "pavlodar")
    visitor.open(f"/training/{code}/")
    _press(page, page.locator("form[action$='/lead/begin/'] button"))
    visitor.open(f"/training/{code}/attendance/")
    expect(page.locator("[data-grid][role=grid]")).to_be_visible()
    page.locator("[data-grid] tbody td:not(.n)").first.focus()
    page.keyboard.press("1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("1")
    expect(page.locator("[data-grid] tbody td.ok")).to_have_count(2)
    expect(page.locator("[data-queue-says]")).not_to_contain_text(re.compile(r"\d"))
    visitor.look()
    shell(site, NOON)
    _become(visitor, "village")
    _answered(page, visitor, code)
    _become(visitor, "pavlodar")
    visitor.open(f"/training/{code}/")
    _press(page, page.locator("form[action$='/lead/assess/'] button"))
    visitor.open(f"/training/{code}/results/marks/")
    page.locator("tbody input[name^='final-']").fill("92")
    _press(page, page.locator("main form button.main").last)
    visitor.open(f"/training/{code}/results/confirm/")
    page.locator("#q").fill("ов")  # specialists of the library that holds it
    _press(page, page.locator("button[name=find]"))
    page.locator("#id_chair").select_option(index=1)
    members = page.locator("[name=members]")
    members.nth(1 if members.first.get_attribute("value") == page.locator("#id_chair").input_value() else 0).check()
    _press(page, page.locator("main form button.main").last)
    expect(page.locator("tbody .tag.ok")).to_have_count(1)
    visitor.look()

    # The certificate, and the order that it rests on.
    _become(visitor, "registrar")
    number = _certificate(page, visitor, code)

    # Her record has the hours; she takes the paper.
    _become(visitor, "village")
    visitor.open("/my/record/")
    mine = page.locator("main", has_text=number)
    expect(mine).to_be_visible()
    visitor.look()
    _press(page, page.locator("main a", has_text=code).first)
    name = page.locator("main h1").inner_text()
    with page.expect_download() as download:
        page.locator("main a[href$='paper.pdf']").click()
    address = _scanned(download.value.path())

    # A stranger scans the code of the paper in her hands.
    page.context.clear_cookies()
    page.goto(site.address + address[address.index("/", len("https://")) :])
    expect(page.locator("main .note.ok")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("main")).to_contain_text(number)
    assert name not in page.locator("main").inner_text()

    # The picture of the region has moved by one participation, one certificate and six hours of lessons.
    _become(visitor, "pavlodar")
    after = _counted(page, visitor)
    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 8], (order, before, after)
    assert [line for line in shell(site, KEPT) if line] == []
