"""Bytes over the wire, as Chromium counts them, from a server with compression as `make start` runs it: `python -m bench.first_visit`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.country import table

ROOT = Path(__file__).resolve().parents[1]
AFTER = ("/kk/region/KZ-55/", "/kk/search/?q=кітапхана", "/kk/verify/", "/kk/network/", "/kk/network/unit/KZ-55-D02/", "/kk/network/staff/", "/kk/desk/", "/kk/roles/")  # fmt: skip


def free_port() -> int:
    """A port whose neighbour is free too, as far as one can know."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1]) % 20000 + 40000


def wait_for(address: str) -> None:
    """Until the server answers, two minutes at most."""
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/health/", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)


@contextmanager
def running() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`orken start` over a fresh demo country; answers its address and its parent process."""
    folder = tempfile.mkdtemp(prefix="orken-bench-")
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ORKEN_")} | {
        "ORKEN_DATA": folder
    }
    command = [sys.executable, "-m", "orken", "start", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    try:
        wait_for(address)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("No Chromium here (Debian: apt-get install chromium).")
    with running() as (address, _process), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        got: list[float] = []
        session.on("Network.loadingFinished", lambda event: got.append(event["encodedDataLength"]))

        def visit(path: str) -> list[object]:
            got.clear()
            page.goto(address + path, wait_until="networkidle")
            return [path, len(got), sum(got) / 1024]

        rows = [visit("/kk/"), visit("/ru/")]
        page.goto(f"{address}/kk/demo/")
        page.locator("button[value=national]").click()
        rows += [visit(path) for path in AFTER]
        browser.close()
    table(("page", "requests", "KiB over the wire"), rows)


if __name__ == "__main__":
    main()
