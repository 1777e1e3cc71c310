"""The relay of live rooms, tried against a real one: Debian's coturn on this machine, a secret shared, no other way open.

Without `turnserver` (Debian: apt-get install coturn) this journey is left out and says so.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import ROOT, Site, Visitor, _environment, _free_port, shell, wait_for
from tests.journeys.test_live_room import PREPARE, cameras, person, sees

__all__ = ["cameras"]
SECRET, CODE = "a-secret-of-this-test", "LIVE-RELAY"
TURNSERVER = shutil.which("turnserver")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(TURNSERVER is None, reason="no coturn here (Debian: apt-get install coturn)"),
]
# The connections of a page, to be asked afterwards by which way they came.
NOTED = """
const made = (window.connections = []);
const Plain = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Plain {
  constructor(...given) { super(...given); made.push(this); }
};
"""
WAYS = """async () => {
  const found = [];
  for (const link of window.connections) {
    const told = await link.getStats();
    for (const one of told.values()) {
      if (one.type === "candidate-pair" && one.state === "succeeded" && one.bytesReceived > 0) found.push(told.get(one.localCandidateId).candidateType);
    }
  }
  return found;
}"""


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[str]:
    """A coturn that knows the secret; answers its address."""
    port = _free_port()
    command = [
        TURNSERVER or "turnserver", "-n", "--no-cli", "--no-tls", "--no-dtls", "--fingerprint", "--use-auth-secret", f"--static-auth-secret={SECRET}",
        "--realm=orken", "--listening-ip=127.0.0.1", f"--listening-port={port}", "--relay-ip=127.0.0.1", "--allow-loopback-peers",
        "--min-port=49160", "--max-port=49260", f"--pidfile={tmp_path}/turn.pid", f"--userdb={tmp_path}/turn.db", "--log-file=stdout",
    ]  # fmt: skip
    with (tmp_path / "turn.log").open("wb") as said:
        process = subprocess.Popen(command, cwd=tmp_path, stdout=said, stderr=said)
        for _ in range(100):
            with socket.socket() as probe:
                probe.settimeout(0.2)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield f"turn:127.0.0.1:{port}?transport=udp"
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def relayed(site: Site, relay: str) -> Iterator[Site]:
    """The same site, its pictures through the relay alone, with its streams beside."""
    port = _free_port()
    environment = _environment(site) | {"ORKEN_ROOM_TURN": relay, "ORKEN_ROOM_TURN_SECRET": SECRET, "ORKEN_ROOM_TURN_ONLY": "1"}  # fmt: skip
    pages = subprocess.Popen([sys.executable, "-m", "gunicorn", "orken.config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1"], cwd=ROOT, env=environment)  # fmt: skip
    streams = subprocess.Popen([sys.executable, "-c", f"from orken.config.live import main; main({port + 1})"], cwd=ROOT, env=environment)  # fmt: skip
    try:
        for one in (port, port + 1):
            wait_for(f"http://localhost:{one}/health/")
        yield Site(f"http://localhost:{port}", site.data, pages.pid)
    finally:
        for process in (pages, streams):
            process.terminate()
            process.wait(timeout=60)


def ways(page: Page) -> set[str]:
    """By which ways pictures came to this page."""
    return set(page.evaluate(WAYS))


def test_a_picture_comes_by_the_relay_and_by_no_other_way(cameras: Browser, site: Site, relayed: Site) -> None:
    pk = shell(site, PREPARE.replace("LIVE-STORY", CODE))[0]
    shell(site, f"from orken.live_room import services as rooms\nfrom orken.training.models import Session\nrooms.go(session=Session.objects.get(pk={pk}), way='open', by=None)")  # fmt: skip
    speaker, village = (person(cameras, relayed, login, "kk", "wide") for login in ("national", "village"))
    people: tuple[Visitor, ...] = (speaker, village)
    for one in people:
        one.page.add_init_script(NOTED)
        one.open(f"/run/{CODE}/room/{pk}/")
        expect(one.page.locator("main #stage")).to_be_visible()
    speaker.page.locator("[data-peer-on]").click()
    sees(village.page, 1)
    assert ways(village.page) == {"relay"}
    for one in people:
        one.page.context.close()
