"""How fair and how fast the graders are: `python -m bench.conservation_grading [--seeds 20]`.

Prints the table of conservation.md §5 over fresh specimens of our generator (twenty seeds), the table of §5.1 for
plans, and the time of grading at sixty marks. A row that leaves its bounds on any seed is marked «out»; timing is
printed beside its promise and decides nothing.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import defaultdict

COARSE = 0.2  # mm in a pixel: the outlines are the same in millimetres, drawing takes a tenth of the time
SECONDS = 0.4
# Fifteen regions of twelve types, as on the page of the prototype; moderate ones, as a survey mostly meets.
DAMAGES = (
    ("C2", 2), ("B1", 2), ("C4", 2), ("W2", 3), ("M2", 3), ("M2", 2), ("M1", 2), ("M1", 2), ("M3", 2), ("C1", 2),
    ("B3", 2), ("R1", 2), ("S1", 2), ("C6", 2), ("S2", 2),
)  # fmt: skip
SCRIPTS = (("arab", "kk", "book", "rag"), ("latn", "kk", "book", "wove"), ("cyrl", "kk", "columns", "newsprint"), ("cyrl", "ru", "letter", "writing"), ("cyrl", "ru", "register", "rag"))  # fmt: skip


def regions(seeds: int, first: int) -> None:
    """The table of regions on specimens that no test and no demo has seen."""
    from bench.conservation_submissions import ROWS
    from orken.conservation.regions_grader import Reference, grade
    from orken.conservation.specimens import drawing
    from orken.conservation.specimens.leaves import Leaf
    from orken.conservation.vocabulary import is_critical

    scores: dict[str, list[tuple[int, float]]] = defaultdict(list)
    kappas: list[float | None] = []
    times: list[tuple[float, float]] = []
    sizes: list[int] = []
    for seed in range(first, first + seeds):
        script, lang, layout, stock = SCRIPTS[seed % len(SCRIPTS)]
        recipe = drawing.Recipe(Leaf(150.0, 210.0, script, lang, layout, stock), seed, DAMAGES)
        drawn = drawing.draw(recipe, COARSE)
        reference = Reference(drawn.canvas, drawn.regions)
        sizes.append(len(reference.regions))
        for row in ROWS:
            if row.name.startswith("half") and not any(
                is_critical(one.code, one.severity) for one in reference.regions
            ):
                continue  # the loss took the mould with it: nothing critical is there to be missed
            marks = row.make(reference, random.Random(seed))
            began, busy = time.perf_counter(), time.process_time()
            result = grade(reference, marks)
            took = (time.perf_counter() - began, time.process_time() - busy)
            if len(marks) >= 30:
                times.append(took)
            scores[row.name].append((seed, result.score))
            if row.name.startswith("right places and types"):
                kappas.append(result.severity_kappa)
    print(f"Regions: {seeds} fresh specimens, {min(sizes)}–{max(sizes)} reference regions, seeds {first}–{first + seeds - 1}")  # fmt: skip
    print(f"{'submission':44} {'least':>7} {'mean':>7} {'most':>7}   bounds")
    for row in ROWS:
        found = [score for _seed, score in scores[row.name]]
        out = [seed for seed, score in scores[row.name] if not row.least <= score <= row.most]
        told = f"   out on seeds {out}" if out else ""
        print(f"{row.name:44} {min(found):7.1f} {statistics.mean(found):7.1f} {max(found):7.1f}   {row.least:g}–{row.most:g}{told}")  # fmt: skip
    print(f"severity kappa when every severity is 4: {sorted({str(one) for one in kappas})}")
    walls, cpus = sorted(one for one, _ in times), sorted(one for _, one in times)
    print(
        f"grading of 30 to 192 marks (60 graded at most): median {statistics.median(walls) * 1000:.0f} ms, "
        f"p95 {walls[int(len(walls) * 0.95)] * 1000:.0f} ms (processor {cpus[int(len(cpus) * 0.95)] * 1000:.0f} ms), "
        f"most {walls[-1] * 1000:.0f} ms; promised p95 under {SECONDS * 1000:.0f} ms\n"
    )


def chance(n: int) -> None:
    """What random marks earn: the line that guessing stands on."""
    from bench.conservation_submissions import leaf, random_boxes
    from orken.conservation.regions_grader import grade

    found = sorted(
        grade(leaf(seed % 20), random_boxes(leaf(seed % 20), random.Random(seed))).score for seed in range(n)
    )
    print(f"Chance line, {n} random submissions: mean {statistics.mean(found):.1f}, p95 {found[int(n * 0.95)]:.1f}, most {found[-1]:.1f}\n")  # fmt: skip


def plans() -> None:
    """The table of plans of treatment."""
    from orken.conservation.treatment import CASES, STEPS, Facts, check, parse_case, parse_plan

    print("Plans of treatment")
    print(
        f"{'case':18} {'expert':>7} {'least':>7} {'reversed':>9} {'all steps':>10} {'papers':>7} {'empty':>6} {'three times':>12}"
    )
    for case in CASES.values():
        facts = parse_case({"facts": case.facts})

        def score(steps: tuple[str, ...], facts: Facts = facts) -> float:
            return check(facts, parse_plan({"steps": list(steps)})).score

        papers = ("H05",) if case.facts.get("incident") else ("T01", "T02", "T03")
        figures = (case.expert, case.least, case.expert[::-1], tuple(STEPS), papers, (), case.expert * 3)
        row = [score(steps) for steps in figures]
        print(
            f"{case.code:18} {row[0]:7.1f} {row[1]:7.1f} {row[2]:9.1f} {row[3]:10.1f} {row[4]:7.1f} {row[5]:6.1f} {row[6]:12.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=9000)
    options = parser.parse_args()
    regions(options.seeds, options.first)
    chance(300)
    plans()


if __name__ == "__main__":
    main()
