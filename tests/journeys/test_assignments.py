"""A work goes from a phone to the trainer's desk and back, with words pinned to their places, until it passes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import PATIENCE, WIDTHS, Visitor, served_by_the_worker, shell

pytestmark = pytest.mark.journey
PHONE = pytest.mark.parametrize("visitor", [("kk", "narrow")], indirect=True)
EACH = pytest.mark.parametrize("visitor", [("ru", "wide"), ("en", "narrow")], indirect=True)
BEGUN = """
from datetime import timedelta
from django.utils import timezone
from orken.assignments import services as assignments
from orken.assignments.models import Assignment
from orken.courseware.models import Course
from orken.network.models import Appointment, Unit
from orken.people.models import Account
from orken.study import services as study
from orken.training import services as training
from orken.training.models import Run
by, today = Account.objects.get(login="national"), timezone.localdate()
course = Course.objects.select_related("programme__published").get(code="SAFE")
run = training.open_run(code="{code}", kind="course", host=Unit.objects.get(code="NL-VIRTUAL"), capacity=5, by=None, version=course.programme.published,
    title_kk="Қауіпсіздік", title_ru="Безопасность", title_en="Safety", form="own_pace", languages=["kk", "ru"], starts_on=today - timedelta(3),
    ends_on=today + timedelta(60), apply_until=today + timedelta(50), deciding="at_once")
