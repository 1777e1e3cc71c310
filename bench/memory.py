"""Memory of one machine's whole family of processes, after every page was asked for: `python -m bench.memory`.

PSS: what the processes share is divided among them, so the sum is what the machine really gives.
"""

from __future__ import annotations

import http.cookiejar
import re
import urllib.parse
import urllib.request
from pathlib import Path

from bench.country import table
from bench.first_visit import AFTER, running


def pss(pid: int) -> float:
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found.group(1)) / 1024 if found else 0.0


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def main() -> None:
    with running() as (address, process):
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        page = browser.open(f"{address}/kk/demo/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        answers = urllib.parse.urlencode({"csrfmiddlewaretoken": token.group(1), "login": "national"}).encode()
        browser.open(f"{address}/kk/demo/", answers)
        for _ in range(20):
            for path in ("/kk/", "/ru/", "/en/", *AFTER):
                browser.open(address + urllib.parse.quote(path, safe="/?=&"))
        rows: list[list[object]] = []
        for pid in family(process.pid):
            name = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
            rows.append([pid, name[-40:], pss(pid)])
        rows.append(["", "all together", sum(float(str(row[2])) for row in rows)])
        table(("process", "what", "MB"), rows)


if __name__ == "__main__":
    main()
