"""Registers of earlier years as libraries send them, about people of the demo country."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import IO, Any

from orken.credentials.models import PastList, PastRow
from orken.credentials.past import lists
from orken.kit.jobs import running
from orken.kit.jobs.models import Work
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.network.models import Appointment, Unit
from orken.people.models import Account

HEAD = ("Рег. №", "Ф.И.О. слушателя", "Место работы", "Тема", "Сроки обучения", "Часы", "№ сертификата")
TITLE = "Чтение с детьми на каникулах"


def xlsx(head: Sequence[str], *rows: Sequence[Any], name: str = "Лист1") -> IO[bytes]:
    return write_xlsx([Table(name, [Column(one) for one in head], rows)])


def csv(*rows: Sequence[str]) -> IO[bytes]:
    return io.BytesIO("\n".join(";".join(row) for row in rows).encode("utf-8-sig"))


def posts(number: int, region: str = "KZ-55", skip: int = 0) -> list[Appointment]:
    """Main posts of people of that region whose name nobody else of it bears, in Russian."""
    held = Appointment.objects.live().filter(unit__code__startswith=region)
    people = set(held.values_list("person__surname_ru", "person__given_ru", "person_id"))
    names = [(surname, given) for surname, given, _pk in people]
    rows = Appointment.objects.at().filter(unit__code__startswith=f"{region}-D", employment="main")
    named = rows.exclude(person__surname_ru="").exclude(person__given_ru="").exclude(person__account__login="village")
    found = [
        one
        for one in named.select_related("unit", "person").order_by("pk")
        if names.count((one.person.surname_ru, one.person.given_ru)) == 1
    ]
    assert len(found) >= number + skip
    return found[skip : skip + number]


def line(post: Appointment, place: int = 1, **more: str) -> list[str]:
    said = {
        "journal": str(100 + place), "name": post.person.full_name("ru"), "unit": post.unit.name_ru, "title": TITLE, "days": "12–16.04.2019",
        "hours": "36", "paper": f"ПВЛ-{place:03}",
    } | more  # fmt: skip
    return list(said.values())


def taken(rows: Sequence[Sequence[Any]], by: Account | None, unit: str = "KZ-55-LIB", head: Sequence[str] = HEAD, **more: Any) -> PastList:  # fmt: skip
    return lists.take(file=xlsx(head, *rows), file_name="журнал.xlsx", unit=Unit.objects.get(code=unit), by=by, **more)


def worked_off(kind: str) -> None:
    """What waits of this kind is done here, as a worker does it."""
    for work in Work.objects.filter(kind=kind, state=Work.State.WAITING).order_by("created_at"):
        running.run.call(str(work.pk))
        work.refresh_from_db()
        assert work.state == Work.State.DONE, work.reason


def states(table: PastList) -> list[str]:
    return list(PastRow.objects.filter(table=table).order_by("sheet", "number").values_list("state", flat=True))


def reasons(table: PastList) -> list[list[str]]:
    return [[note[0] for note in row.notes] for row in PastRow.objects.filter(table=table).order_by("sheet", "number")]
