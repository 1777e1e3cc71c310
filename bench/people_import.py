"""How long a list of 20,000 specialists takes: reading, judging with duplicate search, applying, importing again.

    .venv/bin/python -m bench.people_import [rows]
    ORKEN_DATABASE_URL=postgres://… .venv/bin/python -m bench.people_import

Makes the demo country first. Prints a table; decides nothing.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.core.management import call_command
from django.db import connection

from orken.kit import demo
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.network.models import Unit
from orken.network.staff_list import applying, lists
from orken.network.staff_list.judging import counts
from orken.people import iin
from orken.people.demo import FATHERS, KAZAKH_SURNAMES, WOMEN

HEADINGS = ("№", "Аты-жөні", "ЖСН", "Туған күні", "Кітапхана атауы", "Лауазымы", "Білімі", "Санаты", "Кітапханалық өтілі", "Телефоны", "Электрондық поштасы")  # fmt: skip
POSTS = ("Кітапханашы", "Аға кітапханашы", "Библиограф", "Әдіскер", "кітапханашы, библиограф")
EDUCATION = ("жоғары, кітапханалық", "жоғары", "арнаулы орта", "орта")
SYLLABLES = ("ба", "бе", "да", "дәу", "жа", "жан", "ке", "қа", "ла", "ма", "мұ", "нұр", "ола", "са", "сә", "та", "тө", "ша", "ер", "ай")  # fmt: skip
Answer = TypeVar("Answer")


def number_of(born: date, serial: int) -> str:
    """An IIN with a right check digit, made up."""
    while True:
        first = f"{born:%y%m%d}4{serial % 10000:04}"
        digit = iin.check_digit(first)
        if digit is not None:
            return f"{first}{digit}"
        serial += 7919


def rows(many: int, units: list[Unit]) -> Iterator[list[Any]]:
    """Specialists with names of their own mostly, every twelfth with a misspelt library, some without a number."""
    chance = random.Random(1910)
    for n in range(many):
        made = "".join(chance.choices(SYLLABLES, k=3)).capitalize() + chance.choice(("ева", "ова"))
        surname = made if chance.random() < 0.8 else chance.choice(KAZAKH_SURNAMES)[0] + "а"
        born = date(1962, 1, 1) + timedelta(days=chance.randrange(41 * 365))
        unit = units[n % len(units)].name_kk
        if n % 12 == 0:
            unit = unit.replace("ауылдық кітапханасы", "а. кітапханасы").replace("ы", "и")
        yield [
            n + 1, f"{surname} {chance.choice(WOMEN)[0]} {chance.choice(FATHERS)[0]}қызы",
            number_of(born, n * 13) if chance.random() < 0.9 else "", f"{born:%d.%m.%Y}", unit, chance.choice(POSTS),
            chance.choice(EDUCATION), chance.choice(("жоғары", "бірінші", "екінші", "санаты жоқ", "")),
            chance.randrange(1, 35), f"8 7{chance.randrange(10**9):09}", f"reader{n}@example.kz" if n % 3 else "",
        ]  # fmt: skip


def timed(name: str, do: Callable[[], Answer]) -> Answer:
    begun, busy = time.perf_counter(), time.process_time()
    answer = do()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took, worked = time.perf_counter() - begun, time.process_time() - busy
    print(f"{name:<44}{took:>8.2f} s, of them at work {worked:>6.2f} s, peak {peak:>5.0f} MB")
    return answer


def main(many: int) -> None:
    call_command("migrate", verbosity=0)
    demo.make()
    unit = Unit.objects.get(code="KZ")
    path = Path(tempfile.mkdtemp()) / "list.xlsx"
    with write_xlsx([Table("Тізім", [Column(head) for head in HEADINGS], rows(many, _units(unit)))]) as made:
        path.write_bytes(made.read())
    print(f"{connection.vendor}, {many} rows, {path.stat().st_size // 1024} KB, load {os.getloadavg()[0]:.1f}")
    with path.open("rb") as file:
        lines = timed("dry run: read, judge", lambda: lists.judge(lists.look_into(file, unit), unit))
        print("   ", counts(lines))
        index, applying.index = applying.index, lambda *words, **more: None  # measured apart
        table = timed(
            "the import: read, judge, keep, write",
            lambda: lists.take_and_apply(file=file, file_name="list.xlsx", unit=unit, by=None),
        )
        print("   ", table.counts)
        applying.index = index
        timed("then the search index, three languages", lambda: index(table))
        again = timed("the same file again: read, judge", lambda: lists.judge(lists.look_into(file, unit), unit))
        print("   ", counts(again))


def _units(unit: Unit) -> list[Unit]:
    """Branches whose name nobody else has."""
    branches = list(Unit.objects.filter(kind="branch", exists=True, path__within=unit.path))
    seen = Counter(branch.name_kk for branch in branches)
    return [branch for branch in branches if seen[branch.name_kk] == 1]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
