"""Runs to try the office on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from orken.network.models import Appointment, Unit
from orken.people.models import Account, Person
from orken.training import services as training
from orken.training.models import Run
from orken.training.results import owners
from orken.training.results.rule import Value

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


# --- results ---

Held = Callable[..., Run]
MINUTES = 600


@pytest.fixture
def minutes() -> Iterator[dict[int, int]]:
    """What the owner of attendance counts: minutes by enrolment; nobody else stands there."""
    before = owners.owned().get("attendance")
    there: dict[int, int] = {}
    owners.register("attendance", lambda run, people: {pk: Value(n, MINUTES) for pk, n in there.items()})
    yield there
    assert before is not None, "the office counts attendance"
    owners.register("attendance", before)


@pytest.fixture
def held(
    run: Callable[..., Run], people: Callable[[str, int], list[tuple[Person, Unit]]], account: Accounts, minutes: dict[int, int]
) -> Held:  # fmt: skip
    """`held(3)`: a master-class of three that ended yesterday and stands in the assessment, with its trainer."""

    def made(n: int = 3, code: str = "MC-R", **values: Any) -> Run:
        course, national = run(code, capacity=max(n, 1), **values), account("national")
        for person, unit in people("KZ-55", n):
            sent = training.apply(run=course, unit=unit, lines=[training.Line(person, unit)], by=national)
            training.accept(applicant=sent.applicants.get(), by=national)
        trainer = training.invite_trainer(run=course, person=account("trainer").person, by=national)
        training.answer_invitation(trainer=trainer, state="accepted", by=national)
        last = today() - timedelta(1)
        Run.objects.filter(pk=course.pk).update(
            state="assessment", starts_on=last - timedelta(1), ends_on=last, apply_until=last - timedelta(5)
        )
        return Run.objects.get(pk=course.pk)

    return made
