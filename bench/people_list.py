"""How fast the staff list of 25,000 people is filtered, by page and by filter.

    .venv/bin/python -m bench.people_list
    ORKEN_DATABASE_URL=postgres://… .venv/bin/python -m bench.people_list

Makes a country of 4,000 libraries and 25,000 people first. Prints a table; decides nothing.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from functools import partial

from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory

from orken.kit.demo import Stage
from orken.network import persons, tables
from orken.network.demo import Recipe, build
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.people.models import Person

COUNTRY = Recipe(10, (16, 20), (80, 120), (16, 26), (5, 8), accounts=False)
QUERIES = (
    "", "q=Жұмабекова", "q=Абдрахманова", "q=Zhumabekova+Aigul", "q=гульнара&category=highest", "education=higher&seniority=3-10",
    "within=KZ-55", "within=KZ-55-D03&post=librarian", "employment=combined", "category=none&sort=-since", "page=300",
)  # fmt: skip


def took(do: Callable[[], object], times: int = 9) -> tuple[float, float]:
    """Median by the clock and median at work of this process, in milliseconds: on a busy machine they part."""
    clock, work = [], []
    for _ in range(times):
        begun, busy = time.perf_counter(), time.process_time()
        do()
        clock.append((time.perf_counter() - begun) * 1000)
        work.append((time.process_time() - busy) * 1000)
    return statistics.median(clock), statistics.median(work)


def page(request: HttpRequest, scope: Scope) -> int:
    """Read one page as the view does: counted, filtered, sorted, its lines fetched."""
    shown = tables.STAFF.page(request, tables.staff_rows(scope))
    return shown.count + len(shown.lines)


def main() -> None:
    call_command("migrate", verbosity=0)
    build(Stage(), COUNTRY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"{connection.vendor}: {Unit.objects.count()} units, {Person.objects.count()} people, load {os.getloadavg()[0]:.1f}"
    )
    country = Scope((Unit.objects.get(code="KZ").path,))
    region = Scope((Unit.objects.get(code="KZ-55").path,))
    for name, scope in (("the country", country), ("a region", region)):
        for query in QUERIES:
            request = RequestFactory().get(f"/network/staff/?{query}")
            clock, work = took(partial(page, request, scope))
            print(f"{name:<12} {query or 'all':<40} {clock:>7.1f} ms, at work {work:>7.1f} ms")
        clock, work = took(partial(persons.suggested, scope), 3)
        print(f"{name:<12} {'possible duplicates':<40} {clock:>7.1f} ms, at work {work:>7.1f} ms")


if __name__ == "__main__":
    main()
