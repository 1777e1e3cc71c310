"""A scratch country of full size: 4,000 libraries and 25,000 people, made once for a bench and thrown away."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any


def build(districts: int = 12) -> dict[str, int]:
    """Fill the scratch database: the demo's regions with many more districts, branches and people in them."""
    from dataclasses import replace

    from django.core.management import call_command
    from django.db import connection, transaction

    from orken.kit.demo import Stage
    from orken.kit.search import services as search
    from orken.network.demo.build import COUNTRY
    from orken.network.demo.build import build as network
    from orken.network.demo.personas import personas
    from orken.network.models import Unit
    from orken.people.models import Person

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        stage = Stage()
        network(stage, replace(COUNTRY, districts=districts))
        personas(stage)
        search.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"units": Unit.objects.count(), "people": Person.objects.count()}


def measured(do: Callable[[], Any], times: int) -> tuple[list[float], float]:
    """Milliseconds of each of `times` runs after one to warm up, and the CPU milliseconds of one run (median of five rounds)."""
    do()
    walls: list[float] = []
    rounds: list[float] = []
    each = max(1, times // 5)
    for _ in range(5):
        before = time.process_time()
        for _ in range(each):
            start = time.perf_counter()
            do()
            walls.append((time.perf_counter() - start) * 1000)
        rounds.append((time.process_time() - before) * 1000 / each)
    return walls, statistics.median(rounds)


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table with a line under its heads; numbers to the right."""
    texts = [[f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    widths = [max(len(head), *(len(row[place]) for row in texts)) for place, head in enumerate(heads)]
    right = [all(isinstance(row[place], (int, float)) for row in rows) for place in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        padded = [
            cell.rjust(width) if end else cell.ljust(width)
            for cell, width, end in zip(cells, widths, right, strict=True)
        ]
        return "  ".join(padded).rstrip()

    print(line(heads))
    print("  ".join("-" * width for width in widths))
    for row in texts:
        print(line(row))


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
