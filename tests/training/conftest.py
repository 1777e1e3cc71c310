"""Runs to try the office on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from orken.network.models import Appointment, Unit
from orken.people.models import Account, Person
from orken.training import services as training
from orken.training.models import Run

Country = Callable[[str], Unit]


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def run(country: Country) -> Callable[..., Run]:
    """`run(capacity=3)` is a master-class of the National Library in a month, taking applications."""

    def opened(code: str = "MC-1", **values: Any) -> Run:
        given: dict[str, Any] = {
            "kind": "travelling", "host": country("NL"), "capacity": 3, "title_kk": "Көшпелі шеберлік сыныбы", "form": "onsite",
            "languages": ["kk"], "starts_on": today() + timedelta(30), "ends_on": today() + timedelta(32),
            "apply_until": today() + timedelta(20), "by": None,
        }  # fmt: skip
        return training.open_run(code=code, **{**given, **values})

    return opened


@pytest.fixture
def people(country: Country) -> Callable[[str, int], list[tuple[Person, Unit]]]:
    """`people("KZ-55", 5)` are five who work in the region, with their units."""

    def found(region: str, n: int) -> list[tuple[Person, Unit]]:
        rows = (
            Appointment.objects.at()
            .filter(unit__path__within=country(region).path, employment="main")
            .select_related("person", "unit")
            .order_by("pk")[:n]
        )
        assert len(rows) == n
        return [(row.person, row.unit) for row in rows]

    return found


Accounts = Callable[[str], Account]
