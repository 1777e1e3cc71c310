"""What may happen to a browser that works without a line: full, shared, its clock years off, killed, taken off the list."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests import chromium
from tests.journeys.conftest import PATIENCE, WIDTHS, Site, Visitor, served_by_the_worker, shell
from tests.journeys.test_attendance import HELD, STANDING, _pick, _waits

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("visitor", [("kk", "narrow"), ("ru", "narrow")], indirect=True)


def _new(prefix: str, site: Site) -> str:
    """A class of its own for each journey."""
    code = f"{prefix}-{uuid4().hex[:6].upper()}"
    shell(site, HELD.format(code=code))
    return code


def _take_along(visitor: Visitor, code: str) -> None:
    """The pages of the class are in this browser, and the first session is open without a connection."""
    page = visitor.page
    visitor.open(f"/training/{code}/attendance/")
    page.locator("[data-take]").click()
    expect(page.locator("[data-take-says]")).to_contain_text("5", timeout=20_000)
    page.reload()
    served_by_the_worker(page)
    page.locator("thead [data-session] a").first.click()
    expect(page.locator("[data-people] > li")).to_have_count(4)


def _kept(page: Page) -> list[dict[str, str]]:
    """What stands in the outboxes of this browser, as whoever looks into its storage finds it."""
    found: list[dict[str, str]] = page.evaluate(
        """async () => {
        const ask = (one) => new Promise((yes, no) => { one.onsuccess = () => yes(one.result); one.onerror = () => no(one.error); });
        const all = [];
        for (const { name } of await indexedDB.databases()) {
          const base = await ask(indexedDB.open(name));
          for (const row of await ask(base.transaction("lines").objectStore("lines").getAll()))
            all.push({ name, state: row.state, text: JSON.stringify(row) + new TextDecoder("latin1").decode(row.closed ?? new Uint8Array()) });
          base.close();
        }
        return all;
      }"""
    )
    return found


def _until_full(page: Page) -> None:
    """Chromium believes its estimate of the room for half a minute: wait until it refuses."""
    word = page.evaluate(
        """async () => {
        const base = await new Promise((yes) => {
          const one = indexedDB.open("probe");
          one.onupgradeneeded = () => one.result.createObjectStore("rows", { autoIncrement: true });
          one.onsuccess = () => yes(one.result);
        });
        for (let turn = 0; turn < 60; turn += 1) {
          const word = await new Promise((yes) => {
            const work = base.transaction("rows", "readwrite");
            work.objectStore("rows").add("x");
            work.oncomplete = () => yes("");
            work.onabort = () => yes(work.error.name);
          });
          if (word) return word;
          await new Promise((yes) => setTimeout(yes, 1000));
        }
        return "room";
      }"""
    )
    assert word == "QuotaExceededError"


@BOTH
def test_a_browser_without_room_says_so_at_once_and_nothing_is_lost(visitor: Visitor) -> None:
    page, context, site = visitor.page, visitor.page.context, visitor.site
    code = _new("FULL", site)
    visitor.enter("trainer")
    _take_along(visitor, code)
    context.set_offline(True)
    _pick(page, 0, "present")
    _waits(page, 1)

    # From now on the browser refuses: its room is a single byte.
    quota = context.new_cdp_session(page)
    quota.send("Storage.overrideQuotaForOrigin", {"origin": site.address, "quotaSize": 1})
    _until_full(page)
    _pick(page, 1, "absent")
    room = page.locator("[data-room]")
    expect(room).to_be_visible()
    expect(room.locator("[data-room-says]")).to_contain_text("1")
    visitor.look()
    row = page.locator("[data-people] > li").nth(1)
    expect(row.locator("input[value=absent]")).to_be_checked()
    expect(row.locator("[data-now]")).to_contain_text({"kk": "сақталмаған", "ru": "не сохранено"}[visitor.language])
    page.locator("[data-walk] [name=name]").fill("Сейтқали Гүлнәр")
    page.locator("[data-walk] button").click()
    expect(page.locator("[data-people] > li")).to_have_count(5)
    expect(room.locator("[data-room-says]")).to_contain_text("3")
    # Leaving the page would lose them: the browser asks first.
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator(".crumbs a").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    # There is no connection and nothing is gained by what can leave: it says so, and what is typed stays.
    room.locator("[data-way=send]").click()
    expect(room).to_be_visible()
    room.locator("[data-way=free]").click()
    expect(row.locator("input[value=absent]")).to_be_checked()
    # The file holds all of them.
    with page.expect_download() as saved:
        room.locator("[data-way=file]").click()
    content = saved.value.path().read_bytes()
    assert b"absent" not in content
    # With a connection they go to the centre although the browser keeps nothing.
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(room).to_be_hidden()
    visitor.look()
    standing, counted, broken = shell(site, STANDING.format(code=code))[:3]
    assert sorted(standing.split("|")) == ["1a0", "1p90", "1p90"]
    assert counted.split() == ["3", "4", "1"] and broken == "0"
    # Nor is there room for pages: that is said by its own name, and half a set is not kept.
    visitor.open(f"/training/{code}/attendance/")
    page.locator("[data-take]").click()
    no_room = {"kk": "орын қалмады", "ru": "не осталось места"}[visitor.language]
    expect(page.locator("[data-take-says]")).to_contain_text(no_room)
    assert not [name for name in page.evaluate("caches.keys()") if name.startswith("orken-taken-")]
    # What the file holds is known already.
    quota.send("Storage.overrideQuotaForOrigin", {"origin": site.address})
    visitor.open("/offline/")
    page.locator("#file").set_input_files({"name": "x.orken", "mimeType": "application/json", "buffer": content})
    page.locator("form[action$='/carried/'] button:not([type=button])").click()
    expect(page.locator(".said, .toast").first).to_contain_text("4")
    assert shell(site, STANDING.format(code=code))[1].split() == ["3", "4", "1"]


OTHERS = {"kk": "басқа адамның 2 жазбасы", "ru": "2 записи другого человека"}
NO_LINE = {"kk": "Қазір байланыс жоқ", "ru": "Сейчас нет связи"}


def _sign_out(page: Page) -> None:
    page.locator("header details.drop > summary.me").click()
    page.locator("header form[action$='/account/logout/'] button").click()
    page.wait_for_load_state()


def _nobodys_names(visitor: Visitor, code: str, name: str) -> None:
    """Without a connection the sheet of the class is a sentence, and no name stands anywhere in this browser."""
    page = visitor.page
    visitor.open(f"/training/{code}/attendance/")
    expect(page.locator("h1")).to_have_text(NO_LINE[visitor.language])
    expect(page.locator("[data-taken] li")).to_have_count(1)  # the word that nothing was taken along
    expect(page.locator("[data-taken] a")).to_have_count(0)
    assert name not in page.content()
    held = page.evaluate(
        """async () => {
        const all = [];
        for (const name of await caches.keys()) {
          const store = await caches.open(name);
          for (const asked of await store.keys()) all.push(await (await store.match(asked)).text());
        }
        return all.join();
      }"""
    )
    assert len(held) > 1000, "the parts of pages are still there"
    assert name not in held and name.split()[0] not in held
    assert all(name.split()[0] not in row["text"] and "absent" not in row["text"] for row in _kept(page))


@BOTH
def test_who_sits_at_the_browser_next_opens_nothing_and_is_told_only_how_many_lines_wait(visitor: Visitor) -> None:
    page, context, site = visitor.page, visitor.page.context, visitor.site
    code = _new("SHARED", site)
    visitor.enter("trainer")
    _take_along(visitor, code)
    name = page.locator("[data-people] > li b").first.inner_text()
    context.set_offline(True)
    _pick(page, 0, "present")
    _pick(page, 1, "absent")
    _waits(page, 2)
    rows = _kept(page)
    assert len(rows) == 2 and all(name.split()[0] not in row["text"] for row in rows)

    # She signs out without a connection: lines wait, so the queue is shown first; there she signs out all the same.
    _sign_out(page)
    expect(page).to_have_url(re.compile(r"/offline/#h-leave$"))
    _waits(page, 2)
    visitor.look()
    page.locator("form[action$='/account/logout/?anyway=1'] button").click()
    expect(page.locator("[data-out]")).to_be_visible()
    expect(page.locator("[data-wait]")).to_contain_text(OTHERS[visitor.language])
    visitor.look()
    _nobodys_names(visitor, code, name)

    # With a connection the centre hears of the sign-out before anything else, and the next person reads no line of hers.
    context.set_offline(False)
    visitor.open(f"/training/{code}/attendance/")
    expect(page).to_have_url(re.compile("/account/login/"))
    visitor.enter("village")
    visitor.open("/offline/")
    expect(page.locator("[data-queue-says]")).to_contain_text(OTHERS[visitor.language])
    expect(page.locator("[data-lines] > li")).to_have_count(0)
    assert name.split()[0] not in page.locator("main").inner_text()
    visitor.look()
    page.locator("[data-send]").click()
    page.wait_for_timeout(500)
    assert shell(site, STANDING.format(code=code))[1].split() == ["0", "0", "0"]
    context.set_offline(True)
    _nobodys_names(visitor, code, name)

    # Her lines wait for her: she signs in and they are sent.
    context.set_offline(False)
    visitor.enter("trainer")
    visitor.open("/offline/")
    expect(page.locator("[data-lines] .tag.ok")).to_have_count(2)
    expect(page.locator("[data-lines] > li").first).to_contain_text(":")
    assert shell(site, STANDING.format(code=code))[1].split() == ["2", "2", "0"]

    # Somebody else signs in over her, without a sign-out: the pages leave before the first of hers is shown.
    visitor.open(f"/training/{code}/attendance/")
    page.locator("[data-take]").click()
    expect(page.locator("[data-take-says]")).to_contain_text("5", timeout=20_000)
    visitor.enter("village")
    context.set_offline(True)
    _nobodys_names(visitor, code, name)


def test_a_sign_out_with_a_connection_sends_what_waits_first_and_takes_the_pages_away(visitor: Visitor) -> None:
    page, context = visitor.page, visitor.page.context
    code = _new("OUT", visitor.site)
    visitor.enter("trainer")
    _take_along(visitor, code)
    name = page.locator("[data-people] > li b").first.inner_text()
    context.set_offline(True)
    _pick(page, 0, "late")
    page.locator("#ask-minutes").fill("45")
    page.locator("dialog button.main").click()
    _waits(page, 1)
    context.route("**/offline/send/", lambda route: route.abort())  # a line so weak that pages come and nothing goes
    context.set_offline(False)
    _sign_out(page)
    expect(page).to_have_url(re.compile(r"/offline/#h-leave$"))
    _waits(page, 1)
    context.unroute("**/offline/send/")
    page.locator("[data-send]").click()
    expect(page.locator("[data-lines] .tag.ok")).to_have_count(1)
    _sign_out(page)
    expect(page.locator("header summary.me")).to_have_count(0)
    context.set_offline(True)
    _nobodys_names(visitor, code, name)
    assert shell(visitor.site, STANDING.format(code=code))[1].split() == ["1", "1", "0"]


# --- a clock that is years off ---


@pytest.mark.parametrize(
    ("visitor", "year"), [(("kk", "narrow"), 1999), (("ru", "narrow"), 2040)], indirect=["visitor"]
)
def test_with_a_clock_years_off_nothing_is_refused_and_the_centres_time_is_shown(visitor: Visitor, year: int) -> None:
    page, context, site = visitor.page, visitor.page.context, visitor.site
    code = _new(f"Y{year}", site)
    context.clock.install(time=f"{year}-02-03T08:00:00Z")
    visitor.enter("trainer")
    _take_along(visitor, code)
    context.set_offline(True)
    _pick(page, 0, "absent")
    _waits(page, 1)
    # Somebody puts the clock right between two lines, or the battery goes: only the order of the lines counts.
    context.clock.set_system_time("2021-05-06T10:00:00Z")
    _pick(page, 0, "present")
    page.locator("#ask-reason").fill("Кейін келді")
    page.locator("dialog button.main").click()
    _waits(page, 2)
    context.clock.set_system_time(f"{year}-02-04T08:00:00Z")
    page.reload()
    _pick(page, 1, "present")
    _waits(page, 3)
    context.set_offline(False)
    visitor.open("/offline/")
    expect(page.locator("[data-lines] .tag.ok")).to_have_count(3)
    today = shell(site, "from django.utils import timezone; print(timezone.localdate().year)")[0]
    expect(page.locator("[data-queue-when]")).to_contain_text(today)
    said = page.locator("[data-lines] > li small").first
    expect(said).to_contain_text(today)
    expect(said).to_contain_text(str(year))
    visitor.look()
    standing, counted, broken = shell(site, STANDING.format(code=code))[:3]
    assert sorted(standing.split("|")) == ["1p90", "1p90"] and counted.split() == ["3", "3", "0"] and broken == "0"
    # On the pages of the centre its own time comes first, the device's word stands beside it.
    visitor.open(f"/training/{code}/attendance/")
    page.locator("thead [data-session] a").first.click()
    page.locator("[data-now] a").first.click()
    expect(page.locator(".times li")).to_have_count(2)
    expect(page.locator(".times time").first).to_contain_text(today)
    expect(page.locator(".times li").nth(1)).to_contain_text(str(year))
    expect(page.locator(".times li").first).to_contain_text("2021")
    visitor.look()


# --- a browser that is killed ---


@pytest.fixture
def profile(tmp_path: Path, browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """A browser with a profile on the disk, which can be started again after its death."""
    folder, opened = tmp_path / "profile", []

    def start() -> BrowserContext:
        wide, high = WIDTHS["narrow"]
        context = browser.browser_type.launch_persistent_context(
            folder, executable_path=chromium.found(whole=True), args=["--no-sandbox", "--disable-gpu"], locale="kk",
            viewport={"width": wide, "height": high},
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield start
    with suppress(Exception):  # the one that was killed is gone already
        opened[-1].close()
    for pid in _of_profile(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _of_profile(folder: Path) -> list[int]:
    """The processes of the browser that holds this profile, and no others."""
    found = []
    for one in Path("/proc").iterdir():
        with suppress(OSError):
            if one.name.isdecimal() and str(folder).encode() in (one / "cmdline").read_bytes():
                found.append(int(one.name))
    return found


@pytest.mark.parametrize("many", [1, 4, 7])
def test_a_browser_that_is_killed_keeps_every_line_that_the_screen_showed_as_kept(
    many: int, profile: Callable[[], BrowserContext], site: Site, tmp_path: Path
) -> None:
    code = _new(f"KILLED{many}", site)
    context = profile()
    visitor = Visitor(context, site, "kk")
    page = visitor.page
    visitor.enter("trainer")
    _take_along(visitor, code)
    page.locator(".crumbs a").click()
    expect(page.locator("[data-grid][role=grid]")).to_be_visible()
    context.set_offline(True)
    cells = page.locator("[data-grid] tbody td:not(.n)")
    cells.first.focus()
    # Quick hands: down the first session, then the second. The browser dies as soon as the screen shows `many` as kept.
    for column in range(2):
        for _ in range(4):
            page.keyboard.press("1")
        if column == 0:
            for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowRight"):
                page.keyboard.press(key)
        if page.locator("[data-grid] tbody td.ok").count() >= many:
            break
    expect(page.locator("[data-grid] tbody td.ok").nth(many - 1)).to_be_visible()
    shown = page.evaluate(
        """() => [...document.querySelectorAll("[data-grid] tbody td.ok")]
          .map((one) => one.parentElement.dataset.who + " " + one.cellIndex)"""
    )
    for pid in _of_profile(tmp_path / "profile"):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert len(shown) >= many

    context = profile()
    context.set_offline(True)
    visitor = Visitor(context, site, "kk")
    page = visitor.page
    visitor.open(f"/training/{code}/attendance/")
    expect(page.locator("[data-grid] tbody td.ok").nth(len(shown) - 1)).to_be_visible()
    after = page.evaluate(
        """() => [...document.querySelectorAll("[data-grid] tbody td.ok")]
          .map((one) => one.parentElement.dataset.who + " " + one.cellIndex)"""
    )
    assert set(shown) <= set(after)
    _waits(page, len(after))
    context.set_offline(False)
    visitor.enter("trainer")  # Chromium writes its cookies to the disk every half minute only
    visitor.open("/offline/")
    expect(page.locator("[data-lines] .tag.ok")).to_have_count(len(after))
    standing, counted, broken = shell(site, STANDING.format(code=code))[:3]
    assert len(standing.split("|")) == len(after) and broken == "0"
    assert counted.split() == [str(len(after)), str(len(after)), "0"]


# --- a device off the list, a session that went ---

GONE = """
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Session
one, two = Session.objects.filter(run__code="{code}").order_by("starts_at")
training.cancel_session(session=one, by=Account.objects.get(login="national"))
"""


@BOTH
def test_what_went_meanwhile_is_said_and_a_device_off_the_list_shows_its_lines_but_sends_none(
    visitor: Visitor, browser: Browser
) -> None:
    page, context, site = visitor.page, visitor.page.context, visitor.site
    code = _new("GONE", site)
    visitor.enter("trainer")
    _take_along(visitor, code)
    name = page.locator("[data-people] > li b").first.inner_text()
    context.set_offline(True)
    _pick(page, 0, "present")
    page.locator(".crumbs a").click()
    page.locator("thead [data-session] a").nth(1).click()
    expect(page.locator("[data-people] > li")).to_have_count(4)
    _pick(page, 0, "present")
    _waits(page, 2)
    shell(site, GONE.format(code=code))
    context.set_offline(False)
    visitor.open("/offline/")
    expect(page.locator("[data-lines] .tag.ok")).to_have_count(1)
    refused = page.locator("[data-lines] > li", has=page.locator(".tag.stop"))
    expect(refused).to_contain_text({"kk": "кестеден", "ru": "расписания"}[visitor.language])
    visitor.look()
    visitor.open(f"/training/{code}/attendance/")
    expect(page.locator("main")).to_contain_text({"kk": "кестеден", "ru": "расписания"}[visitor.language])
    visitor.look()

    # She takes the device off the list from another one.
    page.locator("thead [data-session] a").first.click()
    expect(page.locator("[data-people] > li")).to_have_count(4)
    context.set_offline(True)
    _pick(page, 1, "absent")
    _waits(page, 1)
    desk = Visitor(browser.new_context(locale=visitor.language), site, visitor.language)
    desk.page.set_default_timeout(PATIENCE)
    desk.enter("trainer")
    desk.open("/offline/")
    device = page.evaluate(
        """async () => {
        const ask = (one) => new Promise((yes) => { one.onsuccess = () => yes(one.result); });
        const [{ name }] = (await indexedDB.databases()).filter((one) => one.name.startsWith("orken-"));
        return ask((await ask(indexedDB.open(name))).transaction("meta").objectStore("meta").get("device"));
      }"""
    )
    desk.page.locator(f"[data-device='{device}'] button").click()
    desk.page.wait_for_load_state()
    desk.page.context.close()
    context.set_offline(False)
    visitor.open("/offline/")
    off = {"kk": "тізімнен шығарылған", "ru": "исключено из списка"}[visitor.language]
    expect(page.locator("[data-queue-says]")).to_contain_text(off)
    expect(page.locator("[data-lines] > li").first).to_contain_text(":")
    expect(page.locator("[data-lines] .tag.wait")).to_have_count(1)
    visitor.look()
    assert shell(site, STANDING.format(code=code))[1].split() == ["1", "2", "0"]
    context.set_offline(True)
    visitor.open(f"/training/{code}/attendance/")
    expect(page.locator("h1")).to_have_text(NO_LINE[visitor.language])
    assert name not in page.content()
