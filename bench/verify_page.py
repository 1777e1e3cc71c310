"""The public page where a stranger checks a certificate: milliseconds and queries of a look, asked of the whole application.

python -m bench.verify_page [looks, 200 by default]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median, quantiles

from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench.certificates import DAY, batch_of
from orken.credentials import services
from orken.credentials.models import Certificate
from orken.credentials.numbering import Numbered

PEOPLE = 50


def told(title: str, walls: list[float], cpus: list[float], asked: int) -> None:
    last = quantiles(walls, n=20)[-1]
    print(f"| {title} | {median(walls):.1f} | {last:.1f} | {median(cpus):.1f} | {asked} |")


def looks(client: Client, addresses: list[str]) -> tuple[list[float], list[float]]:
    """Each from an address of its own, so that nobody is slowed."""
    walls, cpus = list[float](), list[float]()
    for place, address in enumerate(addresses):
        wall, cpu = time.perf_counter(), time.thread_time()
        answer = client.get(address, REMOTE_ADDR=f"10.{place % 7}.{place // 250}.{place % 250}")
        cpus.append((time.thread_time() - cpu) * 1000)
        walls.append((time.perf_counter() - wall) * 1000)
        assert answer.status_code == 200, answer.status_code
    return walls, cpus


def queries(client: Client, addresses: list[str]) -> int:
    asked = 0

    def count(execute: Callable[..., object], *arguments: object) -> object:
        nonlocal asked
        asked += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        looks(client, addresses)
    return asked


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    call_command("migrate", verbosity=0)
    batch = batch_of(PEOPLE)
    services.prepare(batch=batch)
    services.draw(batch=batch)
    services.sign(batch=batch, on=DAY, by=None)
    services.issue(batch=batch, by=None)
    numbers = list(Certificate.objects.values_list("number", flat=True))
    client = Client(SERVER_NAME="localhost")
    print(f"{many} looks of one process on {connection.vendor}\n")
    print("| | median, ms | 95 of 100 under, ms | CPU, ms | queries |\n|---|---|---|---|---|")
    pages = {
        "a number that holds": [f"/kk/verify/{numbers[place % PEOPLE]}/" for place in range(many)],
        "a number that the register lacks": [f"/kk/verify/{Numbered('NL', 2026, 999_999)}/"] * many,
        "the page where a number is typed": ["/kk/verify/"] * many,
    }
    for title, addresses in pages.items():
        looks(client, addresses[:5])  # the first looks also read the templates
        asked = queries(client, addresses[:1])
        walls, cpus = looks(client, addresses)
        told(title, walls, cpus, asked)


if __name__ == "__main__":
    main()
