"""The day of the article, from the doors to the published news: six people in six browsers, two of them without an account.

Four talks, an exchange of opinions, a poll, pictures of made-up cameras; the doors are shut and the minutes are on the sheet;
the volume is published; the news is composed in three languages and let out by a second person, every fact of the programme in it.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from orken.meetings.demo import words
from tests.journeys.conftest import PATIENCE, WIDTHS, Site, Visitor, shell
from tests.journeys.test_live_room import Streams, cameras, person, sees, streams
from tests.journeys.test_newsroom import told_whole

__all__ = ["cameras", "streams"]
pytestmark = pytest.mark.journey
CODE = "LIVE-WHOLE"
PREPARE = f"""
from datetime import timedelta
from django.utils import timezone
from orken.meetings import keys, services as meetings
from orken.meetings.demo import words
from orken.network.models import Unit
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Run

of = lambda login: Account.objects.get(login=login)
by = of("pavlodar")
now = timezone.localtime().replace(second=0, microsecond=0)
begins = max(min(now - timedelta(minutes=110), now.replace(hour=21, minute=50)), now.replace(hour=0, minute=1))
unit = Unit.objects.get(code="KZ-55-LIB")
run = training.open_run(
    code="{CODE}", kind="meeting", host=unit, capacity=100, form="live", languages=["kk", "ru"], starts_on=begins.date(), ends_on=begins.date(),
    apply_until=begins.date(), deciding="at_once", by=None, **words.texts("title", words.TITLE),
)
meetings.tell_of(run=run, values={{**words.texts("occasion", words.OCCASION), "occasion_unit": unit, "occasion_years": 125}}, by=by)
session = training.add_session(run=run, by=None, starts_at=begins, ends_at=begins + timedelta(hours=2), **words.texts("title", words.SESSION))
chair = meetings.name_person(run=run, person=by.person, by=by)
meetings.put_section(run=run, titles=words.texts("title", words.SECTION), moderators=[chair], sessions=[session], by=None)
at = meetings.place(run=run, session=session, starts_at=begins, minutes=10, kind="opening", titles=words.texts("title", words.OPENING), by=None).ends_at
links = []
for one in words.SPOKEN:
    speaker = meetings.name_speaker(run=run, values={{**one.values, "unit": Unit.objects.get(code=one.unit)}}, by=None)
    talk = meetings.invite_talk(run=run, values={{**words.texts("title", one.title), "spoken": "ru", "minutes": 15}}, speakers=[speaker], by=None)
    at = meetings.place(run=run, session=session, starts_at=at, minutes=15, talk=talk, by=None).ends_at
    links.append(f"/speaker/{{keys.of_speaker(speaker)}}/")
meetings.place(run=run, session=session, starts_at=at, minutes=40, kind="discussion", titles=words.texts("title", words.OPINIONS), by=None)
meetings.release(run=run, by=None)
for login in ("village", "student"):
    training.apply_as_known(run=run, unit=unit, lines=[training.Line(of(login).person, unit)], by=of(login))
Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING)
guest = meetings.add_guest(run=Run.objects.get(pk=run.pk), name="Ержанова Салтанат", institution="Бішкек қалалық кітапханасы", email="", by=by)
print(session.pk, f"/guest/{{keys.of_guest(guest)}}/", *links[:2])
"""
# The hour and a half that nobody waits for, as pages would have told it; then the doors have been shut for two minutes, and the clock comes by.
GOES_BY = f"""
from datetime import timedelta
from django.db.models import F
from django.utils import timezone
from orken.kit.live import services as live
from orken.live_room import channels
from orken.live_room.background import presence
from orken.live_room.models import Participant, Room, Step

room = Room.objects.select_related("session").get(session__run__code="{CODE}")
ended = timezone.now() - timedelta(minutes=2)
for one in Participant.objects.filter(room=room, role="audience"):
    subject, begins = channels.subject(room, one.key), room.session.starts_at
    beats = [(subject, "tab-of-the-hour", "b", begins + timedelta(seconds=s)) for s in range(0, max(60, int((ended - begins).total_seconds())), 30)]
    live.note_beats([(subject, "tab-of-the-hour", "o", begins), *beats])
