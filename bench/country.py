"""A scratch country of full size: 4,000 libraries and 25,000 people, made once for a bench and thrown away."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def scratch() -> Iterator[None]:
    """Django set up over a database of this bench's own; both go when it ends."""
    folder = tempfile.mkdtemp(prefix="orken-bench-")
    os.environ |= {"ORKEN_ENV": "test", "ORKEN_DATA": folder, "DJANGO_SETTINGS_MODULE": "orken.config.settings"}
    address = os.environ.get("ORKEN_DATABASE_URL", "")
    name = f"orken_bench_{os.getpid()}"
    if address:
        _postgresql(address, f'CREATE DATABASE "{name}"')
        os.environ["ORKEN_DATABASE_URL"] = urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    try:
        import django

        from orken.kit.i18n import compiling

        compiling.compile_all()
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield
    finally:
        from django.db import connections

        connections.close_all()
        if address:
            _postgresql(address, f'DROP DATABASE "{name}" WITH (FORCE)')
        shutil.rmtree(folder, ignore_errors=True)


def _postgresql(address: str, command: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(command.encode())


def build(districts: int = 12) -> dict[str, int]:
    """Fill the scratch database: the demo's regions with many more districts, branches and people in them."""
    from dataclasses import replace

    from django.db import connection, transaction

    from orken.kit.demo import Stage
    from orken.kit.search import services as search
    from orken.network.demo.build import COUNTRY
    from orken.network.demo.build import build as network
    from orken.network.demo.personas import personas
    from orken.network.models import Unit
    from orken.people.models import Person

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
