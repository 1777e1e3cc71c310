"""A course from its author to its learner: written, read by a second person, taken along, read without a line, finished."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import EVERYWHERE, IN_EACH_LANGUAGE, Visitor, served_by_the_worker, shell

pytestmark = pytest.mark.journey
BOTH = [EVERYWHERE[0], EVERYWHERE[3]]  # Kazakh wide, Russian narrow

# A run of today for the village librarian, with the course of statistics; exercises are nobody's here: they have journeys of their own.
RUN = """
from datetime import timedelta
from django.utils import timezone
from orken.courseware.models import Course
from orken.network.models import Appointment, Unit
from orken.people.models import Account
from orken.study import services
from orken.training import services as training
from orken.training.models import Run
by, village = Account.objects.get(login="national"), Account.objects.get(login="village")
course = Course.objects.select_related("programme__published").get(code="SRDGOB")
first = timezone.localdate() - timedelta(3)
run = training.open_run(
    code="{code}", kind="course", host=Unit.objects.get(code="NL-VIRTUAL"), capacity=20, by=None, version=course.programme.published, title_kk="Статистика курсы",
    title_ru="Курс статистики", title_en="A course of statistics", form="own_pace", languages=["kk", "ru"], starts_on=first, ends_on=first + timedelta(40),
    apply_until=first + timedelta(30), deciding="at_once",
)
post = Appointment.objects.filter(person=village.person, superseded_at=None, valid_to=None).select_related("unit").first()
training.apply_as_known(run=run, unit=Unit.objects.get(code="KZ-55-LIB"), by=by, lines=[training.Line(post.person, post.unit, 1)])
Run.objects.filter(pk=run.pk).update(state="running")
run.refresh_from_db()
services.open_course(run=run, course=course, pace="own", by=by)
print(run.code)
"""
# The final test, everything right: the walk through its questions is a journey of its own (test_attempts.py).
TEST = """
from uuid import uuid4
from orken.attempts import services
from orken.people.models import Account
from orken.questions.demo.answers import answer
from orken.questions.models import Exercise
from orken.training.models import Run
run, by = Run.objects.get(code="{code}"), Account.objects.get(login="village")
attempt = services.open_attempt(exercise=Exercise.objects.get(code="SRDGOB-TEST"), person=by.person, context=f"study.run:{{run.pk}}", by=by)
items = attempt.items.select_related("question", "attempt__version")
services.write(attempt=attempt, lines=[services.Line(uuid4(), item.position, "0", answer(item.kind, item.asked)) for item in items], by=by)
services.hand_in(attempt=attempt, by=by)
"""
STANDS = """
from orken.study.models import Finish, Note, Seen
print(Seen.objects.filter(enrolment__run__code="{code}").count())
print("|".join(Note.objects.filter(enrolment__run__code="{code}").values_list("text", flat=True)))
print(Finish.objects.filter(enrolment__run__code="{code}").count())
"""
TEXT = {"kk": "Келу – бір кіру", "ru": "Посещение – один вход", "en": "A visit is one entry"}


def _waits(page: Page, many: int) -> None:
    expect(page.locator("main [data-queue-says]")).to_contain_text(re.compile(rf"(?<!\d){many}(?!\d)"))


@pytest.mark.parametrize("visitor", IN_EACH_LANGUAGE, indirect=True)
def test_a_lesson_is_written_by_one_and_let_out_by_another(visitor: Visitor) -> None:
    page, code = visitor.page, f"NEW-{visitor.language.upper()}"
    visitor.sign_in("pavlodar")
    visitor.open("/courses/new/")
    visitor.look()
    page.locator("main #id_unit").select_option(index=1)
    page.locator("main #id_code").fill(code)
    page.locator("main #id_title_kk").fill("Келушіні санау")
    page.locator("main form button").last.click()
    page.wait_for_url(f"**/courses/{code}/")
    visitor.look()

    # A module, a lesson, a text in two languages beside one another.
    page.locator(f"main a[href$='/courses/{code}/draft/module/']").click()
    page.locator("main #id_title_kk").fill("Бірінші бөлім")
    page.locator("main form button").last.click()
    page.locator("main a[href$='/lesson/']").click()
    page.locator("main #id_title_kk").fill("Есік алдында")
    page.locator("main form button").last.click()
    page.locator("main a[href*='/draft/lesson/']").first.click()
    visitor.look()
    page.locator("main a[href$='/add/text/']").click()
    visitor.look()
    page.locator("main #id_kk_text").fill("**Келу** – бір кіру.\n\n- есік\n- дәптер")
    page.locator("main #id_ru_text").fill("**Посещение** – один вход.")
    page.locator("main form button").last.click()
    expect(page.locator("main .blocks .lesson strong")).to_have_count(1)

    # A call-out behind it is moved before it by its button, which keeps the focus.
    page.locator("main a[href$='/add/callout/']").click()
    page.locator("main #id_kk_text").fill("Бүгіннен бастаңыз.")
    page.locator("main form button").last.click()
    expect(page.locator("main .blocks > li")).to_have_count(2)
    page.locator("main .blocks > li").nth(1).locator("button[value=up]").click()
    expect(page.locator("main .blocks > li").first.locator(".note")).to_have_count(1)
    visitor.look()

    # Taken out and put back.
    page.locator("main .blocks > li").first.locator(".moves form").last.locator("button").click()
    expect(page.locator("main .blocks > li")).to_have_count(1)
    page.locator("main .toast button").click()
    expect(page.locator("main .blocks > li")).to_have_count(2)

    # The original changes under its translation: the mark stands until somebody has compared them.
    page.locator("main .blocks > li").first.locator("a[href*='/draft/block/']").click()
    page.locator("main #id_kk_text").fill("**Келу** – есіктен бір кіру.")
    page.locator("main form button").last.click()
    page.locator("main .blocks > li").first.locator("a[href*='/draft/block/']").click()
    expect(page.locator("main .sides .tag.wait")).to_have_count(1)
    visitor.look()
    page.locator("main #id_follows_ru").check()
    page.locator("main form button").last.click()
    page.locator("main .blocks > li").first.locator("a[href*='/draft/block/']").click()
    expect(page.locator("main .sides .tag.wait")).to_have_count(0)

    # Her own version is not hers to publish: another person reads it.
    visitor.open(f"/courses/{code}/ask/")
    visitor.look()
    page.locator("main form button").last.click()
    page.wait_for_url(f"**/courses/{code}/")
    expect(page.locator("main a[href$='/review/']")).to_have_count(0)
    visitor.sign_in("national")
    visitor.open(f"/courses/{code}/review/")
    visitor.look()
    page.locator("main button[name=publish]").click()
    page.wait_for_url(f"**/courses/{code}/")
    expect(page.locator("main .tag.ok").first).to_be_visible()
    visitor.open(f"/courses/{code}/version/1/print/")
    visitor.look()


@pytest.mark.parametrize("visitor", BOTH, indirect=True)
def test_a_course_is_taken_along_read_without_a_line_and_finished_at_home(visitor: Visitor) -> None:
    page, context, code = visitor.page, visitor.page.context, f"LEARN-{visitor.language.upper()}"
    shell(visitor.site, RUN.format(code=code))
    visitor.sign_in("village")
    visitor.open("/study/")
    visitor.look()
    visitor.open(f"/study/{code}/")
    visitor.look()
    page.locator("main [data-take]").click()
    expect(page.locator("main [data-take-says]")).to_contain_text(
        "11"
    )  # the course, six lessons, terms, notes, the search, the queue
    page.reload()
    served_by_the_worker(page)

    # The line is cut: the lesson opens with its picture, and what stands before her eyes is kept.
    context.set_offline(True)
    page.locator(f"main a.btn.main[href*='/study/{code}/lesson/']").click()
    pieces = page.locator("main [data-block]")
    expect(pieces).to_have_count(4)
    shot = page.locator("main img.shot").first
    shot.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert shot.evaluate("one => one.complete && one.naturalWidth > 0"), "the picture was taken along"
    for place in range(4):
        pieces.nth(place).locator("[data-end]").scroll_into_view_if_needed()
        expect(pieces.nth(place).locator("[data-was]")).to_be_visible()
    _waits(page, 4)
    visitor.look()

    # A note of hers, also without a line; it is there when the page is opened again.
    pieces.nth(2).locator("details summary").click()
    pieces.nth(2).locator("textarea").fill(TEXT[visitor.language])
    pieces.nth(2).locator("form[data-note] button").click()
    _waits(page, 5)
    page.reload()
    expect(pieces.nth(2).locator("textarea")).to_have_value(TEXT[visitor.language])
    expect(page.locator("main [data-over]")).to_be_visible()

    # The next lesson by its button, still without a line.
    page.locator("main nav a[href*='/lesson/']").last.click()
    expect(pieces).to_have_count(6)
    page.locator("main form[data-whole] button").click()
    _waits(page, 11)

    # Back at the line everything is sent by itself, once.
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("main [data-queue]")).not_to_have_class(re.compile("wait"))
    seen, notes, finished, *_rest = shell(visitor.site, STANDS.format(code=code))
    assert (seen, notes, finished) == ("10", TEXT[visitor.language], "0")

    # The rest with a line, lesson after lesson, and the course is finished.
    for _lesson in range(4):
        visitor.open(f"/study/{code}/")
        page.locator(f"main a.btn.main[href*='/study/{code}/lesson/']").click()
        page.locator("main form[data-whole] button").click()
        page.wait_for_load_state()
    # All lessons are read: the one button leads to the test, and passing it finishes the course.
    visitor.open(f"/study/{code}/")
    page.locator("main a.btn.main[href*='/attempts/start/SRDGOB-TEST/']").click()
    visitor.look()
    shell(visitor.site, TEST.format(code=code))
    visitor.open(f"/study/{code}/")
    visitor.look()
    _seen, _notes, finished, *_rest = shell(visitor.site, STANDS.format(code=code))
    assert finished == "1"
    visitor.open("/study/")
    expect(page.locator("main .tag.ok").first).to_be_visible()
    for part in ("notes", "glossary", "search/?q=келу"):
        visitor.open(f"/study/{code}/{part}" + ("" if "?" in part else "/"))
        visitor.look()


@pytest.mark.parametrize("visitor", BOTH, indirect=True)
def test_a_question_under_a_block_and_a_word_of_the_trainer(visitor: Visitor) -> None:
    page, code = visitor.page, f"ASK-{visitor.language.upper()}"
    shell(visitor.site, RUN.format(code=code))
    visitor.sign_in("village")
    visitor.open(f"/study/{code}/")
    page.locator(f"main a.btn.main[href*='/study/{code}/lesson/']").click()
    page.locator("main [data-block] a[href*='/ask/']").first.click()
    visitor.look()
    page.locator("main #id_text").fill("Бұл қалай?")
    page.locator("main form.lead button").click()
    expect(page.locator("main .news li")).to_have_count(1)
    visitor.sign_in("national")
    visitor.open(f"/training/{code}/course/")
    visitor.look()
    page.locator("main input[name=to]").first.check()
    page.locator("main #id_text").fill("Сұрағыңызға жауап бердім.")
    page.locator("main button.main").last.click()
    page.wait_for_url(f"**/training/{code}/course/")
    visitor.look()
    visitor.sign_in("village")
    visitor.open("/notices/")
    expect(page.locator("main")).to_contain_text("Статистика курсы" if visitor.language == "kk" else "Курс статистики")


ASKED = """
from orken.discussion.models import Post
print("|".join(Post.objects.filter(thread__source__startswith="study.block:", thread__address__contains="/{code}/").values_list("text", flat=True)))
"""
SOUGHT = {"kk": "келушілерге", "ru": "посещениями"}  # other forms of the words than those of the lessons


@pytest.mark.parametrize("visitor", BOTH, indirect=True)
def test_without_a_line_she_searches_what_she_took_along_and_asks_under_a_block(visitor: Visitor) -> None:
    page, context, code = visitor.page, visitor.page.context, f"AWAY-{visitor.language.upper()}"
    shell(visitor.site, RUN.format(code=code))
    visitor.sign_in("village")
    visitor.open(f"/study/{code}/")
    page.locator("main [data-take]").click()
    expect(page.locator("main [data-take-says]")).to_contain_text("11")
    page.reload()
    served_by_the_worker(page)

    # The line is cut: the search looks through the lessons on the device, by the stems of the words.
    context.set_offline(True)
    page.locator("main #q").fill(SOUGHT[visitor.language])
    page.locator("main form[role=search] button").click()
    hits = page.locator("main [data-search] li a")
    expect(hits.first).to_be_visible()
    expect(page.locator("main #q")).to_have_value(SOUGHT[visitor.language])
    visitor.look()
    page.locator("main #q").fill("гиппопотам")
    page.locator("main form[role=search] button").click()
    expect(page.locator("main [data-search] p")).to_be_visible()
    expect(hits).to_have_count(0)
    page.locator("main #q").fill(SOUGHT[visitor.language])
    page.locator("main form[role=search] button").click()
    hits.first.click()
    page.wait_for_url("**/lesson/**")
    lesson = page.url.partition("#")[0]

    # A question under its second block waits beneath it, also when the page is opened again.
    piece = page.locator("main [data-block]").nth(1)
    piece.locator(".foot-of a[href*='/ask/']").click()
    piece.locator("form[data-ask] textarea").fill("Қалай санаймыз?")
    visitor.look()
    piece.locator("form[data-ask] button").click()
    expect(piece.locator("[data-asked] li")).to_contain_text("Қалай санаймыз?")
    page.reload()
    expect(piece.locator("[data-asked] li")).to_contain_text("Қалай санаймыз?")
    assert shell(visitor.site, ASKED.format(code=code))[0] == ""

    # Back at the line it is asked once, and stands in the discussion.
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("main [data-queue]")).not_to_have_class(re.compile("wait"))
    page.reload()
    expect(piece.locator("[data-asked] li")).to_have_count(0)
    piece.locator(".foot-of a[href*='/ask/']").click()
    expect(page.locator("main .news li")).to_have_count(1)

    # The line is cut while she writes there: the words wait on this page too, and the whole is asked once more, not twice.
    served_by_the_worker(page)
    context.set_offline(True)
    page.locator("main #id_text").fill("Тағы бір сұрақ")
    page.locator("main form.lead button").click()
    expect(page.locator("main [data-asked] li")).to_have_count(1)
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    for _turn in range(100):
        asked = sorted(shell(visitor.site, ASKED.format(code=code))[0].split("|"))
        if len(asked) > 1:
            break
        page.wait_for_timeout(200)
    assert asked == ["Тағы бір сұрақ", "Қалай санаймыз?"]

    # Taken along again, the questions come with it: they are read without a line, and an answer waits under its post.
    visitor.open(f"/study/{code}/")
    page.locator("main [data-take]").click()
    expect(page.locator("main [data-take-says]")).to_contain_text("12")
    context.set_offline(True)
    page.goto(lesson)
    piece.locator(".foot-of a[href*='/ask/']").click()
    expect(page.locator("main .news > li")).to_have_count(2)
    first = page.locator("main .news > li").first
    first.locator("a[data-answer]").click()
    first.locator("form[data-ask] textarea").fill("Үлгісі бар")
    visitor.look()
    first.locator("form[data-ask] button").click()
    expect(page.locator("main [data-asked] li")).to_contain_text("Үлгісі бар")
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("main [data-queue]")).not_to_have_class(re.compile("wait"))
    page.reload()
    expect(first.locator("li")).to_contain_text("Үлгісі бар")
    expect(page.locator("main [data-asked] li")).to_have_count(0)