post = Appointment.objects.at().filter(person__account__login="village").select_related("unit", "person").first()
training.apply_as_known(run=run, unit=Unit.objects.get(code="KZ-55-LIB"), by=by, lines=[training.Line(post.person, post.unit, 1)])
Run.objects.filter(pk=run.pk).update(state="running")
run.refresh_from_db()
study.open_course(run=run, course=course, pace="own", by=by)
assignment = Assignment.objects.get(code="SAFE-PLAN")
draft = assignments.start_draft(assignment=assignment, by=by)
assignments.write(version=draft, fields={{"marking": "one"}}, by=by, revision=draft.revision)
assignments.publish(assignment=assignment, by=None, revision=draft.revision + 1)
print(run.pk)
"""


def _photo(folder: Path) -> Path:
    picture = Image.new("RGB", (1600, 1200), (240, 236, 226))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((200, 300, 900, 700), fill=(60, 90, 140))
    draw.ellipse((1000, 500, 1400, 900), fill=(160, 80, 40))
    path = folder / "орын.jpg"
    picture.save(path, "JPEG", quality=90)
    return path


@PHONE
def test_from_a_phone_to_the_desk_and_back_until_it_passes(visitor: Visitor, browser: Browser, tmp_path: Path) -> None:
    page, code = visitor.page, "JOURNEY-A"
    run = shell(visitor.site, BEGUN.format(code=code))[0]
    visitor.sign_in("village")
    visitor.open(f"/assignments/start/SAFE-PLAN/?context=study.run:{run}")
    visitor.look()
    page.locator("main form button").click()
    page.wait_for_url("**/assignments/works/**")
    visitor.look()
    address = page.url

    # What she writes is saved by itself; a photograph goes with the press.
    page.locator("#id_text").fill("Компьютер кіреберісте тұр. Файлдарды өзіміз өшіреміз.")
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"\d\d:\d\d"))
    page.reload()
    expect(page.locator("#id_text")).to_have_value("Компьютер кіреберісте тұр. Файлдарды өзіміз өшіреміз.")

    # The line breaks: what she writes waits on the telephone, the button does not leave the page, and it comes by itself.
    page.context.set_offline(True)
    page.locator("#id_text").fill("Компьютер кіреберісте тұр. Файлдарды кешке өшіреміз.")
    page.locator("button[value=hand_in]").click()
    expect(page.locator("[data-said]")).to_contain_text("осы құрылғыда")
    visitor.look()
    assert page.url == address
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"\d\d:\d\d"))
    page.reload()
    expect(page.locator("#id_text")).to_have_value("Компьютер кіреберісте тұр. Файлдарды кешке өшіреміз.")

    # The draft goes with the course that is taken along. What she saved after that stands without a line too, and goes on.
    visitor.open(f"/study/{code}/")
    page.locator("main [data-take]").click()
    expect(page.locator("main [data-take-says]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    page.goto(address)
    served_by_the_worker(page)
    page.locator("#id_text").fill("Компьютер кіреберісте тұр. Файлдарды кешке өшіреміз. Құпиясөз екі адамда.")
    page.locator("h1").click()
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"\d\d:\d\d"))
    page.context.set_offline(True)
    page.goto(address)
    expect(page.locator("#id_text")).to_have_value(re.compile("екі адамда"))
    page.locator("#id_text").fill("Компьютер кіреберісте тұр. Файлдарды кешке өшіреміз. Құпиясөз бір адамда.")
    page.locator("h1").click()
    expect(page.locator("[data-said]")).to_contain_text("осы құрылғыда")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"\d\d:\d\d"))
    page.reload()
    expect(page.locator("#id_text")).to_have_value(re.compile("бір адамда"))

    # The page goes in the middle of a word, before anything was sent: the word is there when it comes back.
    page.locator("#id_text").press("Control+End")
    page.locator("#id_text").press_sequentially(" Кеше", delay=20)
    page.wait_for_timeout(400)
    page.reload()
    expect(page.locator("#id_text")).to_have_value(re.compile("Кеше$"))
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"\d\d:\d\d"))
    page.locator("#id_photos").set_input_files(_photo(tmp_path))
    page.locator("button[value=save]").click()
    expect(page.locator("main button[value^=drop]")).to_have_count(1)
    visitor.look()
    page.locator("button[value=hand_in]").click()
    page.wait_for_url("**/hand-in/")
    visitor.look()
    page.locator("main form button").click()
    page.wait_for_url(address)
    expect(page.locator("main .shot image")).to_have_count(1)
    visitor.look()

    # The trainer at her desk: words are chosen in the text, a place is pressed on the photograph.
    wide, high = WIDTHS["wide"]
    context = browser.new_context(viewport={"width": wide, "height": high}, locale="kk")
    context.set_default_timeout(PATIENCE)
    trainer = Visitor(context, visitor.site, "kk")
    trainer.sign_in("national")
    trainer.open("/assignments/marking/")
    trainer.look()
    desk = trainer.page
    uid = address.rstrip("/").rsplit("/", 1)[-1]
    desk.locator(f"main a[href*='{uid}']").click()
    trainer.look()
    desk.locator("[data-paper]").scroll_into_view_if_needed()
    desk.evaluate(
        """() => { const text = document.querySelector('[data-paper]').firstChild; const range = document.createRange();
        const at = text.textContent.indexOf('кіреберісте'); range.setStart(text, at); range.setEnd(text, at + 11);
        const chosen = document.getSelection(); chosen.removeAllRanges(); chosen.addRange(range); }"""
    )
    desk.locator("[data-paper]").dispatch_event("mouseup")
    expect(desk.locator("#id_quote")).to_have_value("кіреберісте")
    desk.locator("#id_remark").fill("Кіріп-шыққан адамның бәрі экранды көреді.")
    desk.locator("button[value=remark]").click()
    expect(desk.locator("[data-paper] mark")).to_have_text("кіреберісте")
    box = desk.locator("svg[data-photo]").bounding_box()
    assert box is not None
    desk.locator("svg[data-photo]").click(position={"x": box["width"] / 4, "y": box["height"] / 2})
    expect(desk.locator("#id_left")).to_have_value(re.compile(r"^(24|25)"))
    desk.locator("#id_remark").fill("Экран осы жақтан көрінеді.")
    desk.locator("button[value=remark]").click()
    expect(desk.locator(".spot")).to_have_count(1)
    trainer.look()
    for n in range(1, 5):
        desk.locator(f"#id_level-c{n}_0").check()
    desk.locator("button[value=give]").click()
    desk.wait_for_load_state()
    trainer.look()

    # She reads what was said, mends it by the same text, and passes.
    page.goto(address)
    expect(page.locator("main .remarks li")).to_have_count(2)
    expect(page.locator("main mark")).to_have_text("кіреберісте")
    visitor.look()
    page.locator("main form[action*='start'] button").click()
    page.wait_for_load_state()
    expect(page.locator("#id_text")).to_have_value(re.compile("кіреберісте"))
    page.locator("#id_text").fill(
        "Экран қабырғаға қарайды. Тарихты жүйе өзі тазартады, оны кезекші жұма сайын тексереді."
    )
    page.locator("button[value=hand_in]").click()
    page.wait_for_url("**/hand-in/")
    page.locator("main form button").click()
    page.wait_for_load_state()
    again = page.url
    desk.goto(f"{visitor.site.address}/kk/assignments/marking/{again.rstrip('/').rsplit('/', 1)[-1]}/")
    for n in range(1, 5):
        desk.locator(f"#id_level-c{n}_3").check()
    desk.locator("#id_words").fill("Жарайсыз!")
    desk.locator("button[value=give]").click()
    desk.wait_for_load_state()
    page.goto(again)
    expect(page.locator("main .note.ok")).to_be_visible()
    visitor.look()
    visitor.open(f"/study/{code}/")
    expect(page.locator("main a[href*='/assignments/works/']")).to_have_count(1)
    visitor.open("/assignments/")
    expect(page.locator("main .todo li")).to_have_count(2)
    visitor.look()
    context.close()


@EACH
def test_the_workshop_the_queue_and_works_that_are_alike(visitor: Visitor) -> None:
    page = visitor.page
    visitor.sign_in("national")
    visitor.open("/assignments/written/")
    visitor.look()
    page.locator("main a[href$='/new/']").click()
    page.locator("#id_unit").select_option(index=1)
    page.locator("#id_code").fill(f"PLAN-{visitor.language.upper()}")
    page.locator("#id_title_kk").fill("Жоспар")
    visitor.look()
    page.locator("main form button").click()
    page.wait_for_url("**/assignments/written/PLAN-*/")
    visitor.look()
    page.locator("main a[href$='/rules/']").click()
    page.locator("#id_brief_kk").fill("Орынның жоспарын жазыңыз.")
    visitor.look()
    page.locator("main form button").click()
    page.locator("main a[href$='/criterion/']").click()
    page.locator("#id_kk").fill("Толықтығы")
    for n, words in enumerate(("жоқ", "жартылай", "толық")):
        page.locator(f"#id_kk_{n}").fill(words)
    visitor.look()
    page.locator("main form button").first.click()
    expect(page.locator("main .rubric > li")).to_have_count(1)
    visitor.look()
    page.locator("main a[href$='/preview/']").click()
    visitor.look()
    visitor.open("/assignments/alike/")
    visitor.look()
    page.locator("main .todo a").first.click()
    expect(page.locator("main .pair > section")).to_have_count(2)
    visitor.look()
    visitor.open("/assignments/marking/")
    visitor.look()
    page.locator("main .todo a").first.click()
    visitor.look()
