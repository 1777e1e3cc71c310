"""The reference story lived in five browsers at once: four talks, real pictures, questions, an exchange of opinions, a poll, captions, a killed server."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import chromium
from tests.journeys.conftest import PATIENCE, ROOT, WIDTHS, Site, Visitor, _environment, shell, wait_for

pytestmark = pytest.mark.journey
CODE = "LIVE-STORY"
PREPARE = f"""
from datetime import timedelta
from django.utils import timezone
from orken.live_room import services as rooms
from orken.meetings import services as meetings
from orken.meetings.demo import words
from orken.network.models import Unit
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Run, Session

of = lambda login: Account.objects.get(login=login)
now = timezone.localtime().replace(second=0, microsecond=0)
begins = max(min(now - timedelta(minutes=5), now.replace(hour=21, minute=50)), now.replace(hour=0, minute=1))
unit = Unit.objects.get(code="KZ-55-LIB")
run = training.open_run(
    code="{CODE}", kind="meeting", host=unit, capacity=100, form="live", languages=["kk", "ru"], starts_on=begins.date(), ends_on=begins.date(),
    apply_until=begins.date(), deciding="at_once", by=None, **words.texts("title", words.TITLE),
)
session = training.add_session(run=run, by=None, starts_at=begins, ends_at=begins + timedelta(hours=2), **words.texts("title", words.SESSION))
chair = meetings.name_person(run=run, person=of("pavlodar").person, by=of("pavlodar"))
meetings.put_section(run=run, titles=words.texts("title", words.SECTION), moderators=[chair], sessions=[session], by=None)
at = meetings.place(run=run, session=session, starts_at=begins, minutes=10, kind="opening", titles=words.texts("title", words.OPENING), by=None).ends_at
for one, login in zip(words.SPOKEN, ("national", "head", "trainer", "pavlodar")):
    speaker = chair if login == "pavlodar" else meetings.name_person(run=run, person=of(login).person, by=of("pavlodar"))
    talk = meetings.invite_talk(run=run, values={{**words.texts("title", one.title), "spoken": "ru", "minutes": 15}}, speakers=[speaker], by=None)
    at = meetings.place(run=run, session=session, starts_at=at, minutes=15, talk=talk, by=None).ends_at
