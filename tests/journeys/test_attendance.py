"""A travelling class of two days kept wholly without a connection on a telephone, and sent from home."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
from contextlib import suppress
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.journeys.conftest import PATIENCE, WIDTHS, Site, Visitor, served_by_the_worker, shell, wait_for

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "narrow"), ("ru", "narrow")], indirect=True)
EVERY = pytest.mark.parametrize("visitor", [("kk", "wide"), ("ru", "narrow"), ("en", "wide")], indirect=True)

# The days of the class are counted back from today: it was held in a village yesterday and the day before.
HELD = """
from datetime import datetime, time, timedelta
from django.utils import timezone
from orken.network.models import Appointment, Unit
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Run, Trainer
day = timezone.localdate() - timedelta(2)
national = Account.objects.get(login="national")
run = training.open_run(
    code="{code}", kind="travelling", host=Unit.objects.get(code="NL-CONSERVATION"), capacity=9, by=None, form="onsite",
    title_kk="Ауылдағы сынып", title_ru="Класс в селе", title_en="A class in a village", languages=["kk", "ru"],
    place=Unit.objects.get(code="KZ-55-D01"), starts_on=day, ends_on=day + timedelta(3), apply_until=day + timedelta(3),
)
asked = training.invite_trainer(run=run, person=Account.objects.get(login="trainer").person, by=None)
training.answer_invitation(trainer=asked, state=Trainer.State.ACCEPTED, by=national)
for number in range(2):
    begin = timezone.make_aware(datetime.combine(day + timedelta(number), time(10)))
    training.add_session(run=run, by=None, starts_at=begin, ends_at=begin + timedelta(minutes=90), title_kk=f"Сабақ {{number + 1}}", title_ru=f"Занятие {{number + 1}}", title_en=f"Session {{number + 1}}")
rows = list(Appointment.objects.at().filter(unit__path__within=Unit.objects.get(code="KZ-55").path, employment="main", person__account=None).select_related("person", "unit").order_by("pk")[:4])
paper = training.apply_as_known(run=run, unit=rows[0].unit, by=national, lines=[training.Line(row.person, row.unit) for row in rows])
for applicant in paper.applicants.order_by("pk"):
    training.accept(applicant=applicant, by=national)
