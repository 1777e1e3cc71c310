"""A work sample that is sent, or looked at, twice in one moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from orken.competencies.models import Competency, Evidence
from orken.curriculum.demo import schools
from orken.curriculum.demo.build import publish
from orken.curriculum.models import Programme
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Run, Sample, SampleAsk, SampleLook
from orken.training.samples import selectors, services
from tests.training import test_together as office
from tests.training.conftest import today
from tests.training.test_samples import picture

committed = office.committed


@pytest.fixture
def ask(committed: None) -> SampleAsk:
    """The village librarian is asked for a photograph, by a run that Pavlodar holds."""
    national, village = office.account("national"), office.account("village")
    programme = Programme.objects.create(code="PVL-01", unit=office.unit("KZ-55-LIB"))
    codes = {row.code: row for row in Competency.objects.all()}
    version = publish(
        programme, schools.PAVLODAR, codes, number=1, at=datetime(2026, 2, 1, tzinfo=UTC), by=None, note=""
    )
    course = training.open_run(
        code="OVER", kind="seminar", host=office.unit("KZ-55-LIB"), capacity=3, title_kk="Бітті", form="onsite", languages=["kk"], by=None,
        version=version, starts_on=today() + timedelta(9), ends_on=today() + timedelta(9), apply_until=today() + timedelta(5),
    )  # fmt: skip
    unit = village.person.appointments.at().get().unit
    sent = training.apply(run=course, unit=unit, lines=[training.Line(village.person, unit)], by=national)
    training.accept(applicant=sent.applicants.get(), by=national)
    services.ask_all(run=Run.objects.get(pk=course.pk), enrolments=course.enrolments.all(), today=today())
    return SampleAsk.objects.get()


def send(ask: SampleAsk) -> Sample:
    return services.send(ask=ask, uploads=[picture()], words="", by=office.account("village"))


def test_pressed_twice_it_is_sent_once(ask: SampleAsk) -> None:
    outcomes = office.at_once(partial(send, ask), partial(send, ask))
    assert office.refusals(outcomes) == [services.Refused] and Sample.objects.count() == 1


def test_two_who_look_at_once_say_one_thing_and_the_other_is_told(ask: SampleAsk) -> None:
    sample = send(ask)
    first = selectors.criteria(ask)[0].pk

    def look(login: str, verdict: str) -> SampleLook:
        by: Account = office.account(login)
        return services.look(sample=sample, verdict=verdict, marks={first: 2}, words="Қараңыз", by=by)

    outcomes = office.at_once(partial(look, "pavlodar", "accepted"), partial(look, "head", "returned"))
    assert office.refusals(outcomes) == [services.Refused]
    said = SampleLook.objects.get()
    assert Evidence.objects.filter(kind="work").count() == (said.verdict == "accepted")


def test_asked_twice_by_two_clocks_she_is_asked_once(ask: SampleAsk) -> None:
    run = Run.objects.select_related("version", "host").get()
    SampleAsk.objects.all().delete()
    asking = partial(services.ask_all, run=run, enrolments=list(run.enrolments.all()), today=today())
    outcomes = office.at_once(asking, partial(asking))
    assert SampleAsk.objects.count() == 1 and not office.refusals(outcomes), outcomes
