"""A table of 4,000 libraries through the whole way, and how long it keeps neighbours waiting: `python -m bench.units_import`."""

from __future__ import annotations

import io
import os
import resource
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bench.country import build, table


@contextmanager
def neighbour() -> Iterator[list[float]]:
    """Somebody who wants SQLite's one pen again and again; tells how long she waited each time."""
    from django.db import connection

    waits: list[float] = []
    over = threading.Event()
    if connection.vendor != "sqlite":
        yield waits  # PostgreSQL locks rows, not everybody
        return
    name = str(connection.settings_dict["NAME"])

    def knock() -> None:
        pen = sqlite3.connect(name, timeout=120, isolation_level=None)
        while not over.is_set():
            start = time.perf_counter()
            pen.execute("BEGIN IMMEDIATE")
            waits.append(time.perf_counter() - start)
            pen.execute("ROLLBACK")
            over.wait(0.01)
        pen.close()

    thread = threading.Thread(target=knock, daemon=True)
    thread.start()
    try:
        yield waits
    finally:
        over.set()
        thread.join()


def main() -> None:
    print("made:", ", ".join(f"{count} {name}" for name, count in build().items()))
    from django.utils import timezone

    from orken.kit.sheets.reading import read
    from orken.kit.sheets.writing import Column, Table, write_xlsx
    from orken.network import policy, services, unit_list
    from orken.network.models import UnitImport
    from orken.network.roles import Permission
    from orken.people.models import Account

    account = Account.objects.get(login="national")
    scope = policy.scope(account, Permission.UNIT_IMPORT)
    heads = [headings[0] for headings in unit_list.HEADINGS.values()]
    exported = read(io.BytesIO(unit_list.export(scope).read())).sheets[0].rows
    changed = [[str(cell) for cell in row] for row in exported[1:4001]]
    for number, row in enumerate(changed):
        row[3] = f"{row[3]} {number}"  # a new name for each
    file = write_xlsx([Table("Units", [Column(head) for head in heads], changed)])

    rows: list[list[object]] = []

    def step(name: str, do: Callable[[], Any]) -> Any:
        with neighbour() as waits:
            start, cpu = time.perf_counter(), time.process_time()
            answer = do()
            wall = time.perf_counter() - start
            rows.append([name, wall, time.process_time() - cpu, max(waits, default=0.0)])
        return answer

    found = step("read xlsx", lambda: unit_list.rows_of(read(file)))
    step("judge", lambda: unit_list.judge(found, scope))
    kept = UnitImport.objects.create(by=account, file_name="units.xlsx", rows=found, on=timezone.localdate())
    lines = step("apply, whole or not at all", lambda: unit_list.apply(table_id=kept.pk, by=account, scope=scope))
    step("take back as one", lambda: services.undo(batch=kept.pk, by=account))
    print(unit_list.counts(lines))
    table(("step", "seconds", "of them CPU", "longest lock"), rows)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"memory at the highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