Run.objects.filter(pk=run.pk).update(state="running")
"""
CELLS = """
import json
from orken.training.models import Enrolment, Session
print(json.dumps([(s, f"e{{e}}") for s in Session.objects.filter(run__code="{code}").values_list("pk", flat=True) for e in Enrolment.objects.filter(run__code="{code}").values_list("pk", flat=True)]))
"""
STANDING = """
from orken.kit.audit import invariants
from orken.training.models import Mark, WalkIn
from orken.kit.offline.models import Operation
rows = Mark.objects.filter(session__run__code="{code}", superseded_at=None, aside=False)
print("|".join(f"{{m.session.title_ru[-1]}}{{m.state[0]}}{{m.minutes}}" for m in rows.order_by("session__starts_at", "enrolment", "pk")))
print(Mark.objects.filter(session__run__code="{code}").count(), Operation.objects.filter(about="{code}").count(), WalkIn.objects.filter(run__code="{code}").count())
print(sum(len(broken) for _rule, broken in invariants.run()))
"""


def _pick(page: Page, place: int, state: str) -> None:
    page.locator("[data-people] > li").nth(place).locator(f"input[type=radio][value={state}]").check()


def _waits(page: Page, many: int) -> None:
    expect(page.locator("[data-queue-says]")).to_contain_text(re.compile(rf"(?<!\d){many}(?!\d)"))


@BOTH
def test_two_days_without_a_connection_are_sent_later_without_loss(visitor: Visitor, browser: Browser) -> None:
    page, context = visitor.page, visitor.page.context
    code = f"VILLAGE-{visitor.language.upper()}"
    shell(visitor.site, HELD.format(code=code))
    visitor.sign_in("trainer")

    # At home, with a connection: the sheets are taken along.
    visitor.open("/attendance/")
    visitor.look()
    page.locator(f"a[href$='/training/{code}/attendance/']").click()
    expect(page.locator("[data-take]")).to_be_visible()
    visitor.look()
    page.locator("[data-take]").click()
    expect(page.locator("[data-take-says]")).to_contain_text("5")
    page.reload()
    served_by_the_worker(page)

    # In the village there is none. Pages open, every press is kept.
    context.set_offline(True)
    page.locator("thead [data-session] a").first.click()
    expect(page.locator("[data-people] > li")).to_have_count(4)
    _pick(page, 0, "present")
    _pick(page, 1, "absent")
    _pick(page, 2, "late")
    page.locator("#ask-minutes").fill("45")
    page.locator("dialog button.main").click()
    _waits(page, 3)
    visitor.look()
    page.locator("[data-walk] [name=name]").fill("Сейтқали Гүлнәр")
    page.locator("[data-walk] [name=library]").fill("Ақсу")
    page.locator("[data-walk] button").click()
    expect(page.locator("[data-people] > li")).to_have_count(5)
    _waits(page, 5)
    # She came late after all: a correction asks for its reason.
    _pick(page, 1, "late")
    page.locator("#ask-minutes").fill("60")
    page.locator("#ask-reason").fill("Кейін келді")
    page.locator("dialog button.main").click()
    _waits(page, 6)

    # The telephone is switched off and on again: everything is still there, still without a connection.
    page.close()
    page = context.new_page()
    visitor.page = page
    visitor.open(f"/training/{code}/attendance/")
    _waits(page, 6)
    expect(page.locator("[data-grid] tbody tr")).to_have_count(5)
    expect(page.locator("[data-grid] tbody tr").nth(1).locator("td").first).to_have_text("+60…")
    visitor.look()

    # The second day.
    page.locator("thead [data-session] a").nth(1).click()
    expect(page.locator("[data-people] > li")).to_have_count(5)
    page.locator("button[name=rest]").click()
    _waits(page, 11)
    # A page that was not taken along says so, and nothing looks like an error.
    visitor.open("/calendar/")
    expect(page.locator("[data-taken] a")).to_have_count(5)
    visitor.look()
    visitor.open("/offline/")
    expect(page.locator("[data-lines] > li")).to_have_count(11)
    visitor.look()

    # Home again: it is sent by itself, once.
    context.set_offline(False)
    page.locator("[data-send]").click()
    expect(page.locator("[data-queue-says]")).not_to_contain_text("11")
    expect(page.locator("[data-lines] .tag.ok")).to_have_count(11)
    visitor.look()
    visitor.open(f"/training/{code}/attendance/")
    expect(page.locator("[data-grid] tbody tr")).to_have_count(5)
    expect(page.locator("[data-grid] tbody tr").nth(1).locator("td").first).to_have_text("+60")
    standing, counted, broken = shell(visitor.site, STANDING.format(code=code))[:3]
    assert sorted(standing.split("|")) == sorted(
        ["1p90", "1l60", "1l45", "1p90", "2p90", "2p90", "2p90", "2p90", "2p90"]
    )
    assert counted.split() == ["10", "11", "1"] and broken == "0"


def test_two_devices_for_one_sheet_and_the_file_that_is_carried(browser: Browser, site: Site) -> None:
    code = "VILLAGE-TWO"
    shell(site, HELD.format(code=code))
    pair = []
    for _ in range(2):
        context = browser.new_context(
            viewport={"width": WIDTHS["narrow"][0], "height": WIDTHS["narrow"][1]}, locale="kk"
        )
        context.set_default_timeout(PATIENCE)
        visitor = Visitor(context, site, "kk")
        visitor.sign_in("trainer")
        visitor.open(f"/training/{code}/attendance/")
        visitor.page.locator("[data-take]").click()
        expect(visitor.page.locator("[data-take-says]")).to_contain_text("5")
        visitor.page.reload()
        served_by_the_worker(visitor.page)
        visitor.page.locator("thead [data-session] a").first.click()
        expect(visitor.page.locator("[data-people] > li")).to_have_count(4)
        context.set_offline(True)
        pair.append(visitor)
    one, other = pair
    _pick(one.page, 0, "present")
    _waits(one.page, 1)
    _pick(other.page, 0, "absent")
    _waits(other.page, 1)
    one.page.context.set_offline(False)
    one.open("/offline/")
    expect(one.page.locator("[data-lines] .tag.ok")).to_have_count(1)

    # The other telephone finds no connection: its lines go as a sealed file through the first.
    other.open("/offline/")
    with other.page.expect_download() as saved:
        other.page.locator("[data-file]").click()
    path = saved.value.path()
    assert b"absent" not in path.read_bytes()
    one.page.locator("#file").set_input_files({"name": "x.orken", "mimeType": "application/json", "buffer": path.read_bytes()})  # fmt: skip
    one.page.locator("form[action$='/carried/'] button:not([type=button])").click()
    expect(one.page.locator(".said, .toast").first).to_contain_text("1")
    one.open(f"/training/{code}/attendance/")
    expect(one.page.locator("#h-differ")).to_be_visible()
    one.look()
    one.page.locator("section a.btn", has_text="Шешу").click()
    one.look()
    one.page.locator("#id_reason").fill("Кешке дейін болды")
    one.page.locator("button[name=keep]").click()
    expect(one.page.locator("#h-differ")).to_have_count(0)
    standing, counted, broken = shell(site, STANDING.format(code=code))[:3]
    assert standing == "1p90" and counted.split() == ["2", "2", "0"] and broken == "0"

    # And when it finds one after all, its line is known already.
    other.page.context.set_offline(False)
    other.page.locator("[data-send]").click()
    expect(other.page.locator("[data-queue-says]")).not_to_contain_text(re.compile("күтіп"))
    assert shell(site, STANDING.format(code=code))[1].split() == ["2", "2", "0"]
    for visitor in pair:
        visitor.page.context.close()


@EVERY
def test_the_sheet_by_keys(visitor: Visitor) -> None:
    page = visitor.page
    code = f"KEYS-{visitor.language.upper()}"
    shell(visitor.site, HELD.format(code=code))
    visitor.sign_in("national")
    visitor.open(f"/training/{code}/attendance/")
    expect(page.locator("[data-grid][role=grid]")).to_be_visible()
    cells = page.locator("[data-grid] tbody td")
    cells.first.focus()
    for key in ("1", "1", "3", "4"):
        page.keyboard.press(key)
    expect(page.locator("[data-grid] tbody tr").nth(3).locator("td").first).to_have_class("info")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("2")
    page.keyboard.type("30")
    page.locator("#ask-reason").fill("…")
    page.keyboard.press("Enter")
    sent = {"kk": "жіберілді", "ru": "отправлено", "en": "sent"}[visitor.language]
    expect(page.locator("[data-queue-says]")).to_contain_text(sent)
    visitor.look()
    page.reload()
    expect(page.locator("[data-grid] tbody td.ok")).to_have_count(2)
    expect(page.locator("[data-grid] tbody td.wait")).to_have_text("+30")
    visitor.look()
    for path in ("/papers/",):
        visitor.open(f"/training/{code}/attendance{path}")
        visitor.look()
    page.locator("main form button.main").click()
    expect(page.locator("h1")).to_contain_text(f"{code}/1")
    visitor.look()
    visitor.open(f"/training/{code}/attendance/")
    page.locator("thead [data-session] a").first.click()
    page.locator("[data-now] a").first.click()
    expect(page.locator(".times li")).to_have_count(1)
    visitor.look()


def _workers(site: Site) -> list[int]:
    """The processes that answer, by their parent."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            parent = (folder / "stat").read_text().rsplit(") ", 1)[1].split()[1] if folder.name.isdecimal() else ""
        except OSError:
            continue
        if parent == str(site.pid):
            found.append(int(folder.name))
    return found


