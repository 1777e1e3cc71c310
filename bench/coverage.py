"""Coverage at 4,000 libraries and 25,000 people: 300,000 participations, four and sixteen times as many.

    python -m bench.coverage [times …, 1 4 16 by default]
    ORKEN_DATABASE_URL=postgres://… python -m bench.coverage

Participations and hours are written by SQL past their applications and certificates, so that sixteen times fit into an
evening: what coverage reads (results, enrolments, runs, the ledger) is there in full size.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from bench.country import build, measured, percentile, table

ONCE, PER_RUN, YEARS = 300_000, 100, 6
GOAL = 200.0  # milliseconds of any cut at 1×
TODAY = date(2026, 11, 26)


@contextmanager
def _without_keys() -> Iterator[None]:
    """Foreign keys are not looked at: applications and certificates stay out of the bench."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica"
            if connection.vendor == "postgresql"
            else "PRAGMA foreign_keys = OFF"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = DEFAULT"
            if connection.vendor == "postgresql"
            else "PRAGMA foreign_keys = ON"
        )


def _runs(many: int) -> None:
    """Runs over six years with a confirmed sheet each; `bench_runs` numbers them."""
    from django.db import connection

    from orken.curriculum.models import Kind
    from orken.kit import bulk
    from orken.network.models import Unit
    from orken.training.models import ResultSheet, Run

    host = Unit.objects.get(code="NL")
    first = TODAY - timedelta(365 * YEARS + 7)  # the last sheets were confirmed some days ago
    made = Run.objects.filter(code__startswith="BENCH").count()
    runs, kinds = [], list(Kind.values)
    for place in range(made, many):
        ends = first + timedelta(place * 7919 % (365 * YEARS))
        runs.append(
            Run(code=f"BENCH-{place}", kind=kinds[place % len(kinds)], title_kk="Сынақ", form="onsite", host=host, starts_on=ends, ends_on=ends, apply_until=ends, capacity=PER_RUN, state="closed", sort_kk="", sort_ru="")
        )  # fmt: skip
    bulk.insert(Run, runs)
    sheets = [ResultSheet(run=run, number=1, on=run.ends_on, rule={}, confirmed_at=datetime.combine(run.ends_on, datetime.min.time(), UTC) + timedelta(3)) for run in runs]  # fmt: skip
    bulk.insert(ResultSheet, sheets)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS bench_runs (place integer PRIMARY KEY, run bigint, sheet bigint, day date, known timestamp with time zone)"
        )
        rows = [
            (made + n, run.pk, sheet.pk, run.ends_on.isoformat(), str(sheet.confirmed_at)[:19])
            for n, (run, sheet) in enumerate(zip(runs, sheets, strict=True))
        ]
        cursor.executemany("INSERT INTO bench_runs VALUES (%s, %s, %s, %s, %s)", rows)


def _people() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_people (place integer PRIMARY KEY, person bigint, unit bigint)")
        cursor.execute(
            "INSERT INTO bench_people SELECT row_number() OVER (ORDER BY person_id) - 1, person_id, min(unit_id) FROM network_appointment"
            " WHERE valid_to IS NULL AND superseded_at IS NULL GROUP BY person_id"
        )  # fmt: skip
        cursor.execute("SELECT count(*) FROM bench_people")
        return int(cursor.fetchone()[0])


