"""A travelling master-class of two days, whole: kept in a village without a connection on a telephone, sent, confirmed by
a commission, answered by a listener, and asked after by itself three months later. Everything by keys, axe at each stop."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Visitor, served_by_the_worker, shell
from tests.journeys.test_attendance import HELD, STANDING, _waits

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "narrow"), ("ru", "narrow")], indirect=True)

# The village librarian is one of five; the class ended yesterday.
MORE = """
home = Appointment.objects.at().select_related("unit").get(person=Account.objects.get(login="village").person, employment="main")
Run.objects.filter(pk=run.pk).update(state="confirmed")
run.refresh_from_db()
paper = training.apply_as_known(run=run, unit=home.unit, by=national, lines=[training.Line(home.person, home.unit)])
for applicant in paper.applicants.all():
    training.accept(applicant=applicant, by=national)
Run.objects.filter(pk=run.pk).update(state="running", ends_on=day + timedelta(1), apply_until=day, title_kk="Сынып {code}", title_ru="Класс {code}")
"""
# The habit of every noon, run by hand.
NOON = """
from orken.training import questionnaires
from orken.training.models import Run
questionnaires.ask()
run = Run.objects.get(code="{code}")
for purpose in ("reaction", "follow_up", "head"):
    survey = questionnaires.survey_of(run, purpose)
    print(purpose, survey.invitations.count() if survey else "-", survey.invitations.filter(used=1).count() if survey else "-")
