"""Batches of certificates for people of the demo country."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from orken.credentials import services
from orken.credentials.models import Batch, Certificate
from orken.kit.audit import invariants
from orken.network.models import Appointment, Unit
from orken.people.models import Account, Person

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]
STARTS, ENDS, DATED = date(2026, 8, 3), date(2026, 8, 14), date(2026, 8, 14)
SIGNED = [
    {
        "name": {"kk": "Қ. Мұратбеков", "ru": "К. Муратбеков", "en": "K. Muratbekov"},
        "post": {"kk": "Директор", "ru": "Директор", "en": "Director"},
    }
]


def common(**more: Any) -> services.Common:
    said: dict[str, Any] = {
        "training": "course", "programme": {"kk": "Каталогтау негіздері", "ru": "Основы каталогизации", "en": "Cataloguing basics"},
        "form": {"kk": "күндізгі", "ru": "очная", "en": "face-to-face"}, "starts_on": STARTS, "ends_on": ENDS, "dated_on": DATED,
        "place": {"kk": "Алматы", "ru": "г. Алматы", "en": "Almaty"}, "order": "12-ПК", "ordered_on": DATED, "signed": SIGNED,
    }  # fmt: skip
    return services.Common(**(said | more))


def some(number: int, region: str = "KZ-55") -> list[Appointment]:
    """Main posts of that many librarians of a region."""
    rows = (
        Appointment.objects.at()
        .filter(unit__code__startswith=region, employment="main")
        .select_related("unit", "person")
    )
    found = list(rows.exclude(person__surname_kk="").exclude(person__surname_ru="").order_by("pk")[:number])
    assert len(found) == number
    return found


def row(post: Appointment, minutes: int = 3240, **more: Any) -> services.Row:
    said: dict[str, Any] = {"source": f"training.enrolment:{uuid4().hex[:12]}", "person": post.person_id, "unit": post.unit_id, "minutes": {"live": minutes}, "final": True, "domain": "C"}  # fmt: skip
    return services.Row(**(said | more))


@pytest.fixture
def asked(country: Country) -> Callable[..., Batch]:
    """`asked(3)`: a batch of the School of the Cataloguer for three people, nothing done yet."""

    def made(
        people: int | Sequence[services.Row] = 3, *, unit: str = "NL-CATALOGUER", by: Account | None = None, **more: Any
    ) -> Batch:
        rows = [row(post) for post in some(people)] if isinstance(people, int) else list(people)
        return services.issue_batch(
            unit=country(unit), source=f"training.run:{uuid4().hex[:8]}", source_address="", title={"kk": "Каталогтау", "ru": "Каталогизация"},
            common=common(**more), rows=rows, by=by,
        )  # fmt: skip

    return made


def lead(batch: Batch, by: Account | None = None) -> list[Certificate]:
    """The whole way: numbered, drawn, signed, issued."""
    assert services.prepare(batch=batch) == []
    services.draw(batch=batch)
    services.sign(batch=batch, on=DATED, by=by)
    services.issue(batch=batch, by=by)
    return list(batch.certificates.order_by("pk"))


@pytest.fixture
def issued(asked: Callable[..., Batch]) -> Callable[..., list[Certificate]]:
    """`issued(2)`: certificates that hold."""
    return lambda people=1, **more: lead(asked(people, **more))


def whose(one: Certificate) -> Person:
    """Of learning it is of a person of the register."""
    assert one.person is not None
    return one.person


def renamed(person: Person, **names: str) -> Person:
    """She is called so from now on, on her row."""
    for field, value in names.items():
        setattr(person, field, value)
    person.save()
    return person


def broken() -> set[tuple[str, str]]:
    """The rules that are broken now, each with its row."""
    return {(rule.split(":")[0], one.row) for rule, found in invariants.run() for one in found}
