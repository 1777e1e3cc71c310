"""A test is sat by keys alone, through every kind of question; and with the network really cut, on two devices."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import IN_EACH_LANGUAGE, PATIENCE, WIDTHS, Visitor, served_by_the_worker, shell

pytestmark = pytest.mark.journey
NARROW = pytest.mark.parametrize("visitor", [("kk", "narrow"), ("ru", "narrow")], indirect=True)
KINDS = (
    "choice",
    "several",
    "truth",
    "short",
    "numeric",
    "matching",
    "ordering",
    "gaps",
    "sorting",
    "hotspot",
    "essay",
    "file",
)
BEGUN = """
from datetime import timedelta
from django.utils import timezone
from orken.network.models import Appointment, Unit
from orken.people.models import Account
from orken.questions import services as questions
from orken.questions.models import Exercise, Question
from orken.training import services as training
today = timezone.localdate()
run = training.open_run(code="{code}", kind="course", host=Unit.objects.get(code="NL"), capacity=5, title_kk="Сынақ", title_ru="Проверка",
    form="live", languages=["kk"], starts_on=today + timedelta(30), ends_on=today + timedelta(32), apply_until=today + timedelta(20), deciding="at_once", by=None)
post = Appointment.objects.at().filter(person__account__login="village").select_related("unit", "person").first()
training.apply(run=run, unit=post.unit, lines=[training.Line(post.person, post.unit)], by=Account.objects.get(login="national"))
exercise = questions.create_exercise(code="{code}", unit=Unit.objects.get(code="NL-VIRTUAL"), by=None,
    fields={{"title_kk": "Барлық түрлер", "title_ru": "Все виды", "title_en": "All kinds", "minutes": 90, "pass_mark": 0, "reveal": "at_once"}})
for place, kind in enumerate({kinds}, start=1):
    question = Question.objects.filter(kind="question." + kind).exclude(published=None).order_by("pk").first()
    questions.add_slot(version=exercise.draft, by=None, revision=place, question=question)