def test_a_server_that_is_killed_in_the_middle_of_a_sending_keeps_every_acknowledged_line(
    browser: Browser, site: Site
) -> None:
    code = "VILLAGE-KILL"
    shell(site, HELD.format(code=code))
    context = browser.new_context(locale="kk")
    visitor = Visitor(context, site, "kk")
    visitor.sign_in("trainer")
    cells = json.loads(shell(site, CELLS.format(code=code))[0])
    lines = [
        {
            "uid": str(uuid4()), "sequence": place, "kind": "attendance.mark", "base": "", "made_at": "2026-11-25T09:00:00Z",
            "payload": {"run": code, "session": session, "who": who, "state": "present", "minutes": None, "reason": ""},
        }
        for place, (session, who) in enumerate(cells, 1)
    ]  # fmt: skip
    over = threading.Event()

    def kill() -> None:
        chance = Random(7)
        for _ in range(6):  # each time it stands again first: one that never answers acknowledges nothing
            if over.wait(chance.uniform(0.05, 0.8)):
                return
            for pid in _workers(site):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            wait_for(f"{site.address}/health/")

    killer = threading.Thread(target=kill)
    killer.start()
    device, acknowledged = str(uuid4()), set()
    try:
        for _ in range(400):  # a browser tries again until everything is answered
            waiting = [line for line in lines if line["uid"] not in acknowledged][:2]
            if not waiting:
                break
            with suppress(PlaywrightError, ValueError):
                hello = context.request.get(f"{site.address}/kk/offline/hello/", timeout=PATIENCE).json()
                body = {
                    "account": hello["account"],
                    "device": device,
                    "name": "т",
                    "clock": "2026-11-25T09:00:00Z",
                    "lines": waiting,
                }
                answer = context.request.post(
                    f"{site.address}/kk/offline/send/",
                    data=body,
                    headers={"X-CSRFToken": hello["token"]},
                    timeout=PATIENCE,
                )
                if answer.ok:
                    acknowledged |= {one["uid"] for one in answer.json()["answers"] if one["state"] == "done"}
            if len(acknowledged) >= len(lines) - 2:
                over.set()  # the last ones find a server that stands
    finally:
        over.set()
        killer.join()
    assert len(acknowledged) == len(lines)
    standing, counted, broken = shell(site, STANDING.format(code=code))[:3]
    assert standing.split("|") == ["1p90"] * 4 + ["2p90"] * 4
    assert counted.split() == ["8", "8", "0"] and broken == "0"
    context.close()
