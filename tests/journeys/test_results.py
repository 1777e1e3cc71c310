"""Marks by keys and from a table, a commission, «why not passed» on her own page, and a correction with its reason."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from orken.kit.sheets.reading import read
from orken.kit.sheets.writing import Column, Table, write_xlsx
from tests.journeys.conftest import Visitor, shell

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "wide"), ("ru", "narrow")], indirect=True)

# A course of two days that ended yesterday; the village librarian was there for 78 of 100 minutes, the others for all.
HELD = """
from datetime import datetime, time, timedelta
from django.utils import timezone
from orken.network.models import Appointment, Unit
from orken.people.models import Account
from orken.training import services as training
from orken.training.attendance import services as attendance
from orken.training.attendance.services import Line
from orken.training.models import Enrolment, Run, Session, Trainer
day = timezone.localdate() - timedelta(2)
national, village = (Account.objects.get(login=login) for login in ("national", "village"))
run = training.open_run(
    code="{code}", kind="course", host=Unit.objects.get(code="NL-CONSERVATION"), capacity=9, by=None, form="onsite",
    title_kk="Қағазды күту", title_ru="Уход за бумагой", title_en="Care of paper", languages=["kk", "ru"],
    starts_on=day, ends_on=day + timedelta(1), apply_until=day + timedelta(1),
)
asked = training.invite_trainer(run=run, person=Account.objects.get(login="trainer").person, by=None)
training.answer_invitation(trainer=asked, state=Trainer.State.ACCEPTED, by=national)
for number in range(2):
    begin = timezone.make_aware(datetime.combine(day + timedelta(number), time(10)))
    training.add_session(run=run, by=None, starts_at=begin, ends_at=begin + timedelta(minutes=50), title_kk=f"Сабақ {{number + 1}}", title_ru=f"Занятие {{number + 1}}", title_en=f"Session {{number + 1}}")
rows = list(Appointment.objects.at().filter(unit__path__within=Unit.objects.get(code="KZ-55").path, employment="main", person__account=None).select_related("person", "unit").order_by("pk")[:3])
home = Appointment.objects.at().select_related("unit").get(person=village.person, employment="main")
lines = [training.Line(row.person, row.unit) for row in rows] + [training.Line(village.person, home.unit)]
for applicant in training.apply_as_known(run=run, unit=home.unit, by=national, lines=lines).applicants.order_by("pk"):
    training.accept(applicant=applicant, by=national)
Run.objects.filter(pk=run.pk).update(state="assessment")
run.refresh_from_db()
one, two = Session.objects.filter(run=run).order_by("starts_at")
for seat in Enrolment.objects.filter(run=run):
    late = seat.person_id == village.person_id
    attendance.write(run=run, by=None, lines=[Line(one.pk, f"e{{seat.pk}}", "present"), Line(two.pk, f"e{{seat.pk}}", "late" if late else "present", 28 if late else None)])
