"""After a seminar: a work sample is sent, returned, sent again and accepted; a walk-in gets her name; who did not come is noted."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests.journeys.conftest import Visitor, shell
from tests.journeys.test_attendance import HELD

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "narrow"), ("ru", "wide")], indirect=True)

# Each language has a seminar of its own, so that one journey does not find what another left.
ASKED = """
from datetime import timedelta
from django.utils import timezone
from orken.curriculum import selectors as curriculum
from orken.network.models import Unit
from orken.people.models import Account
from orken.training import questionnaires
from orken.training import services as training
from orken.training.models import Run, Trainer
national, village = Account.objects.get(login="national"), Account.objects.get(login="village").person
day = timezone.localdate()
run = training.open_run(
    code="{code}", kind="seminar", host=Unit.objects.get(code="KZ-55-LIB"), capacity=3, by=None, version=curriculum.published("PVL-01"),
    title_kk="{code}", title_ru="{code}", form="onsite", languages=["kk"], starts_on=day + timedelta(9), ends_on=day + timedelta(9), apply_until=day,
)
asked = training.invite_trainer(run=run, person=Account.objects.get(login="trainer").person, by=None)
training.answer_invitation(trainer=asked, state=Trainer.State.ACCEPTED, by=national)
unit = village.appointments.at().get().unit
paper = training.apply_as_known(run=run, unit=unit, by=national, lines=[training.Line(village, unit)])
training.accept(applicant=paper.applicants.get(), by=national)
ended = day - timedelta(95)
Run.objects.filter(pk=run.pk).update(state="closed", starts_on=ended, ends_on=ended, apply_until=ended)
questionnaires.ask()
"""


def photograph(shade: int) -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (shade, 120, 90)).save(out, "JPEG")
    return {"name": f"card-{shade}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@BOTH
def test_a_work_sample_goes_back_and_forth_until_it_is_accepted(visitor: Visitor) -> None:
    page, code = visitor.page, f"AFTER-{visitor.language.upper()}"
    shell(visitor.site, ASKED.format(code=code))

    # Three months later her desk says what is asked.
    visitor.sign_in("village")
    visitor.open("/desk/")
    visitor.look()
    page.locator("main li", has_text=code).locator("a[href*='/work-samples/']").click()
    visitor.look()
    own = page.url
    page.locator("main form button.main").click()  # nothing chosen
    expect(page.locator("main [role=alert]")).to_be_visible()
    visitor.look()
    page.locator("input[name=work]").set_input_files([photograph(200), photograph(90)])
    page.locator("textarea[name=words]").fill("Екі карточка")
    page.locator("main form button.main").click()
    expect(page.locator("main a[href*='/file/']")).to_have_count(2)
    expect(page.locator("input[name=work]")).to_have_count(0)
    visitor.look()

    # Whoever taught her looks: first it goes back with words.
    visitor.sign_in("trainer")
    visitor.open("/work-samples/")
    visitor.look()
    page.locator("main ul.todo li", has_text=code).locator("a").click()
    page.locator("button[name=return]").click()  # without words
    expect(page.locator("main [role=alert]")).to_be_visible()
    visitor.look()
    page.locator("textarea[name=words]").fill("Авторлық белгі жоқ")
    page.locator("button[name=return]").click()
    expect(page.locator("main .note.wait")).to_contain_text("Авторлық белгі жоқ")

    visitor.sign_in("village")
    page.goto(own)
    expect(page.locator("main .note.wait")).to_contain_text("Авторлық белгі жоқ")
    visitor.look()
    page.locator("input[name=work]").set_input_files([photograph(60)])
    page.locator("main form button.main").click()
    expect(page.locator("main a[href*='/file/']")).to_have_count(3)

    # Her head finds it on her desk and accepts it.
    visitor.sign_in("head")
    visitor.open("/work-samples/")
    page.locator("main ul.todo li", has_text=code).locator("a").click()
    with page.expect_download() as download:
        page.locator("main a[href*='/file/']").first.click()
    assert download.value.suggested_filename == "card-60.jpg"
    page.locator("main form select").first.select_option("3")
    page.locator("button[name=accept]").click()
    expect(page.locator("main .note.ok").first).to_be_visible()
    visitor.look()

    # It is written into her competencies, and the desk of the run counts it.
    visitor.sign_in("village")
    visitor.open("/competencies/mine/")
    visitor.look()
    visitor.sign_in("pavlodar")
    visitor.open(f"/training/{code}/")
    visitor.look()
    page.locator(f"main a[href$='/training/{code}/samples/']").click()
    expect(page.locator("main ul.todo .tag.ok")).to_have_count(1)
    visitor.look()


@BOTH
def test_a_walk_in_gets_her_name_and_who_did_not_come_is_noted(visitor: Visitor) -> None:
    page, code = visitor.page, f"DOOR-{visitor.language.upper()}"
    shell(visitor.site, HELD.format(code=code))
    visitor.sign_in("trainer")
    visitor.open(f"/training/{code}/attendance/")
    page.locator("thead [data-session] a").first.click()
    page.locator("input[name=name]").fill("Жұмабекова Айгүл")
    # Sent, not only kept; a page that opens posts too, to hear whether the centre answers.
    with page.expect_response(lambda answer: "Жұмабекова" in (answer.request.post_data or "")):
        page.locator("form[data-walk] button").click()
    expect(page.locator("[data-people] > li", has_text="Жұмабекова Айгүл")).to_have_count(1)

    # The organiser says who that was: found by the name as it stands on the sheet.
    visitor.sign_in("national")
    visitor.open(f"/training/{code}/attendance/")
    visitor.look()
    page.locator("#guests a.btn").click()
    visitor.look()
    page.locator("input[name=pick]").first.check()
    page.locator("main form[method=post] button.main").click()
    expect(page.locator("#guests li a.btn")).to_have_count(0)  # she has her seat
    expect(page.locator("[data-grid] tbody tr")).to_have_count(5)
    visitor.look()
    page.locator(".toast form button").click()  # it was somebody else after all
    expect(page.locator("#guests li a.btn")).to_have_count(1)

    # The last session is over: four have a seat and not a minute.
    page.locator("main a[href$='/attendance/did-not-come/']").click()
    visitor.look()
    boxes = page.locator("main input[type=checkbox]")
    expect(boxes).to_have_count(4)
    boxes.nth(0).uncheck()
    page.locator("main input[name^=reason-]").nth(1).fill("")
    page.locator("main form button.main").click()
    expect(page.locator("main [role=alert]")).to_be_visible()
    visitor.look()
    page.locator("main input[name^=reason-]").nth(1).fill("Жол жабық")
    page.locator("main form button.main").click()
    expect(page.locator("#h-noted + ul > li")).to_have_count(3)
    visitor.look()
    page.locator(".toast form button").click()
    expect(page.locator("main input[type=checkbox]")).to_have_count(4)
    assert re.search(rf"/{code}/attendance/did-not-come/$", page.url)
