"""Pictures from browser to browser, six who send and twelve who watch: `python -m bench.peer [SIZE …]`.

A server with its streams over a scratch copy of the demo country, and one Chromium with eighteen people in it: six speakers
and twelve guests, each by her own link, cameras made up. Measured is from the moment at which a watcher opens the page until
six moving pictures stand on it. One of the six speaks, the others have turned their microphones off, as at a meeting; then, over twenty seconds, how many pictures a second really come, how many are dropped, and
what server and browsers cost. Everybody sits on this one machine, which draws and reads all 102 connections: the server's
share is what an installation pays, the rest is spread over eighteen machines there. SIZE: 320x180@10 (the default) and so on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.country import percentile, table
from bench.first_visit import ROOT, free_port, wait_for
from bench.memory import family, pss
from bench.seats import worked

SENDING, WATCHING = 6, 12
SIZES = ("160x90@5", "320x180@10")
LONGEST, LOOKED = 120.0, 20.0  # seconds
CODE = "BENCH-PEER"
PREPARE = f"""
import django; django.setup()
from orken.kit.jobs import services as jobs
from orken.kit.jobs.models import Work
for drawing in Work.objects.filter(kind="conservation.prepare_specimens", state="waiting"):
    jobs.cancel(work=drawing)  # an hour of drawing is no part of this
from datetime import timedelta
from django.utils import timezone
from orken.live_room import services as rooms
from orken.meetings import keys, services as meetings
from orken.meetings.models import Guest
from orken.network.models import Unit
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Run, Session

by = Account.objects.get(login="pavlodar")
now = timezone.localtime().replace(second=0, microsecond=0)
begins = max(min(now - timedelta(minutes=5), now.replace(hour=21, minute=50)), now.replace(hour=0, minute=1))
run = training.open_run(
    code="{CODE}", kind="meeting", host=Unit.objects.get(code="KZ-55-LIB"), capacity=100, form="live", languages=["kk"], starts_on=begins.date(),
    ends_on=begins.date(), apply_until=begins.date(), deciding="at_once", by=None, title_kk="Өлшеу", title_ru="Замер",
)
session = training.add_session(run=run, by=None, starts_at=begins, ends_at=begins + timedelta(hours=2), title_kk="Өлшеу")
chair = meetings.name_person(run=run, person=by.person, by=by)
meetings.put_section(run=run, titles={{"title_kk": "Жалпы"}}, moderators=[chair], sessions=[session], by=None)
at, links = begins, []
for n in range({SENDING}):
    speaker = meetings.name_speaker(run=run, values={{"surname_kk": f"Сөйлеуші-{{n}}", "given_kk": "Қонақ"}}, by=None)
    talk = meetings.invite_talk(run=run, values={{"title_kk": f"Баяндама {{n}}", "spoken": "kk", "minutes": 10}}, speakers=[speaker], by=None)
    at = meetings.place(run=run, session=session, starts_at=at, minutes=10, talk=talk, by=None).ends_at
    links.append(f"speaker/{{keys.of_speaker(speaker)}}")
meetings.release(run=run, by=None)
for n in range({WATCHING}):
    guest = Guest.objects.create(meeting_id=run.pk, name=f"Қонақ {{n}}")
    links.append(f"guest/{{keys.of_guest(guest)}}")
Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING)
rooms.arrange(session=session, values={{"provider": "peer"}}, by=None)
rooms.go(session=Session.objects.get(pk=session.pk), way="open", by=None)
for link in links:
    print(f"/kk/{{link}}/room/{{session.pk}}/")
"""
# Less than a real camera gives, and no echo cancelled: one machine stands for eighteen, and each does that for itself.
SMALL = """
const given = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = (asked) =>
  given({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false }, video: asked.video ? { width: WIDTH, height: HEIGHT, frameRate: RATE } : false });