"""
CORRECTED = """
from orken.people.models import Account
from orken.training.attendance import services as attendance
from orken.training.attendance.services import Line
from orken.training.models import Mark, Run
run = Run.objects.get(code="{code}")
mark = Mark.objects.select_related("enrolment").get(session__run=run, state="late", superseded_at=None)
attendance.write(run=run, by=Account.objects.get(login="national"), lines=[Line(mark.session_id, f"e{{mark.enrolment_id}}", "late", 30, "Сағат қате жазылған", str(mark.pk))])
"""
STANDING = """
from orken.kit.audit import invariants
from orken.training.models import Fact, Result
print("|".join(f"{{f.component}} {{f.value}} {{f.source}}" for f in Fact.objects.filter(enrolment__run__code="{code}", superseded_at=None).exclude(source="owner").order_by("component", "value")))
print("|".join(f"{{r.sheet.number}} {{r.outcome}}" for r in Result.objects.filter(enrolment__run__code="{code}", superseded_at=None).order_by("sheet__number", "outcome").select_related("sheet")))
print(sum(len(broken) for _rule, broken in invariants.run()))
"""
SAYS = {
    "kk": {"wrong": "«870» 0-ден 100-ге дейінгі бүтін сан емес.", "why": "100 минуттан 78, 78 %; кемінде 80 % керек.", "stale": "енді сәйкес келмейді"},
    "ru": {"wrong": "«870» — не целое число от 0 до 100.", "why": "78 из 100 минут, 78 %; нужно не меньше 80 %.", "stale": "больше не совпадает"},
}  # fmt: skip


def _filled(path: Path) -> bytes:
    """The template with a final mark for everybody, as a teacher fills it in at home."""
    rows = read(io.BytesIO(path.read_bytes())).sheets[0].rows
    heads = [Column(str(cell)) for cell in rows[0]]
    with write_xlsx([Table("t", heads, [[*row[:6], 90] for row in rows[1:]])]) as file:
        return file.read()


def _commission(page: Page) -> None:
    page.locator("#id_chair").select_option(index=1)
    for box in page.locator("[name=members]").all():
        if box.get_attribute("value") != page.locator("#id_chair").input_value():
            box.check()


@BOTH
def test_from_marks_to_a_corrected_sheet(visitor: Visitor) -> None:
    page, says = visitor.page, SAYS[visitor.language]
    code = f"MARKS-{visitor.language.upper()}-{page.viewport_size['width']}"  # type: ignore[index]  # a size was given
    shell(visitor.site, HELD.format(code=code))
    visitor.sign_in("national")
    results = f"/training/{code}/results/"

    # The grid by keys: down by Enter and arrows, on by Tab; a wrong number is told beside its cell.
    visitor.open(f"{results}marks/")
    visitor.look()
    cells = page.locator("tbody input")
    expect(cells).to_have_count(16)
    expect(page.locator("#reason")).to_be_hidden()
    cells.first.focus()
    for points in ("40", "50", "60"):
        page.keyboard.type(points)
        page.keyboard.press("Enter")
    page.keyboard.type("55")
    expect(cells.nth(12)).to_have_value("55")
    page.keyboard.press("ArrowRight")
    expect(cells.nth(13)).to_be_focused()
    page.keyboard.type("870")
    page.keyboard.press("ArrowUp")
    expect(cells.nth(9)).to_be_focused()
    expect(cells.nth(13)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("tbody tr").nth(3).locator("td").nth(1)).to_contain_text(says["wrong"])
    visitor.look()
    page.keyboard.press("Control+Enter")
    expect(cells.nth(13)).to_be_focused()
    assert page.url.endswith("/marks/"), "nothing is sent as long as something is wrong"
    page.keyboard.type("87")
    expect(cells.nth(13)).not_to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Shift+Tab")
    expect(cells.nth(12)).to_be_focused()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{results}")
    visitor.look()

    # What stands is changed only with a reason, which is asked for as soon as that is so.
    visitor.open(f"{results}marks/")
    cells.first.fill("45")
    page.keyboard.press("Tab")
    expect(page.locator("#reason")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reason")).to_be_focused()
    visitor.look()
    page.keyboard.type("Қайта саналды")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{results}")

    # The final marks come in a table: looked through first, written then.
    visitor.open(f"{results}table/")
    visitor.look()
    with page.expect_download() as saved:
        page.locator("a[href$='table.xlsx']").click()
    filled = _filled(Path(saved.value.path()))
    page.locator("#file").set_input_files({"name": "x.xlsx", "mimeType": "application/octet-stream", "buffer": filled})
    page.locator("form[enctype] button[type=submit], form[enctype] button.full").last.click()
    expect(page.locator("table.data tbody tr")).to_have_count(4)
    visitor.look()
    assert "final" not in shell(visitor.site, STANDING.format(code=code))[0], "looked through only"
    page.locator("form button.main").click()
    page.wait_for_url(f"**{results}")
    marks = shell(visitor.site, STANDING.format(code=code))[0]
    assert marks == "final 90 file|final 90 file|final 90 file|final 90 file|post_test 87 device|pre_test 45 device|pre_test 50 device|pre_test 55 device|pre_test 60 device"  # fmt: skip

    # The commission is named and confirms; the sheet has a page and a paper.
    visitor.open(f"{results}confirm/")
    visitor.look()
    page.locator("form button.main").click()
    expect(page.locator(".errors")).to_be_focused()
    visitor.look()
    _commission(page)
    page.locator("form button.main").click()
    page.wait_for_url(f"**{results}sheets/1/")
    expect(page.locator("tbody .tag.ok")).to_have_count(3)
    expect(page.locator("tbody .tag.stop")).to_have_count(1)
    visitor.look()
    paper = page.context.request.get(f"{page.url}sheet.pdf")
    assert paper.ok and paper.body().startswith(b"%PDF")

    # She reads on her own page why she did not pass.
    visitor.sign_in("village")
    visitor.open("/applications/mine/")
    page.locator("main a[href$='/results/']").first.click()
    mine = page.locator(".todo > li").filter(has=page.locator(f"a[href*='{code}']"))
    expect(mine.locator(".why")).to_contain_text(says["why"])
    expect(mine.locator(".no")).to_have_count(1)
    expect(mine.locator(".tag.stop")).to_be_visible()
    visitor.look()
    assert page.goto(f"{visitor.site.address}/{visitor.language}{results}").status == 404  # type: ignore[union-attr]  # a page answers

    # Her attendance is corrected: the sheet stays, the page says that it no longer agrees, another sheet corrects it.
    shell(visitor.site, CORRECTED.format(code=code))
    visitor.sign_in("national")
    visitor.open(results)
    expect(page.get_by_text(says["stale"])).to_have_count(1)
    visitor.look()
    page.locator(".note a").click()
    expect(page.locator(".split .todo > li")).to_have_count(1)
    _commission(page)
    page.locator("form button.main").click()
    expect(page.locator(".errors")).to_be_focused()
    page.locator("#id_reason").fill("Қатысу түзетілді")
    page.locator("form button.main").click()
    page.wait_for_url(f"**{results}sheets/2/")
    visitor.look()
    assert shell(visitor.site, STANDING.format(code=code))[1:3] == ["1 passed|1 passed|1 passed|2 passed", "0"]
    visitor.sign_in("village")
    visitor.open("/results/")
    expect(page.locator(".todo > li").filter(has=page.locator(f"a[href*='{code}']")).locator(".tag.ok")).to_be_visible()

    # The rule has its page, with what was asked for until now.
    visitor.sign_in("national")
    visitor.open(f"{results}rule/")
    page.locator("#id_attendance").fill("101")
    page.locator("form button.main").click()
    expect(page.locator(".errors")).to_be_focused()
    visitor.look()
