"""A table of 4,000 libraries through the whole way: `python -m bench.units_import`."""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Callable
from typing import Any

from bench.country import build, scratch, table


def main() -> None:
    with scratch():
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
            start = time.perf_counter()
            answer = do()
            rows.append([name, time.perf_counter() - start])
            return answer

        found = step("read xlsx", lambda: unit_list.rows_of(read(file)))
        step("judge", lambda: unit_list.judge(found, scope))
        kept = UnitImport.objects.create(by=account, file_name="units.xlsx", rows=found, on=timezone.localdate())
        lines = step("apply, whole or not at all", lambda: unit_list.apply(table_id=kept.pk, by=account, scope=scope))
        step("take back as one", lambda: services.undo(batch=kept.pk, by=account))
        print(unit_list.counts(lines))
        table(("step", "seconds"), rows)
        print(f"memory at the highest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