earlier = timedelta(minutes=10)  # all of it: what was on stage was there before the end
Step.objects.filter(room=room).update(at=F("at") - earlier)
Room.objects.filter(pk=room.pk).update(opened_at=F("opened_at") - earlier, ended_at=ended)
presence()
"""


def outsider(browser: Browser, site: Site, language: str, width: str) -> Visitor:
    """Somebody without an account."""
    wide, high = WIDTHS[width]
    context = browser.new_context(viewport={"width": wide, "height": high}, locale=language, permissions=["camera", "microphone"])  # fmt: skip
    context.set_default_timeout(PATIENCE)
    return Visitor(context, site, language)


def test_the_day_of_the_article_is_lived_and_then_written(cameras: Browser, site: Site, streams: Streams) -> None:
    pk, of_guest, *of_speakers = shell(site, PREPARE)[0].split()
    room, desk = f"/run/{CODE}/room/{pk}/", f"/training/{CODE}"
    chair = person(cameras, site, "pavlodar", "ru", "wide")
    first, second = outsider(cameras, site, "kk", "wide"), outsider(cameras, site, "ru", "narrow")
    village, student = person(cameras, site, "village", "kk", "narrow"), person(cameras, site, "student", "ru", "wide")
    guest = outsider(cameras, site, "kk", "narrow")

    # The doors.
    chair.open(f"{room}desk/")
    chair.page.locator("main button[name=way][value=open]").click()
    chair.page.locator("main details.apart summary").wait_for()
    for one, link in ((first, of_speakers[0]), (second, of_speakers[1]), (guest, of_guest)):
        one.open(link)
        one.look()
        one.page.locator("main a[href*='/room/']").first.click()
    for one in (village, student):
        one.open(room)
    for one in (first, second, village, student, guest):
        expect(one.page.locator("main #stage")).to_be_visible()
    guest.look()

    # Pictures of two speakers, on every page.
    for one in (first, second):
        one.page.locator("[data-peer-on]").click()
        expect(one.page.locator("[data-peer-off]")).to_be_visible()
    for one in (village, student, guest):
        sees(one.page, 2)

    # Four talks, a question from outside, an opinion for the minutes, the floor, a poll.
    talks(chair.page, village.page, student.page)
    guest.page.locator("#ask").fill("Шетелден қалай қатысуға болады?")
    guest.page.locator("#questions form[data-clear] button").click()
    asked = chair.page.locator("[data-list=question] > li")
    expect(asked).to_contain_text("Ержанова Салтанат (Бішкек қалалық кітапханасы)")
    asked.locator("button[value=show]").click()
    student.page.locator("[data-list=question] > li button").click()
    expect(guest.page.locator("[data-list=question] [data-f=votes]")).to_have_text("1")
    asked.locator("button[value=stage]").click()
    expect(asked.locator("button[value=leave]")).to_be_visible()
    asked.locator("button[value=live]").click()
    expect(guest.page.locator("[data-list=question] .tag")).to_have_text("ауызша жауап берілді")
    chair.page.locator("#programme li").nth(5).locator("button").click()
    expect(village.page.locator("[data-now=title]")).to_contain_text("пікір алмасу")
    guest.page.locator("[data-hand-up] button").click()
    hand = chair.page.locator("[data-list=hand] > li")
    expect(hand).to_have_count(1)
    hand.locator("form button").first.click()
    expect(guest.page.locator("[data-my-floor]")).to_be_visible()
    guest.page.locator("[data-peer-on]").click()
    sees(student.page, 3)
    guest.look()
    hand.locator("form[action$='floor-end/'] button").click()
    expect(student.page.locator("[data-peers] figure")).to_have_count(2)
    student.page.locator("#opinions summary").click()
    student.page.locator("#opine").fill("Прошу учесть: нужна замена на время учёбы.")
    student.page.locator("#opinions form button").click()
    expect(guest.page.locator("[data-list=opinion] li")).to_have_count(1)
    poll(chair.page, [village.page, student.page, guest.page])

    # The doors are shut; minutes go to the sheet, nobody presses anything.
    chair.page.locator("main details.apart summary").click()
    chair.page.locator("main button[name=way][value=end]").click()
    for one in (village, guest):
        expect(one.page.locator("main .note:not([hidden]) b", has_text="Кездесу аяқталды")).to_be_visible()
    guest.look()
    shell(site, GOES_BY)
    chair.open(f"{desk}/room/{pk}/presence/")
    rows = chair.page.locator("main table tbody tr")
    expect(rows.locator("td:last-child small").first).to_be_visible()
    expect(chair.page.locator("main ul.todo", has_text="Ержанова")).to_contain_text(re.compile(r"[1-9]\d* мин"))
    chair.look()
    chair.open(f"{desk}/attendance/")
    chair.look()

    # What stays: the volume.
    chair.open(f"{desk}/proceedings/")
    chair.page.locator("form[action$='/publish/'] button").click()
    expect(chair.page.locator("main aside ul.todo a").first).to_be_visible()
    village.open(f"/run/{CODE}/proceedings/")
    for spoken in words.SPOKEN:
        expect(village.page.locator("main")).to_contain_text(spoken.title[0].replace("\u00a0", " "))
    expect(village.page.locator("main")).to_contain_text("Шетелден қалай қатысуға болады?")
    village.look()

    # What is told: three languages, two people.
    chair.open("/newsroom/new/")
    chair.page.locator(f"form[action$='/newsroom/begin/']:has(input[value='meeting:{CODE}']) button").click()
    expect(chair.page.locator("textarea[name^=title_]")).to_be_visible()
    piece = chair.page.url.split("?")[0]
    chair.page.locator("form[action$='/send/'] button").click()
    expect(chair.page.locator("form[action$='/take-back/'] button")).to_be_visible()
    reader = person(cameras, site, "national", "kk", "wide")
    reader.page.goto(piece.replace("/ru/", "/kk/"))
    reader.page.locator("a[href$='/approve/']").click()
    reader.page.locator("main form button.main").click()
    address = reader.page.locator("main a[href*='/news/']").first
    number = (address.get_attribute("href") or "").rstrip("/").rsplit("/", 1)[-1]
    for code in ("kk", "ru", "en"):
        reader.language = code
        reader.open(f"/news/{number}/")
        expect(reader.page.locator("article .lesson p").first).to_be_visible()
        reader.look()
        told_whole(reader.page.locator("article").inner_text(), code)
    for one in (chair, first, second, village, student, guest, reader):
        one.page.context.close()


def talks(chair: Page, kazakh: Page, russian: Page) -> None:
    """Each comes to the stage and is read in the reader's language."""
    for n, one in enumerate(words.SPOKEN):
        chair.locator("#programme li").nth(n + 1).locator("button").click()
        expect(kazakh.locator("[data-now=title]")).to_have_text(one.title[0])
        expect(russian.locator("[data-now=title]")).to_have_text(one.title[1])


def poll(chair: Page, people: list[Page]) -> None:
    """Put on the spot, answered by everybody, its result on the stage."""
    chair.locator("#polls summary").last.click()
    chair.locator("#qp").fill("Соберёмся через полгода?")
    chair.locator("#qo").fill("Да\nНет")
    chair.locator("form[action$='quick-poll/'] button").click()
    for page in people:
        page.locator("[data-list=poll] input[type=radio]").first.check()
        page.locator("[data-list=poll] form button").first.click()
        expect(page.locator("[data-list=poll] [data-i=taken]")).to_be_visible()
    row = chair.locator("[data-list=poll] > li")
    expect(row.locator("[data-f=answered]")).to_have_text(str(len(people)))
    row.locator("button[value=close]").click()
    row.locator("form[action$='show-poll/'] button").first.click()
    expect(people[-1].locator("[data-list=poll] table td").first).to_have_text(str(len(people)))