meetings.place(run=run, session=session, starts_at=at, minutes=40, kind="discussion", titles=words.texts("title", words.OPINIONS), by=None)
meetings.release(run=run, by=None)
for login in ("village", "student"):
    training.apply_as_known(run=run, unit=unit, lines=[training.Line(of(login).person, unit)], by=of(login))
Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING)
print(session.pk)
"""
TITLES = {
    "kk": (
        "елдің кітапхана мамандарының",
        "125 жыл бірге",
        "үздіксіз білім алу стратегиясы",
        "табысты дамуының кепілі",
    ),
    "ru": (
        "образовательная площадка",
        "125 лет вместе",
        "Стратегия непрерывного образования",
        "залог успешного развития",
    ),
}


@dataclass
class Streams:
    """The process of streams beside the site; it can be killed and comes again."""

    site: Site
    process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        return int(self.site.address.rpartition(":")[2]) + 1

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"from orken.config.live import main; main({self.port})"],
            cwd=ROOT,
            env=_environment(self.site),
        )
        wait_for(f"http://localhost:{self.port}/health/")

    def kill(self) -> None:
        assert self.process is not None, "it runs"
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=60)


@pytest.fixture
def streams(site: Site) -> Iterator[Streams]:
    found = Streams(site)
    found.start()
    yield found
    if found.process is not None and found.process.poll() is None:
        found.process.terminate()
        found.process.wait(timeout=60)


@pytest.fixture
def cameras(browser: Browser) -> Iterator[Browser]:
    """A Chromium whose camera and microphone are made up."""
    running = browser.browser_type.launch(
        executable_path=chromium.found(),
        args=[
            "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required",
        ],
    )  # fmt: skip
    yield running
    running.close()


def person(browser: Browser, site: Site, login: str, language: str, width: str) -> Visitor:
    wide, high = WIDTHS[width]
    context = browser.new_context(viewport={"width": wide, "height": high}, locale=language, permissions=["camera", "microphone"])  # fmt: skip
    context.set_default_timeout(PATIENCE)
    found = Visitor(context, site, language)
    found.sign_in(login)
    return found


def sees(page: Page, many: int) -> None:
    """So many pictures of others really move on her page."""
    until = time.monotonic() + PATIENCE / 1000
    moving = 0
    while time.monotonic() < until:
        moving = page.evaluate(
            "[...document.querySelectorAll('[data-peers] video')].filter((one) => !one.muted && one.videoWidth > 0 && one.currentTime > 0).length"
        )
        if moving >= many:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{moving} of {many} pictures move")


def test_the_story_is_lived_by_five_people_at_once(cameras: Browser, site: Site, streams: Streams) -> None:
    pk = shell(site, PREPARE)[0]
    room = f"/run/{CODE}/room/{pk}/"
    chair = person(cameras, site, "pavlodar", "ru", "wide")
    speakers = [person(cameras, site, "national", "kk", "wide"), person(cameras, site, "head", "ru", "narrow")]
    village, student = person(cameras, site, "village", "kk", "narrow"), person(cameras, site, "student", "ru", "wide")
    everybody = [*speakers, village, student]

    # Before the doors: the green room, the door.
    chair.open(f"/training/{CODE}/room/{pk}/")
    chair.look()
    chair.open(f"{room}desk/")
    chair.page.locator("main button[name=way][value=green]").click()
    chair.page.locator("main button[name=way][value=open]").wait_for()
    chair.look()
    for one in everybody:
        one.open(room)
    expect(speakers[0].page.locator("main .note:not([hidden]) b").first).to_have_text("Дайындық бөлмесі")
    expect(village.page.locator("main .note:not([hidden]) b").first).to_have_text("Есік әлі ашылған жоқ")
    village.look()
    # A speaker turns her camera on in the green room: the doors open before her, and she is on stage as she was.
    speakers[0].page.locator("[data-peer-on]").click()
    expect(speakers[0].page.locator("[data-peer-off]")).to_be_visible()
    speakers[0].page.evaluate("window.stands = true")
    chair.page.locator("main button[name=way][value=open]").click()
    for one in everybody:  # their pages open by themselves
        expect(one.page.locator("main #stage")).to_be_visible()
        expect(one.page.locator("main #hands")).to_be_visible()
    expect(speakers[0].page.locator("main .note:not([hidden]) b", has_text="Дайындық бөлмесі")).to_have_count(0)

    # Real pictures through our signalling.
    assert speakers[0].page.evaluate("window.stands"), "her page was not loaded anew"
    expect(speakers[0].page.locator("[data-peer-off]")).to_be_visible()
    speakers[1].page.locator("[data-peer-on]").click()
    for page in (village.page, student.page):
        sees(page, 2)
    sees(speakers[0].page, 1)
    village.look()

    # Whoever does not speak turns her microphone off, and everybody sees it.
    voice, silenced = speakers[0].page.locator("[data-peer-voice]"), village.page.locator("[data-i=muted]:visible")
    voice.click()
    expect(voice).to_have_attribute("aria-pressed", "true")
    expect(silenced).to_have_count(1)
    voice.click()
    expect(silenced).to_have_count(0)

    # Four talks, each in the reader's language.
    for n in range(4):
        chair.page.locator("#programme li").nth(n + 1).locator("button").click()
        expect(village.page.locator("[data-now=title]")).to_contain_text(TITLES["kk"][n])
        expect(student.page.locator("[data-now=title]")).to_contain_text(TITLES["ru"][n])

    # A question from the hall to the stage.
    village.page.locator("#ask").fill("Жалғыз қызметкерді кім ауыстырады?")
    village.page.locator("#questions input[name=anonymous]").check()
    village.page.locator("#questions form[data-clear] button").click()
    expect(village.page.locator("[data-list=mine] li")).to_have_count(1)
    asked = chair.page.locator("[data-list=question] > li")
    expect(asked).to_have_count(1)
    asked.locator("button[value=show]").click()
    expect(student.page.locator("[data-list=question] > li")).to_contain_text("без имени")
    student.page.locator("[data-list=question] button").click()
    expect(village.page.locator("[data-list=question] [data-f=votes]")).to_have_text("1")
    asked.locator("button[value=stage]").click()
    expect(student.page.locator("[data-list=question] .tag")).to_have_text("сейчас на сцене")
    asked.locator("button[value=live]").click()
    expect(village.page.locator("[data-list=question] .tag")).to_have_text("ауызша жауап берілді")
    student.look()
    chair.look()

    # The exchange of opinions: a queue that everybody sees, the floor with a countdown and a camera.
    chair.page.locator("#programme li").nth(5).locator("button").click()
    village.page.locator("[data-hand-up] button").click()
    expect(student.page.locator("[data-list=hand] > li")).to_have_count(1)
    student.page.locator("[data-hand-up] button").click()
    expect(chair.page.locator("[data-list=hand] > li")).to_have_count(2)
    chair.page.locator("[data-list=hand] > li").first.locator("form button").first.click()
    expect(village.page.locator("[data-my-floor]")).to_be_visible()
    expect(student.page.locator("[data-floor] .num")).to_have_text(re.compile(r"[23]:\d\d"))
    village.page.locator("[data-peer-on]").click()
    sees(student.page, 3)
    village.look()
    chair.page.locator("[data-list=hand] > li").first.locator("form[action$='floor-end/'] button").click()
    expect(student.page.locator("[data-peers] figure")).to_have_count(2)  # her camera left the stage with the floor
    student.page.locator("#opinions summary").click()
    student.page.locator("#opine").fill("Прошу учесть: нужна замена на время учёбы.")
    student.page.locator("#opinions form button").click()
    expect(village.page.locator("[data-list=opinion] li")).to_have_count(1)

    # A poll on the spot, its result on the stage.
    chair.page.locator("#polls summary").last.click()
    chair.page.locator("#qp").fill("Соберёмся через полгода?")
    chair.page.locator("#qo").fill("Да\nНет")
    chair.page.locator("form[action$='quick-poll/'] button").click()
    for one in (village, student):
        one.page.locator("[data-list=poll] input[type=radio]").first.check()
        one.page.locator("[data-list=poll] form button").first.click()
        expect(one.page.locator("[data-list=poll] [data-i=taken]")).to_be_visible()
    poll = chair.page.locator("[data-list=poll] > li")
    expect(poll.locator("[data-f=answered]")).to_have_text("2")
    poll.locator("button[value=close]").click()
    poll.locator("form[action$='show-poll/'] button").first.click()
    expect(village.page.locator("[data-list=poll] table td").first).to_have_text("2")
    expect(village.page.locator("#stage [data-stage-result] tbody td").first).to_have_text("2")
    expect(village.page.locator("#stage [data-stage-result] tbody th", has_text="Да")).to_be_visible()
    village.look()

    # Captions, typed by a person, read by others in their language.
    typist = person(cameras, site, "pavlodar", "kk", "wide")
    typist.open(f"{room}captions/?language=kk")
    typist.page.locator("#caption").fill("Қайырлы күн, әріптестер!")
    typist.page.keyboard.press("Enter")
    expect(village.page.locator("[data-list=caption-kk] li")).to_contain_text("Қайырлы күн")
    typist.look()

    # A line that hangs: nothing breaks and nothing comes. The page says so within twenty seconds, and comes back.
    assert streams.process is not None
    streams.process.send_signal(signal.SIGSTOP)
    hung = time.monotonic()
    try:
        expect(village.page.locator("[data-line]")).not_to_be_empty(timeout=24_000)
        assert time.monotonic() - hung < 22
    finally:
        streams.process.send_signal(signal.SIGCONT)
    expect(village.page.locator("[data-line]")).to_be_empty(timeout=24_000)

    # The server of streams is killed; what is said meanwhile is heard when it is back.
    streams.kill()
    village.page.locator("#say").fill("Байланыс үзілді ме?")
    village.page.locator("#chat form button").click()
    expect(village.page.locator("#say")).to_have_value("")
    streams.start()
    back = time.monotonic()
    expect(student.page.locator("[data-list=chat] li")).to_contain_text("Байланыс үзілді ме?")
    assert time.monotonic() - back < 10
    for one in (chair, *everybody):
        one.problems.clear()  # a browser tells of a stream that was not there

    # It ends; the speaker answers in writing, she says «I was there», the organiser answers.
    chair.page.locator("main details.apart summary").click()
    chair.page.locator("main button[name=way][value=end]").click()
    expect(village.page.locator("main .note:not([hidden]) b", has_text="Кездесу аяқталды")).to_be_visible()
    village.look()
    village.open(f"{room}mine/")
    village.page.locator("textarea[name=text]").fill("Әріптесімнің телефонынан да қарадым.")
    village.page.locator("main form button.main").click()
    expect(village.page.locator("main ul.todo .tag")).to_have_text("жауап күтіп тұр")
    village.look()
    student.open(f"{room}transcript/")
    student.look()
    chair.open(f"/training/{CODE}/room/{pk}/presence/")
    expect(chair.page.locator("main table tbody tr")).not_to_have_count(0)
    chair.look()
    for one in (chair, typist, *everybody):
        one.page.context.close()


@pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow"), ("en", "wide")], indirect=True, ids=lambda value: "-".join(value))  # fmt: skip
def test_the_room_of_the_story_is_read_afterwards_and_the_line_is_checked_before(visitor: Visitor) -> None:
    visitor.sign_in("pavlodar")
    visitor.open("/run/PVL-2021-11/")
    visitor.page.locator("main a[href*='/room/']").first.click()
    expect(visitor.page.locator("[data-list=question] > li").first).to_be_visible()
    visitor.look()
    visitor.page.locator("main a[href$='/transcript/']").click()
    visitor.look()
    visitor.open("/run/PVL-MEETING/")
    visitor.page.locator("main a[href$='/check/']").click()
    visitor.look()
    visitor.open("/training/PVL-MEETING/room/")
    visitor.look()
    visitor.page.locator("main .acts a.btn").first.click()
    visitor.look()
    visitor.page.locator("main a[href$='/poll/']").click()
    visitor.look()
