"""Certificates: numbered, drawn, signed as badges; queries per thousand, memory.

python -m bench.certificates [how many, 10000 by default]
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from statistics import median

from django.core.management import call_command
from django.db import connection

import bench  # noqa: F401 - a scratch database of its own
from orken.credentials import services
from orken.credentials.models import Badge, Batch, Certificate, Prefix
from orken.kit import bulk
from orken.network.models import Unit
from orken.people.models import Person

DAY = date(2026, 8, 14)
SIGNED = [{"name": {"kk": "Қ. Мұратбеков", "ru": "К. Муратбеков"}, "post": {"kk": "Директор", "ru": "Директор"}}]


def measured(title: str, work: Callable[[], object], many: int) -> tuple[float, float]:
    """Wall and CPU seconds of `work`, printed with its queries per thousand."""
    asked = 0

    def count(execute: Callable[..., object], *arguments: object) -> object:
        nonlocal asked
        asked += 1
        return execute(*arguments)

    wall, cpu = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"| {title} | {wall:.1f} | {cpu:.1f} | {cpu / many * 1000:.1f} | {asked / many * 1000:.0f} | {peak} |",
        flush=True,
    )
    return wall, cpu


def batch_of(many: int) -> Batch:
    country = Unit.objects.create(
        code="KZ", kind=Unit.Kind.COUNTRY, name_kk="Қазақстан", name_ru="Казахстан", path="1/"
    )
    library = Unit.objects.create(
        code="NL", kind=Unit.Kind.REPUBLICAN, name_kk="Қазақстан Республикасының Ұлттық кітапханасы",
        name_ru="Национальная библиотека Республики Казахстан", parent=country, path="1/2/",
    )  # fmt: skip
    Prefix.objects.create(unit=library, issuer=library, kk="ҰК", ascii="NL")
    people = [
        Person(surname_kk=f"Жұмабекова{'аәбвгғд'[place % 7]}", given_kk="Айгүл", patronymic_kk="Серікқызы", surname_ru="Жумабекова", given_ru="Айгуль", patronymic_ru="Сериковна")
        for place in range(many)
    ]  # fmt: skip
    for one in people:
        one.derive()
    bulk.insert(Person, people)
    common = services.Common(
        training="course", programme={"kk": "RUSMARC форматында каталогтау: практика", "ru": "Каталогизация в формате RUSMARC: практикум"},
        form={"kk": "күндізгі", "ru": "очная"}, starts_on=date(2026, 8, 3), ends_on=DAY, dated_on=DAY, place={"kk": "Алматы", "ru": "г. Алматы"},
        order="12-ПК", ordered_on=DAY, signed=SIGNED,
    )  # fmt: skip
    rows = [services.Row(f"bench:{one.pk}", one.pk, library.pk, {"live": 3240}, True) for one in people]
    return services.issue_batch(unit=library, source="bench", source_address="", title={"kk": "Каталогтау", "ru": "Каталогизация"}, common=common, rows=rows, by=None)  # fmt: skip


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    call_command("migrate", verbosity=0)
    batch = batch_of(many)
    print(f"{many} certificates on {connection.vendor}\n")
    print("| | seconds | CPU, s | CPU, ms each | queries per thousand | peak memory, MB |\n|---|---|---|---|---|---|")
    steps: list[tuple[str, Callable[[], object]]] = [
        ("numbers and data", lambda: services.prepare(batch=batch)),
        ("papers (PDF/A)", lambda: services.draw(batch=batch)),
        ("noted as signed", lambda: services.sign(batch=batch, on=DAY, by=None)),
        ("badges, hours, issued", lambda: services.issue(batch=batch, by=None)),
    ]
    found = [measured(title, work, many) for title, work in steps]
    print(
        f"| **together** | **{sum(wall for wall, _cpu in found):.1f}** | **{sum(cpu for _wall, cpu in found):.1f}** | | | |"
    )
    sizes = [one.pdf.size for one in Certificate.objects.select_related("pdf")[:100] if one.pdf]
    badge = Badge.objects.values_list("linked", flat=True)[0]
    print(f"\na paper: {median(sizes) / 1024:.0f} KB; a badge: {len(badge) / 1024:.1f} KB")


if __name__ == "__main__":
    main()