exercise = Exercise.objects.get(pk=exercise.pk)
questions.publish_exercise(exercise=exercise, by=None, revision=exercise.draft.revision)
"""
STOOD = """
from orken.attempts.models import Attempt, Step
attempt = Attempt.objects.get(exercise__code="{code}")
print(" ".join(item.state for item in attempt.items.all()), Step.objects.filter(item__attempt=attempt, kind="save").count(), attempt.state)
"""


def _begin(visitor: Visitor, code: str, kinds: tuple[str, ...]) -> None:
    shell(visitor.site, BEGUN.format(code=code, kinds=list(kinds)))
    visitor.sign_in("village")
    visitor.open(f"/attempts/start/{code}/?context=training.run:{code}")
    visitor.look()
    visitor.page.locator("main form button").click()
    expect(visitor.page.locator("[data-item]")).to_have_count(len(kinds))


def _where(page: Page) -> int:
    """In which question the focus stands; 0 outside."""
    found: str = page.evaluate("document.activeElement?.closest('[data-item]')?.dataset.item ?? '0'")
    return int(found)


def _answer_by_keys(page: Page, kind: str) -> None:
    if kind in ("choice", "truth", "several", "hotspot"):
        page.keyboard.press("Space")
    elif kind in ("matching", "ordering", "gaps", "sorting"):
        page.keyboard.press("ArrowDown")
    elif kind == "numeric":
        page.keyboard.type("12750")
    elif kind in ("short", "essay"):
        page.keyboard.type("ISBN")


@pytest.mark.parametrize("visitor", IN_EACH_LANGUAGE, indirect=True)
def test_every_kind_is_answered_by_keys_in_the_order_of_the_page(visitor: Visitor) -> None:
    page, code = visitor.page, f"KINDS-{visitor.language.upper()}"
    _begin(visitor, code, KINDS)
    visitor.look()
    seen: list[int] = []
    page.locator("h1").click()
    for _press in range(160):
        page.keyboard.press("Tab")
        here = _where(page)
        if here and (not seen or seen[-1] != here):
            seen.append(here)
            kind = KINDS[here - 1]
            named = page.evaluate("document.activeElement.labels?.length || document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()")  # fmt: skip
            assert named, f"the field of {kind} has a name"
            if kind != "file":
                _answer_by_keys(page, kind)
                expect(page.locator(f"[data-item='{here}'] [data-item-said]")).to_have_text(re.compile(r"\d\d:\d\d"))
        if len(seen) == len(KINDS) and not here:
            break
    assert seen == list(range(1, len(KINDS) + 1)), "fields follow one another as they are read"
    answered = page.locator("[data-number][data-state='answered']")
    expect(answered).to_have_count(len(KINDS) - 1)

    # To handing in by the key that stands next, what is open is named, and after it the review says the score.
    page.locator("[data-finish]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/finish/")
    expect(page.locator("main .numbers a")).to_have_count(1)
    visitor.look()
    page.locator("main form button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")
    expect(page.locator("main section.panel")).to_have_count(len(KINDS))
    visitor.look()
    states, _steps, state = shell(visitor.site, STOOD.format(code=code))[0].rsplit(" ", 2)
    assert "todo" not in states and "invalid" not in states and state == "waiting", "the essay waits for a person"


@NARROW
def test_what_is_written_before_the_script_has_come_is_kept(visitor: Visitor) -> None:
    """On a weak line the page stands long before its script: she answers meanwhile, and it counts."""
    page = visitor.page
    page.add_init_script("delete Navigator.prototype.serviceWorker")  # a script that the worker has does not come late
    _begin(visitor, f"EARLY-{visitor.language.upper()}", ("choice", "short", "gaps"))
    held: list[Route] = []
    page.route(re.compile(r"/attempts/js/sheet[^/]*\.js"), lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.locator("[data-item='1'] input[type=radio]").nth(1).check()
    page.locator("[data-item='2'] input[name='q2']").fill("ерте жазылған")
    said = page.locator("[data-item-said]")
    expect(said.nth(1)).to_have_text("")
    assert held
    held.pop().continue_()
    for place in (0, 1):
        expect(said.nth(place)).to_have_text(re.compile(r"\d\d:\d\d"))
    page.unroute_all()
    page.reload()
    expect(page.locator("[data-item='1'] input[type=radio]").nth(1)).to_be_checked()
    expect(page.locator("[data-item='2'] input[name='q2']")).to_have_value("ерте жазылған")
    assert shell(visitor.site, STOOD.format(code=f"EARLY-{visitor.language.upper()}"))[0].split()[-2:] == ["2", "open"]


@NARROW
def test_a_sitting_goes_on_when_the_line_and_the_page_are_gone(visitor: Visitor) -> None:
    """She pressed nothing beforehand: the telephone let the page go where there is no line, and it opens with all she wrote."""
    page, code = visitor.page, f"GONE-{visitor.language.upper()}"
    _begin(visitor, code, ("choice", "short", "truth"))
    said = page.locator("[data-item-said]")
    page.locator("[data-item='2'] input[name='q2']").fill("желі бар кезде")
    page.locator("[data-item='2'] input[name='q2']").blur()
    expect(said.nth(1)).to_have_text(re.compile(r"\d\d:\d\d"))
    for _turn in range(100):  # the page is kept by itself, a moment after it stands
        if page.evaluate("(async () => Boolean(await caches.match(location.pathname)))()"):
            break
        page.wait_for_timeout(100)
    left = int(re.findall(r"\d+", page.locator("[data-left]").inner_text())[0])
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-item='2'] input[name='q2']")).to_have_value("желі бар кезде")
    assert int(re.findall(r"\d+", page.locator("[data-left]").inner_text())[0]) <= left
    page.locator("[data-item='2'] input[name='q2']").fill("желі жоқ кезде")
    page.locator("[data-item='2'] input[name='q2']").blur()
    page.locator("[data-item='3'] input[type=radio]").first.check()
    expect(page.locator("[data-queue-says]")).to_contain_text(re.compile(r"(?<!\d)2(?!\d)"))
    visitor.look()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-queue].wait")).to_have_count(0)
    page.reload()
    expect(page.locator("[data-item='2'] input[name='q2']")).to_have_value("желі жоқ кезде")
    expect(page.locator("main section.note.wait")).to_have_count(
        0
    )  # nothing stands beside: each change knew what stood
    assert shell(visitor.site, STOOD.format(code=code))[0].split()[-2:] == ["3", "open"]


@NARROW
def test_answers_survive_a_cut_line_and_two_devices(visitor: Visitor, browser: Browser) -> None:
    page, context, language = visitor.page, visitor.page.context, visitor.language
    code = f"CUT-{language.upper()}"
    _begin(visitor, code, ("choice", "short", "truth"))
    address = page.url
    page.locator("[data-take]").click()
    expect(page.locator("[data-take-says]")).to_contain_text("1")
    page.reload()
    served_by_the_worker(page)

    # The line breaks: two answers are kept at once, the page opened anew still shows them.
    context.set_offline(True)
    page.goto(address)
    page.locator("[data-item='1'] input[type=radio]").first.check()
    page.locator("[data-item='2'] input[name='q2']").fill("далада жазылған")
    page.locator("[data-item='2'] input[name='q2']").blur()
    expect(page.locator("[data-queue-says]")).to_contain_text(re.compile(r"(?<!\d)2(?!\d)"))
    visitor.look()
    page.goto(address)
    expect(page.locator("[data-item='2'] input[name='q2']")).to_have_value("далада жазылған")
    expect(page.locator("[data-item='1'] input[type=radio]").first).to_be_checked()

    # Meanwhile at another computer she answers the same question otherwise.
    wide, high = WIDTHS["wide"]
    desk = browser.new_context(viewport={"width": wide, "height": high}, locale=language)
    desk.set_default_timeout(PATIENCE)
    other = Visitor(desk, visitor.site, language)
    other.sign_in("village")
    other.page.goto(address)
    other.page.locator("[data-item='2'] input[name='q2']").fill("үйде жазылған")
    other.page.locator("[data-item='2'] input[name='q2']").blur()
    expect(other.page.locator("[data-item='2'] [data-item-said]")).to_have_text(re.compile(r"\d\d:\d\d"))

    # The line is back: nothing is written over, both stand, she chooses.
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-queue].wait")).to_have_count(0)
    page.goto(address)
    beside = page.locator("main section.note.wait")
    expect(beside).to_have_count(1)
    expect(beside).to_contain_text("далада жазылған")
    expect(beside).to_contain_text("үйде жазылған")
    visitor.look()
    beside.locator("button").nth(1).click()
    expect(page.locator("main section.note.wait")).to_have_count(0)
    expect(page.locator("[data-item='2'] input[name='q2']")).to_have_value("далада жазылған")
    expect(page.locator("[data-queue-says]")).not_to_contain_text(
        re.compile(r"\d")
    )  # what is decided is counted no more

    # Without a line she is asked on the device as she is with one: what is open, a way back, and nothing goes before it.
    handing, finish = page.locator("[data-handing]"), page.locator("[data-finish]")
    says = page.locator("[data-queue-says]")
    context.set_offline(True)
    finish.click()
    expect(handing.locator("[data-handing-empty] a")).to_have_text(["3"])
    visitor.look()
    handing.locator("[data-handing-empty] a").click()
    expect(handing).to_be_hidden()
    page.locator("[data-item='3'] input[type=radio]").first.check()
    expect(says).to_contain_text(re.compile(r"(?<!\d)1(?!\d)"))
    finish.click()
    expect(handing.locator("[data-way=hand]")).to_be_visible()
    expect(handing.locator("[data-handing-empty] a")).to_have_count(0)
    expect(says).to_contain_text(re.compile(r"(?<!\d)1(?!\d)"))

    # After it handing in waits like any other line, at every open page, and can be taken back until it is sent.
    handing.locator("[data-way=hand]").click()
    expect(says).to_contain_text(re.compile(r"(?<!\d)2(?!\d)"))
    expect(finish).to_be_hidden()
    visitor.look()
    page.goto(address)
    expect(finish).to_be_hidden()
    handing.locator("[data-when=waits] button").click()
    expect(finish).to_be_visible()
    expect(says).to_contain_text(re.compile(r"(?<!\d)1(?!\d)"))
    finish.click()
    handing.locator("[data-way=hand]").click()
    expect(handing.locator("[data-when=waits]")).to_be_visible()
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-queue].wait")).to_have_count(0)
    expect(handing.locator("[data-when=sent] a")).to_be_visible()
    page.goto(address)
    page.wait_for_url("**/review/")
    visitor.look()
    states, steps, state = shell(visitor.site, STOOD.format(code=code))[0].rsplit(" ", 2)
    assert "gave_up" not in states and state == "done"
    assert int(steps) == 5, "two by the wayside, one at home, the choice, the last one"
    desk.close()
