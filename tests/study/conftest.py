"""Courses to learn in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from orken.attempts import services as sittings
from orken.attempts.models import Attempt
from orken.courseware import embeds
from orken.courseware.models import Course
from orken.network.models import Appointment
from orken.people.models import Account
from orken.questions.models import Exercise
from orken.study import services
from orken.study.models import Offering
from orken.training import services as training
from orken.training.models import Enrolment, Run
from tests.attempts.conftest import right, wrong

Accounts = Callable[[str], Account]
Learn = Callable[..., tuple[Offering, list[Enrolment]]]


@pytest.fixture
def learn(account: Accounts, country: Any) -> Learn:
    """`learn(people=2)` is a run of Pavlodar's villages with the course of statistics; the village librarian is the first."""

    def opened(
        code: str = "STUDY-1", *, people: int = 1, pace: str = "own", began: int = 10, course: str = "SRDGOB"
    ) -> tuple[Offering, list[Enrolment]]:
        by = account("national")
        first = timezone.localdate() - timedelta(began)
        found = Course.objects.select_related("programme__published").get(code=course)
        assert found.programme is not None
        run = training.open_run(
            code=code, kind=Run.Kind.COURSE, host=country("NL-VIRTUAL"), capacity=50, by=None, version=found.programme.published, title_kk="Статистика",
            title_ru="Статистика", title_en="Statistics", form="own_pace", languages=["kk", "ru"], starts_on=first, ends_on=first + timedelta(60),
            apply_until=first + timedelta(50), deciding="at_once",
        )  # fmt: skip
        unit = country("KZ-55")
        rows = Appointment.objects.filter(
            unit__path__within=unit.path, superseded_at=None, valid_to=None, employment="main"
        ).select_related("person", "unit")
        hers = rows.filter(person=account("village").person_id)[:1]
        others = rows.filter(person__account__isnull=True).order_by("pk")[: people - 1]
        lines = [training.Line(one.person, one.unit, 1) for one in [*hers, *others]]
        training.apply_as_known(run=run, unit=country("KZ-55-LIB"), by=by, lines=lines)
        Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING)
        run.refresh_from_db()
        offering = services.open_course(run=run, course=found, pace=pace, by=by)
        seats = Enrolment.objects.filter(run=run).select_related("person").order_by("pk")
        ordered = sorted(seats, key=lambda row: row.person_id != account("village").person_id)
        return Offering.objects.select_related("run__host", "run__version__programme", "version__course__unit").get(
            pk=offering.pk
        ), ordered

    return opened


def sit(offering: Offering, seat: Enrolment, by: Account, code: str = "SRDGOB-TEST", *, knows: bool = True) -> Attempt:
    """She sits the test of her course and hands it in, everything right or everything wrong."""
    exercise = Exercise.objects.select_related("published").get(code=code)
    attempt = sittings.open_attempt(
        exercise=exercise, person=seat.person, context=f"study.run:{offering.run_id}", by=by
    )
    lines = [
        sittings.Line(uuid4(), item.position, "0", right(item) if knows else wrong(item))
        for item in attempt.items.select_related("question", "attempt__version")
    ]
    sittings.write(attempt=attempt, lines=lines, by=by)
    return sittings.hand_in(attempt=attempt, by=by)


@pytest.fixture
def reading_alone() -> Iterator[None]:
    """An installation without a question bank: a course is finished by reading."""
    before = embeds.owner()
    embeds.register(None)
    yield
    embeds.register(before)
