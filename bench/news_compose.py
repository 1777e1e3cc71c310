"""News of an event: milliseconds of composing and of holding a text against its facts, and what the first one costs.

python -m bench.news_compose [rounds, 50 by default]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from orken.kit.i18n.content import LANGUAGES
from orken.newsroom.checking import Checker, Report
from orken.newsroom.compose import compose
from orken.newsroom.facts import Event
from orken.newsroom.reading import read

REFERENCE = Path(__file__).resolve().parent.parent / "tests" / "newsroom" / "reference.json"
FIRST = """
import json, sys, time
from orken.newsroom.reading import read
from orken.newsroom.compose import compose
event = read(json.load(open(sys.argv[1], encoding="utf-8")))[0]
began = time.perf_counter()
compose(event, sys.argv[2])
print((time.perf_counter() - began) * 1000)
"""


def told(name: str, work: Callable[[], object], rounds: int) -> None:
    times = []
    for _round in range(rounds):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    print(f"| {name} | {median(times):.1f} | {quantiles(times, n=20)[-1]:.1f} |")


def checked(text: str, event: Event, language: str) -> Report:
    """Afresh each time: `check` keeps what it has found."""
    return Checker(text, event, language).report()


def grown(event: Event, times: int) -> Event:
    """The same event with so many times as many institutions and talks."""
    return replace(event, participants=event.participants * times, talks=event.talks * times)


def main(rounds: int) -> None:
    event = read(json.loads(REFERENCE.read_text("utf-8")))[0]
    print("| first text of a process | ms |\n|---|---|")
    for language in LANGUAGES:
        done = subprocess.run(
            [sys.executable, "-c", FIRST, str(REFERENCE), language], capture_output=True, text=True, check=True
        )
        print(f"| composed in {language} | {float(done.stdout):.0f} |")
    print("\n| warm | median ms | p95 ms |\n|---|---|---|")
    large = grown(event, 10)
    for language in LANGUAGES:
        text = compose(event, language).text
        told(f"reference story composed, {language}", partial(compose, event, language), rounds)
        told(f"reference story checked, {language}", partial(checked, text, event, language), rounds)
        told(
            f"ten times as many talks and institutions composed, {language}", partial(compose, large, language), rounds
        )
    print(f"\nmost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