def _fill(start: int, end: int, people: int) -> None:
    """Participations number `start` to `end` with an enrolment and a result each, three of four with hours."""
    from django.db import connection

    base = 10_000_000
    series = f"WITH RECURSIVE seq(n) AS (SELECT {start} UNION ALL SELECT n + 1 FROM seq WHERE n < {end - 1}) "
    if connection.vendor == "postgresql":
        series = f"WITH seq(n) AS (SELECT generate_series({start}, {end - 1})) "
    lead = f"FROM seq JOIN bench_runs r ON r.place = n / {PER_RUN} JOIN bench_people p ON p.place = (CAST(n AS bigint) * 7919) % {people} "
    statements = (
        "INSERT INTO training_enrolment (id, run_id, person_id, applicant_id, unit_id, state, reason, enrolled_at) "
        + series + f"SELECT {base} + n, r.run, p.person, {base} + n, p.unit, 'completed', '', r.known {lead}",
        "INSERT INTO training_result (id, sheet_id, enrolment_id, outcome, lines, facts, name_kk, name_ru, name_en, unit_kk, unit_ru, unit_en, post_kk, post_ru, post_en) "
        + series + f"SELECT {base} + n, r.sheet, {base} + n, 'passed', '[]', '{{}}', 'Жұмабекова Айгүл Серікқызы', 'Жумабекова Айгуль Сериковна', '', 'Ауылдық кітапхана', '', '', 'Кітапханашы', '', '' {lead}",
        "INSERT INTO credentials_ledgerrow (id, person_id, activity, minutes, \"on\", certificate_id, confirmed, recorded_at) "
        + series + f"SELECT {base} + n, p.person, 'live', 1080, r.day, {base} + n, true, r.known {lead} WHERE n % 4 > 0",
    )  # fmt: skip
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _direct() -> None:
    """The country by region today as grouped SQL over the tables themselves: what the columns stand for."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.parent_id, count(*), sum(CASE WHEN l.last > %s THEN 1 ELSE 0 END) FROM (SELECT person_id, min(unit_id) AS unit FROM network_appointment"
            " WHERE valid_to IS NULL AND superseded_at IS NULL GROUP BY person_id) h JOIN network_unit u ON u.id = h.unit LEFT JOIN (SELECT e.person_id,"
            " max(r.ends_on) AS last FROM training_result x JOIN training_enrolment e ON e.id = x.enrolment_id JOIN training_run r ON r.id = e.run_id"
            " WHERE x.superseded_at IS NULL AND x.outcome = 'passed' AND r.ends_on <= %s GROUP BY e.person_id) l ON l.person_id = h.person_id GROUP BY u.parent_id",
            [TODAY - timedelta(365), TODAY],
        )  # fmt: skip
        cursor.fetchall()


def _cuts() -> dict[str, Callable[[], object]]:
    from django.test import Client

    from orken.insights.coverage import Question, coverage
    from orken.network.models import Unit
    from orken.people.models import Account

    country, region, district = (Unit.objects.get(code=code) for code in ("KZ", "KZ-55", "KZ-55-D02"))
    then, known = date(2024, 2, 29), datetime(2025, 12, 31, 18, tzinfo=UTC)
    national, nobody = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    national.force_login(Account.objects.get(login="national"), backend="django.contrib.auth.backends.ModelBackend")

    def page(client: Client, address: str) -> Callable[[], object]:
        def asked() -> None:
            assert client.get(address).status_code == 200, address

        return asked

    return {
        "country, today": lambda: coverage(country, Question(TODAY), whole=True),
        "country, another day": lambda: coverage(country, Question(then, years=3), whole=True),
        "country, known earlier": lambda: coverage(country, Question(date(2025, 12, 31), known, 5), whole=True),
        "country, one kind": lambda: coverage(country, Question(TODAY, kind=2, years=5), whole=True),
        "region, 5 years": lambda: coverage(region, Question(TODAY, years=5), whole=True),
        "district": lambda: coverage(district, Question(TODAY), whole=True),
        "country, small cells hidden": lambda: coverage(country, Question(TODAY), whole=False),
        "district, small cells hidden": lambda: coverage(district, Question(TODAY), whole=False),
        "page of the country": page(national, "/kk/coverage/KZ/"),
        "page of a region": page(national, "/ru/coverage/KZ-55/?years=5"),
        "page for anybody": page(nobody, "/kk/coverage/KZ/"),
        "people never trained": page(national, "/kk/coverage/KZ/never/"),
        "certificates of 5 years": page(national, "/kk/coverage/KZ/certificates/?years=5"),
    }


def main() -> None:
    from django.db import connection
    from django.db.models import Sum
    from django.db.models.functions import Length
    from django.utils import timezone

    from orken.credentials.models import LedgerRow
    from orken.insights import services
    from orken.insights.models import Column

    scales = [int(word) for word in sys.argv[1:]] or [1, 4, 16]
    print(f"{connection.vendor}:", ", ".join(f"{number} {name}" for name, number in build().items()), flush=True)
    people, filled = _people(), 0
    for scale in scales:
        with _without_keys():
            _runs(ONCE * scale // PER_RUN)
            _fill(filled, ONCE * scale, people)
        filled = ONCE * scale
        begun = time.perf_counter()
        held = services.rebuild()
        took, size = time.perf_counter() - begun, Column.objects.aggregate(n=Sum(Length("body")))["n"] or 0
        print(
            f"\n{scale}×: {filled} participations; columns of {size / 1e6:.0f} MB made in {took:.1f} s ({held})\n",
            flush=True,
        )
        rows: list[list[object]] = []
        for name, cut in _cuts().items():
            walls, cpu = measured(cut, 10)
            rows.append([name, statistics.median(walls), percentile(walls, 0.95), cpu, GOAL])
        if scale == scales[0]:
            wall, work = time.perf_counter(), time.process_time()
            _direct()
            took, work = (time.perf_counter() - wall) * 1000, (time.process_time() - work) * 1000
            rows.append(["grouped SQL, people alone, once", took, took, work, "–"])
        LedgerRow.objects.filter(pk__in=list(LedgerRow.objects.values_list("pk", flat=True)[:1500])).update(
            superseded_at=timezone.now()
        )
        walls, cpu = measured(_cuts()["country, today"], 10)
        rows.append(["country, 1,500 rows since", statistics.median(walls), percentile(walls, 0.95), cpu, GOAL])
        table(["", "median, ms", "p95, ms", "CPU, ms", "goal"], rows)


if __name__ == "__main__":
    main()
