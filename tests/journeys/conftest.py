"""A real server with the demo country, a real Chromium, and axe at every stop."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import chromium, snapshot
from tests.outside import outside

ROOT = Path(__file__).resolve().parents[2]
# A bound for what never comes, not for a busy machine: whoever waits goes on as soon as it is there.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
# What passed is not told: to write down every good element of a long table took longer than to look at it.
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
HOLDS_AXE = "typeof window.axe?.run === 'function'"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
WIDTHS = {"wide": (1280, 900), "narrow": (390, 844)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass(frozen=True)
class Site:
    """The server under test."""

    address: str
    data: Path
    pid: int  # of the process that holds the workers

    @property
    def last_words(self) -> str:
        """The end of what the server said: why a page answered 500."""
        said = self.data / "server.log"
        return said.read_text(encoding="utf-8", errors="replace")[-4000:] if said.exists() else ""


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Pages served by gunicorn over SQLite with the demo country, as `make start` does."""
    data = snapshot.site(Path(tempfile.mkdtemp(prefix="orken-journey-")))
    port = _free_port()
    environment = outside()
    environment |= {"ORKEN_DATA": str(data), "ORKEN_ENV": "development"}
    manage = [sys.executable, "-m", "orken"]
    subprocess.run(
        [*manage, "django", "collectstatic", "--noinput", "--verbosity", "0"], cwd=ROOT, env=environment, check=True
    )
    said = (data / "server.log").open("ab")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "orken.config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"],
        cwd=ROOT,
        env=environment,
        stdout=said,
        stderr=said,
    )
    said.close()
    address = f"http://localhost:{port}"
    try:
        wait_for(f"{address}/health/")
        yield Site(address, data, server.pid)
    finally:
        if listening := _listening.pop(address, None):
            listening.terminate()
            listening.wait(timeout=60)
        server.terminate()
        server.wait(timeout=60)
        shutil.rmtree(data, ignore_errors=True)


# The demo's specimens and cards are an hour of drawing; whoever waits for other work does not wait for them.
UNDRAWN = """
import django; django.setup()
from orken.kit.jobs import services, worker
from orken.kit.jobs.models import Work
for drawing in Work.objects.filter(kind="conservation.prepare_specimens", state="waiting"):
    services.cancel(work=drawing)
"""


# What a journey needs at once (a run of yesterday, three months that go by) is done by one process of the site that listens:
# each start of Python would cost as much as three pages.
LISTENS = """
import contextlib, io, json, sys, traceback
import django
django.setup()
from django.db import connections
for line in sys.stdin:
    said, broke = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(said):
            exec(json.loads(line), {})
    except BaseException:
        broke = traceback.format_exc()
    connections.close_all()
    print(json.dumps([said.getvalue(), broke]), flush=True)
"""


_listening: dict[str, subprocess.Popen[str]] = {}


def _environment(site: Site) -> dict[str, str]:
    own = outside()
    return own | {
        "ORKEN_DATA": str(site.data),
        "ORKEN_ENV": "development",
        "DJANGO_SETTINGS_MODULE": "orken.config.settings",
    }


def shell(site: Site, script: str) -> list[str]:
    """Run a script inside the site; answers the lines that it prints, the last one empty."""
    process = _listening.get(site.address)
    if process is None or process.poll() is not None:
        process = _listening[site.address] = subprocess.Popen(
            [sys.executable, "-c", LISTENS], cwd=ROOT, env=_environment(site), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None, "pipes were asked for"
    process.stdin.write(json.dumps(script) + "\n")
    process.stdin.flush()
    said, broke = json.loads(process.stdout.readline())
    assert not broke, f"{broke.strip().rpartition(chr(10))[2]}\n{broke}"
    lines: list[str] = said.split("\n")
    return lines


def worker(site: Site, *, once: bool) -> subprocess.Popen[bytes]:
    """A worker of both lanes: one that empties them and ends, or one that stays."""
    script = f"{UNDRAWN}worker.work(['quick', 'heavy'], once={once}, clock=False)"
    return subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=_environment(site))


def wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer within {PATIENCE // 1000} s")


def served_by_the_worker(page: Page) -> None:
    """The service worker answers for this page. Asked again and again from here: the page's own policy lets no
    waiting text be evaluated inside it (`wait_for_function` falls as soon as its first look fails)."""
    until = time.monotonic() + PATIENCE / 1000
    while not page.evaluate("navigator.serviceWorker.controller !== null"):
        assert time.monotonic() < until, "no service worker took this page"
        page.wait_for_timeout(50)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.found()
    assert path, "Chromium is needed; tests.run leaves journeys out where there is none"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop in this process: a test that comes here from another worker may use the database all the same.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield running
        running.close()


class Visitor:
    """A person at a screen: she opens pages, reads, presses; axe looks over her shoulder."""

    def __init__(self, context: BrowserContext, site: Site, language: str) -> None:
        self.site = site
        self.language = language
        self.page: Page = context.new_page()
        self.problems: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _heard(self, message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        # A browser tells of every request that found no network, also where the page has an answer to it.
        if kind == "error" and not any(
            known in text for known in ("the server responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED")
        ):
            self.problems.append(text)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site.address}/{self.language}{path}")

    def sign_in(self, login: str) -> None:
        """The same door without looking at it: form, session and desk go by the wire, no page is drawn. The next step opens one."""
        if self.page.url != "about:blank":
            self.page.goto(f"{self.site.address}/health/")  # what stood here says good-bye as whoever read it
        wire, demo = self.page.context.request, f"{self.site.address}/{self.language}/demo/"
        token = TOKEN.search(wire.get(demo).text())
        assert token, f"the demo page has no form\n{self.site.last_words}"
        desk = wire.post(demo, form={"csrfmiddlewaretoken": token[1], "login": login})
        assert desk.ok and desk.url.endswith("/desk/"), f"{login}: {desk.status} {desk.url}\n{self.site.last_words}"

    def enter(self, login: str) -> None:
        """One click on the demo page, and her desk is on the screen."""
        self.open("/demo/")
        self.page.locator(f"button[value='{login}']").click()
        self.page.wait_for_load_state()

    def look(self) -> None:
        """The page is accessible, has no script trouble, does not scroll sideways, speaks its language."""
        self.page.wait_for_load_state()  # a press waits until the next page begins, not until it is whole
        # A document that was looked at holds axe already: reading half a megabyte again is a tenth of a look.
        results = (Axe("0") if self.page.evaluate(HOLDS_AXE) else Axe()).run(self.page, options=AXE)
        found = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in results.response["violations"]]
        assert not found, f"{self.page.url}: {'; '.join(found)}\n{results.generate_report()}"
        assert not self.problems, f"{self.page.url}: {self.problems}\n{self.site.last_words}"
        wider = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wider <= 0, f"{self.page.url} scrolls sideways by {wider} px"
        assert self.page.evaluate("document.documentElement.lang") == self.language
        assert self.page.locator("h1").count() == 1, f"{self.page.url} has no single h1"


@pytest.fixture
def visitor(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visitor]:
    """Parametrised indirectly with (language, width)."""
    language, width = getattr(request, "param", ("kk", "wide"))
    wide, high = WIDTHS[width]
    context = browser.new_context(viewport={"width": wide, "height": high}, locale=language)
    context.set_default_timeout(PATIENCE)
    yield Visitor(context, site, language)
    context.close()


EVERYWHERE = [
    pytest.param((language, width), id=f"{language}-{width}")
    for language in ("kk", "ru", "en")
    for width in ("wide", "narrow")
]
# For long walks over many pages: each language once, each width at least once.
IN_EACH_LANGUAGE = [EVERYWHERE[1], EVERYWHERE[2], EVERYWHERE[5]]
