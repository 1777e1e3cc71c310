"""A process of its own that prepares and issues a batch, to be killed in the middle: `python -m tests.credentials.killed WORD`."""

from __future__ import annotations

import json
import sys
import time
from datetime import date

import django

PEOPLE, CHUNK = 24, 5


def set_up() -> None:
    """A country with one library, its prefix, people, and a batch that was asked for; the tables are there."""
    from orken.credentials import services
    from orken.credentials.models import Prefix
    from orken.network.models import Unit
    from orken.people.models import Person

    country = Unit.objects.create(code="KZ", kind=Unit.Kind.COUNTRY, name_kk="Қазақстан", name_ru="Казахстан", path="/")
    library = Unit.objects.create(
        code="NL", kind=Unit.Kind.REPUBLICAN, name_kk="Кітапхана", name_ru="Библиотека", parent=country, path="/"
    )
    Unit.objects.filter(pk=country.pk).update(path=f"{country.pk}/")
    Unit.objects.filter(pk=library.pk).update(path=f"{country.pk}/{library.pk}/")
    library.refresh_from_db()
    Prefix.objects.create(unit=library, issuer=library, kk="ҰК", ascii="NL")
    people = [
        Person.objects.create(surname_kk=f"Тек{letter}", given_kk="Ат", surname_ru=f"Фамилия{letter}", given_ru="Имя")
        for letter in "абвгдежзиклмнопрстуфхцчш"[:PEOPLE]
    ]
    signed = [{"name": {"kk": "Қ. Мұратбеков", "ru": "К. Муратбеков"}, "post": {"kk": "Директор", "ru": "Директор"}}]
    common = services.Common(
        training="course", programme={"kk": "Оқу", "ru": "Обучение"}, form={"kk": "күндізгі", "ru": "очная"}, starts_on=date(2026, 8, 3),
        ends_on=date(2026, 8, 7), dated_on=date(2026, 8, 7), place={"kk": "Алматы", "ru": "Алматы"}, signed=signed,
    )  # fmt: skip
    rows = [services.Row(f"test:{one.pk}", one.pk, library.pk, {"live": 3240}, True) for one in people]
    services.issue_batch(
        unit=library,
        source="test",
        source_address="",
        title={"kk": "Оқу", "ru": "Обучение"},
        common=common,
        rows=rows,
        by=None,
    )


def work(slowly: bool) -> None:
    """Prepare, draw, sign, issue; a line for every chunk, with a pause in which the process can be killed."""
    from orken.credentials import services
    from orken.credentials.models import Batch
    from orken.credentials.services import issuing, preparing

    preparing.CHUNK = issuing.CHUNK = CHUNK
    batch = Batch.objects.select_related("prefix__issuer", "prefix__unit").get()

    def told(stage: str, done: int) -> None:
        print(f"{stage} {done}", flush=True)
        if slowly:
            time.sleep(0.3)

    services.prepare(batch=batch, progress=lambda done: told("prepared", done))
    services.draw(batch=batch, progress=lambda done: told("drawn", done))
    if batch.certificates.filter(state="prepared").exists():
        services.sign(batch=batch, on=date(2026, 8, 7), by=None)
    services.issue(batch=batch, by=None, progress=lambda done: told("issued", done))
    print("over", flush=True)


def tell() -> None:
    from orken.credentials.models import Badge, Certificate, LedgerRow
    from orken.kit.audit import invariants
    from orken.records.models import Number

    found = {
        "sequences": list(Certificate.objects.order_by("taken__sequence").values_list("taken__sequence", flat=True)),
        "numbers": Number.objects.count(), "people": Certificate.objects.values("person").distinct().count(),
        "states": sorted(set(Certificate.objects.values_list("state", flat=True))), "badges": Badge.objects.count(), "hours": LedgerRow.objects.count(),
        "broken": [rule for rule, rows in invariants.run("credentials", "records") if rows],
    }  # fmt: skip
    print(json.dumps(found))


if __name__ == "__main__":
    from orken.kit.i18n import compiling

    compiling.compile_all()
    django.setup()
    {"set-up": set_up, "slowly": lambda: work(True), "work": lambda: work(False), "tell": tell}[sys.argv[1]]()