"""
# Three months go by: everything of the class lies so much further back.
LATER = """
from datetime import timedelta
from django.db.models import F
from orken.training.models import Run, Session
by = timedelta(91)
Session.objects.filter(run__code="{code}").update(starts_at=F("starts_at") - by, ends_at=F("ends_at") - by)
Run.objects.filter(code="{code}").update(starts_on=F("starts_on") - by, ends_on=F("ends_on") - by, apply_until=F("apply_until") - by)
"""
RESULTS = """
from orken.training.models import Result
print("|".join(sorted(r.outcome for r in Result.objects.filter(enrolment__run__code="{code}", superseded_at=None))))
"""
QUEUE = {
    "kk": ["2 жазба жіберілуін күтіп тұр.", "11 жазба жіберілуін күтіп тұр."],
    "ru": ["2 записи ждут отправки.", "11 записей ждут отправки."],
}
REACHED = {
    "kk": r"Орталықпен соңғы байланыс: (\d\d:\d\d)\.",
    "ru": r"Последняя связь с центром: (\d\d:\d\d)\.",
}


def _to(page: Page, place: Locator) -> None:
    """Go to it by the Tab key alone; whatever cannot be reached so fails."""
    place.evaluate("(one) => { window.sought = one }")
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === window.sought"):
            return
    raise AssertionError(f"no key leads to {place}")


def _enter(page: Page, place: Locator) -> None:
    _to(page, place)
    page.keyboard.press("Enter")


def _answered(visitor: Visitor, code: str) -> None:
    """The questionnaire about this class that waits for her is answered on the telephone by keys."""
    page = visitor.page
    visitor.open("/survey/mine/")
    visitor.look()
    _enter(page, page.locator("main li", has_text=code).locator("a.main"))
    expect(page.locator("main form button.main")).to_be_visible()
    visitor.look()
    names = page.locator("main input[type=radio]").evaluate_all("(all) => [...new Set(all.map((one) => one.name))]")
    assert names
    for name in names:
        if page.locator(f"main input[name='{name}']:checked").count() == 0:
            _to(page, page.locator(f"main input[name='{name}']").first)
            page.keyboard.press("Space")
    for box in page.locator("main select[required]").all():
        _to(page, box)
        page.keyboard.press("ArrowDown")
    for text in page.locator("main textarea").all():
        _to(page, text)
        page.keyboard.type("Рахмет")
    _enter(page, page.locator("main form button.main"))
    expect(page.locator("main form button.main")).to_have_count(0)
    expect(page.locator("main .errors")).to_have_count(0)
    visitor.look()


@BOTH
def test_a_master_class_from_the_village_to_the_question_after_three_months(visitor: Visitor) -> None:
    page, context, site = visitor.page, visitor.page.context, visitor.site
    code, language = f"MASTER-{uuid4().hex[:6].upper()}", visitor.language
    shell(site, HELD.format(code=code) + MORE.format(code=code))

    # At home: the pages are taken along.
    visitor.sign_in("trainer")
    visitor.open(f"/training/{code}/attendance/")
    visitor.look()
    _enter(page, page.locator("[data-take]"))
    expect(page.locator("[data-take-says]")).to_contain_text("5", timeout=20_000)
    page.reload()
    served_by_the_worker(page)

    # In the village, the first day: a row by digits, arrows between people.
    context.set_offline(True)
    _enter(page, page.locator("thead [data-session] a").first)
    people = page.locator("[data-people] > li")
    expect(people).to_have_count(5)
    _to(page, people.first.locator("input[type=radio]").first)
    page.keyboard.press("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    expect(page.locator("[data-queue-says]")).to_contain_text(QUEUE[language][0])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    expect(page.locator("#ask-minutes")).to_be_focused()
    page.keyboard.type("80")
    page.keyboard.press("Enter")
    _waits(page, 3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    _waits(page, 5)
    visitor.look()
    _to(page, page.locator("[data-walk] [name=name]"))
    page.keyboard.type("Сейтқали Гүлнәр")
    page.keyboard.press("Tab")
    page.keyboard.type("Ақсу")
    page.keyboard.press("Enter")
    expect(people).to_have_count(6)
    _waits(page, 7)

    # The second day, after the telephone was off: what is kept is there, and when the centre was last reached.
    page.reload()
    expect(people).to_have_count(6)
    _waits(page, 7)
    when = page.locator("[data-queue-when]")
    expect(when).to_have_text(re.compile(REACHED[language]))
    reached = when.inner_text()
    visitor.look()
    _enter(page, page.locator(".crumbs a"))
    expect(page.locator("[data-grid][role=grid]")).to_be_visible()
    expect(page.locator("[data-grid] tbody tr")).to_have_count(6)
    visitor.look()
    _enter(page, page.locator("thead [data-session] a").nth(1))
    expect(people).to_have_count(6)
    _to(page, people.first.locator("input[type=radio]").first)
    for place in range(4):
        page.keyboard.press("1")
        _waits(page, 8 + place)
        page.keyboard.press("ArrowDown")
    expect(page.locator("[data-queue-says]")).to_contain_text(QUEUE[language][1])
    assert when.inner_text() == reached, "nothing was reached meanwhile"
    page.keyboard.press("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("3")
    _waits(page, 13)
    visitor.look()
    visitor.open("/offline/")
    expect(page.locator("[data-lines] > li")).to_have_count(13)
    visitor.look()

    # Home again.
    context.set_offline(False)
    _enter(page, page.locator("[data-send]"))
    expect(page.locator("[data-lines] .tag.ok")).to_have_count(13)
    visitor.look()
    standing, counted, broken = shell(site, STANDING.format(code=code))[:3]
    assert sorted(standing.split("|")) == ["1l80", *["1p90"] * 5, "2a0", *["2p90"] * 5]
    assert counted.split() == ["12", "13", "1"] and broken == "0"

    # The listeners are asked by themselves; the village librarian answers on her telephone.
    assert shell(site, NOON.format(code=code))[:3] == ["reaction 5 0", "follow_up - -", "head - -"]
    visitor.sign_in("village")
    _answered(visitor, code)
    assert shell(site, NOON.format(code=code))[0] == "reaction 5 1"

    # The organiser goes over to the assessment, the final works are marked, a commission confirms.
    visitor.sign_in("national")
    visitor.open(f"/training/{code}/")
    visitor.look()
    _enter(page, page.locator("form[action$='/lead/assess/'] button"))
    expect(page.locator("form[action$='/lead/assess/']")).to_have_count(0)
    visitor.open(f"/training/{code}/results/marks/")
    visitor.look()
    finals = page.locator("tbody input[name^='final-']")
    expect(finals).to_have_count(5)
    for place in range(5):
        _to(page, finals.nth(place))
        page.keyboard.type("90")
    _enter(page, page.locator("main form button.main").last)
    page.wait_for_url(f"**/training/{code}/results/")
    visitor.look()
    visitor.open(f"/training/{code}/results/confirm/")
    visitor.look()
    _to(page, page.locator("[name=chair]"))
    page.keyboard.press("ArrowDown")
    chair = page.locator("[name=chair]").input_value()
    for box in page.locator("[name=members]").all():
        if box.get_attribute("value") != chair:
            _to(page, box)
            page.keyboard.press("Space")
    _enter(page, page.locator("main form button.main").last)
    page.wait_for_url(re.compile(rf"/training/{code}/results/(sheets/1/)?$"))
    visitor.look()
    # Only she has answered, so only she has passed; the walk-in has no seat and no result.
    assert shell(site, RESULTS.format(code=code))[0] == "failed|failed|failed|failed|passed"
    visitor.sign_in("village")
    visitor.open("/results/")
    expect(page.locator("main .todo > li").filter(has=page.locator(f"a[href*='{code}']")).first).to_be_visible()
    visitor.look()

    # Three months later the question comes by itself, to the graduate and to her head; she answers it on the telephone.
    shell(site, LATER.format(code=code))
    asked = shell(site, NOON.format(code=code))[:3]
    assert asked[1:] == ["follow_up 1 0", "head 1 0"], asked
    _answered(visitor, code)
    assert shell(site, NOON.format(code=code))[1] == "follow_up 1 1"
