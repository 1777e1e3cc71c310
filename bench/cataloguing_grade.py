"""The grader: how fast against three experts, and what becomes of every way to cheat it.

    python -m bench.cataloguing_grade            both tables
    python -m bench.cataloguing_grade --speed    the speed only

The adversarial table is made of the invented books in both formats by the functions that the tests use.
Timing decides nothing here; the goal is 50 ms for one grading against three experts, checker included.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator

from orken.cataloguing import marking, profiles
from orken.cataloguing.elements import describe
from orken.cataloguing.grading import Marked, comparing
from orken.cataloguing.record import Record
from orken.cataloguing.tasks import material
from tests.cataloguing.attacks import FAILS, FLAGGED, PASSES, answers

CODES = [book.code for book in material.books()]


def works() -> Iterator[tuple[str, str, str, Marked]]:
    """(attack, fate, book and format, mark) for every attack on every book."""
    for format in material.FORMATS:
        profile = profiles.get(format)
        for place, code in enumerate(CODES):
            others = [material.experts(CODES[(place + step) % len(CODES)], format)[0] for step in range(1, len(CODES))]
            experts = marking.experts_of(code, format)
            for name, answer, fate in answers(material.experts(code, format)[0], others, format):
                yield name, fate, f"{code} {format}", marking.mark(answer, profile, experts)


def adversarial() -> int:
    """Print the table; answers how many rows did not end as stated."""
    rows: dict[tuple[str, str], list[Marked]] = {}
    for name, fate, _where, marked in works():
        rows.setdefault((name, fate), []).append(marked)
    print(f"{'case':<46}{'least':>7}{'mean':>7}{'most':>7}{'no caps':>9}{'>= 70':>8}{'to a human':>12}  stated")
    wrong = 0
    for (name, fate), marks in rows.items():
        scores = [mark.score for mark in marks]
        passed = sum(score >= 70 for score in scores)
        flagged = sum(bool(mark.review) for mark in marks)
        good = {
            FAILS: passed == 0,
            FLAGGED: all(mark.score < 70 or mark.review for mark in marks),
            PASSES: passed == len(marks),
        }.get(fate, min(scores) == 100)
        wrong += not good
        mean, bare = statistics.mean(scores), statistics.mean(mark.before_caps for mark in marks)
        print(
            f"{name:<46}{min(scores):>7.1f}{mean:>7.1f}{max(scores):>7.1f}{bare:>9.1f}"
            f"{passed / len(marks):>8.0%}{flagged / len(marks):>12.0%}  {fate}{'' if good else '   NOT SO'}"
        )
    print(f"{len(rows)} cases on {len(CODES)} books in {len(material.FORMATS)} formats; {wrong} did not end as stated")
    return wrong


def _three(code: str, format: str) -> list[Record]:
    """Three experts' records: two of the task, and the first's in the other format."""
    other = "marc21" if format == "rusmarc" else "rusmarc"
    return [*material.experts(code, format), material.experts(code, other)[0]]


def speed(rounds: int) -> None:
    """Grading against three experts, the experts made ready for the task and the texts never compared before."""
    ready = {
        (code, format): [marking.expert(one, profiles.get(profiles.detect(one))) for one in _three(code, format)]
        for code in CODES
        for format in material.FORMATS
    }
    print(f"\n{'grading against three experts':<46}{'median ms':>10}{'p95 ms':>9}{'most ms':>9}{'per second':>12}")
    for label, warm in (("nothing remembered", False), ("as a worker that has graded before", True)):
        took = []
        for _round in range(rounds):
            for (code, format), experts in ready.items():
                if not warm:
                    for remembered in (comparing.text, comparing.words, comparing.number_sets, comparing._words):
                        remembered.cache_clear()
                answer = (
                    material.experts(CODES[(CODES.index(code) + _round) % len(CODES)], format)[1]
                    if _round % 2
                    else material.experts(code, format)[1]
                )
                start = time.perf_counter()
                marking.mark(answer, profiles.get(format), experts)
                took.append(1000 * (time.perf_counter() - start))
        took.sort()
        print(
            f"{label:<46}{statistics.median(took):>10.2f}{took[int(0.95 * len(took))]:>9.2f}{took[-1]:>9.2f}"
            f"{1000 / statistics.mean(took):>12.0f}"
        )
    took = []
    for code in CODES:
        for format in material.FORMATS:
            answer = material.experts(code, format)[1]
            start = time.perf_counter()
            experts = [marking.expert(one, profiles.get(profiles.detect(one))) for one in _three(code, format)]
            marking.mark(answer, profiles.get(format), experts)
            took.append(1000 * (time.perf_counter() - start))
    took.sort()
    print(
        f"{'with three experts read and checked anew':<46}{statistics.median(took):>10.2f}{took[int(0.95 * len(took))]:>9.2f}{took[-1]:>9.2f}"
    )
    start = time.perf_counter()
    for _ in range(100):
        describe(material.experts("kk-novel", "marc21")[0], "marc21")
    print(f"{'a record read as elements':<46}{10 * (time.perf_counter() - start):>10.2f}")


def agreement() -> None:
    """Print how the experts of every book agree."""
    print(f"\n{'experts against each other':<26}{'RUSMARC':>16}{'MARC 21':>16}")
    for code in CODES:
        cells = ["{:.1f} {:.1f}".format(*marking.agreement_of(code, format).scores) for format in material.FORMATS]
        print(f"{code:<26}{cells[0]:>16}{cells[1]:>16}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speed", action="store_true", help="the speed only")
    parser.add_argument("--rounds", type=int, default=6)
    options = parser.parse_args()
    wrong = 0
    if not options.speed:
        wrong = adversarial()
        agreement()
    speed(options.rounds)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