"""
MOVING = "[...document.querySelectorAll('[data-peers] figure[data-tab] video')].filter((one) => !one.muted && one.videoWidth > 0 && one.currentTime > 0).length"
COUNTED = """[...document.querySelectorAll('[data-peers] video')].filter((one) => !one.muted).map((one) => {
  const told = one.getVideoPlaybackQuality();
  return [told.totalVideoFrames, told.droppedVideoFrames, one.videoWidth];
})"""


@contextmanager
def server() -> Iterator[tuple[str, int, list[str]]]:
    """`orken start` over a fresh demo country with the room in it; its address, its parent process, the eighteen links."""
    folder = tempfile.mkdtemp(prefix="orken-bench-")
    if country := os.environ.get(
        "BENCH_COUNTRY"
    ):  # a folder with a demo country that stands: copied, it spares minutes
        shutil.copytree(country, folder, dirs_exist_ok=True)
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ORKEN_")} | {"ORKEN_DATA": folder, "DJANGO_SETTINGS_MODULE": "orken.config.settings"}  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "orken", "start", "--port", str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        for _ in range(4):  # a country is made first, on a machine that may be busy
            wait_for(f"http://localhost:{port}")
        told = subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=environment, check=True, capture_output=True, text=True)  # fmt: skip
        yield f"http://localhost:{port}", process.pid, told.stdout.split()
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def browsers() -> list[int]:
    """The processes of the Chromium that this bench started."""
    return [pid for pid in family(os.getpid()) if b"chrom" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def busy(pids: list[int]) -> float:
    """Seconds of CPU of these processes alone; of one that ended meanwhile none."""
    seconds = 0.0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        seconds += sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    return seconds


def measure(playwright: Any, chromium: str, address: str, pid: int, links: list[str], size: str) -> list[object]:
    """One line of the table: everybody comes, the cameras are turned on, then the watchers look."""
    wide, high, rate = (int(one) for one in size.replace("@", "x").split("x"))
    browser = playwright.chromium.launch(
        executable_path=chromium,
        args=[
            "--no-sandbox", "--disable-gpu", "--use-fake-ui-for-media-stream", f"--use-fake-device-for-media-stream=fps={rate}",
            "--autoplay-policy=no-user-gesture-required", "--disable-background-timer-throttling", "--disable-renderer-backgrounding",
        ],
    )  # fmt: skip
    try:
        return _measured(browser, address, pid, links, size, SMALL.replace("WIDTH", str(wide)).replace("HEIGHT", str(high)).replace("RATE", str(rate)))  # fmt: skip
    finally:
        browser.close()


def _measured(browser: Any, address: str, pid: int, links: list[str], size: str, small: str) -> list[object]:
    pages = []
    for link in links:
        context = browser.new_context(viewport={"width": 800, "height": 600}, permissions=["camera", "microphone"])
        context.add_init_script(small)
        page = context.new_page()
        page.set_default_timeout(LONGEST * 1000)
        pages.append((page, link))
    for n, (page, link) in enumerate(pages[:SENDING]):
        page.goto(address + link)
        _turned_on(page)
        if n:  # the first speaks
            page.locator("[data-peer-voice]").click()
            page.locator("[data-peer-voice][aria-pressed=true]").wait_for()
    opened: list[float] = []
    waited: list[float | None] = [None] * WATCHING
    for page, link in pages[SENDING:]:
        opened.append(time.monotonic())
        page.goto(address + link, wait_until="commit")
    until = time.monotonic() + LONGEST
    while None in waited and time.monotonic() < until:
        for n, (page, _link) in enumerate(pages[SENDING:]):
            if waited[n] is None and page.evaluate(MOVING) >= SENDING:
                waited[n] = time.monotonic() - opened[n]
        time.sleep(0.1)
    came = [one for one in waited if one is not None]
    own = browsers()
    before, cost, served = [page.evaluate(COUNTED) for page, _link in pages[SENDING:]], busy(own), worked(pid)
    began = time.monotonic()
    time.sleep(LOOKED)
    after = [page.evaluate(COUNTED) for page, _link in pages[SENDING:]]
    seconds = time.monotonic() - began
    cost, served = (busy(own) - cost) / seconds, (worked(pid) - served) / seconds
    frames = [
        (now[0] - then[0]) / seconds for old, new in zip(before, after, strict=True) for then, now in zip(old, new, strict=False)
    ]  # fmt: skip
    total, dropped = (sum(one[k] for page in after for one in page) for k in (0, 1))
    seen = [page.evaluate(MOVING) for page, _link in pages[SENDING:]]
    return [
        size, f"{len(came)} of {WATCHING}", f"{percentile(came, 0.5):.1f} s" if came else "—", f"{max(came):.1f} s" if came else "—",
        f"{min(seen)}–{max(seen)}", f"{percentile(frames, 0.5):.1f}" if frames else "—", f"{min(frames):.1f}" if frames else "—",
        f"{100 * dropped / total:.1f} %" if total else "—", f"{cost:.0%}", f"{served:.0%}", f"{sum(pss(one) for one in own):.0f} MB",
    ]  # fmt: skip


def _turned_on(page: Any) -> None:
    """Her camera is on; pressed again when a busy machine did not carry it."""
    for _ in range(5):
        page.locator("[data-peer-on]").click()
        until = time.monotonic() + 20
        while time.monotonic() < until:
            if page.locator("[data-peer-off]:not([hidden])").count():
                return
            time.sleep(0.2)
    sys.exit(f"A camera does not come on: {page.locator('[data-error]').inner_text()} {page.locator('[data-peer-says]').inner_text()}")  # fmt: skip


def main() -> None:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("No Chromium here (Debian: apt-get install chromium).")
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with server() as (address, pid, links), sync_playwright() as playwright:
        rows = [measure(playwright, chromium, address, pid, links, size) for size in sys.argv[1:] or SIZES]
    print(
        f"{SENDING} send, {WATCHING} watch, {SENDING * (SENDING - 1 + WATCHING)} connections, all on {os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}"
    )
    table(
        (
            "picture",
            "see all six",
            "median",
            "worst",
            "moving each",
            "frames/s",
            "worst",
            "dropped",
            "browsers, CPU",
            "server, CPU",
            "browsers",
        ),
        rows,
    )


if __name__ == "__main__":
    main()
