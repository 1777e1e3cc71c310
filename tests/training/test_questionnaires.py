"""What a run asks by itself: on the last day, and after months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from orken.network.models import RoleAssignment, Unit
from orken.people.models import Account, Person
from orken.surveys import services as surveys
from orken.surveys.models import Questionnaire, Survey
from orken.training import questionnaires
from orken.training import services as training
from orken.training.models import Applicant, Enrolment, Run

Runs = Callable[..., Run]
People = Callable[[str, int], list[tuple[Person, Unit]]]
Purpose = Questionnaire.Purpose


def held(run: Run, people: list[tuple[Person, Unit]], ended: date) -> Run:
    """The run was held with these people and ended on that day."""
    for person, unit in people:
        national = Account.objects.get(login="national")
        training.apply(run=run, unit=unit, lines=[training.Line(unit=unit, person=person)], by=national)
    for applicant in Applicant.objects.filter(run=run, state=Applicant.State.SUBMITTED):
        training.accept(applicant=applicant, by=Account.objects.get(login="national"))
    assert run.enrolments.count() == len(people)
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.CLOSED, apply_until=ended - timedelta(9), starts_on=ended - timedelta(2), ends_on=ended
    )
    run.refresh_from_db()
    return run


def asked(run: Run, purpose: Purpose) -> set[int]:
    survey = questionnaires.survey_of(run, purpose)
    return set(survey.invitations.values_list("person", flat=True)) if survey else set()


def test_on_the_last_day_whoever_took_part_is_asked_once(run: Runs, people: People) -> None:
    five = people("KZ-55", 5)
    done = held(run(capacity=9), five, timezone.localdate())
    Enrolment.objects.filter(run=done, person=five[0][0]).update(state=Enrolment.State.NO_SHOW)
    questionnaires.ask()
    questionnaires.ask()
    assert asked(done, Purpose.REACTION) == {person.pk for person, _unit in five[1:]}
    survey = questionnaires.survey_of(done, Purpose.REACTION)
    assert survey is not None and survey.unit == done.host and survey.about_kk == done.title_kk
    assert not asked(done, Purpose.FOLLOW_UP)


@pytest.mark.parametrize(("days", "expected"), [(3, True), (4, False), (-1, False)])
def test_what_a_stopped_server_missed_is_asked_for_three_days(
    days: int, expected: bool, run: Runs, people: People
) -> None:
    done = held(run(capacity=9), people("KZ-55", 2), timezone.localdate() - timedelta(days))
    questionnaires.ask()
    assert bool(asked(done, Purpose.REACTION)) is expected


@pytest.mark.parametrize(("days", "expected"), [(1, True), (9, True), (11, False)])
def test_who_got_her_seat_after_the_last_day_is_asked_as_long_as_it_is_open(
    days: int, expected: bool, run: Runs, people: People
) -> None:
    one, two = people("KZ-55", 2)
    done = held(run(capacity=9), [one, two], timezone.localdate())
    late = Enrolment.objects.get(run=done, person=two[0])
    Enrolment.objects.filter(pk=late.pk).update(state=Enrolment.State.WITHDRAWN)
    questionnaires.ask()
    assert asked(done, Purpose.REACTION) == {one[0].pk}
    Enrolment.objects.filter(pk=late.pk).update(state=Enrolment.State.ATTENDING)
    back = timedelta(days)
    Run.objects.filter(pk=done.pk).update(starts_on=done.starts_on - back, ends_on=done.ends_on - back, apply_until=done.apply_until - back)  # fmt: skip
    survey = questionnaires.survey_of(done, Purpose.REACTION)
    assert survey is not None
    Survey.objects.filter(pk=survey.pk).update(opens_on=survey.opens_on - back, closes_on=survey.closes_on - back)
    questionnaires.ask()
    assert asked(done, Purpose.REACTION) == ({one[0].pk, two[0].pk} if expected else {one[0].pk})


def test_a_run_that_was_called_off_asks_nobody(run: Runs, people: People) -> None:
    done = held(run(capacity=9), people("KZ-55", 2), timezone.localdate())
    Run.objects.filter(pk=done.pk).update(state=Run.State.CANCELLED, reason="ауру")
    questionnaires.ask()
    assert not Survey.objects.filter(source__contains=done.code).exists()


@pytest.mark.parametrize(("days", "expected"), [(89, False), (90, True), (180, True), (181, False)])
def test_after_three_months_the_graduate_and_her_head_are_asked(
    days: int, expected: bool, run: Runs, country: Callable[[str], Unit], account: Callable[[str], Any]
) -> None:
    village = account("village").person
    unit = village.appointments.order_by("pk").first().unit
    done = held(run(capacity=9), [(village, unit)], timezone.localdate() - timedelta(days))
    questionnaires.ask()
    assert asked(done, Purpose.FOLLOW_UP) == ({village.pk} if expected else set())
    heads = asked(done, Purpose.HEAD)
    assert bool(heads) is expected
    if expected:
        over = RoleAssignment.objects.at().filter(person__in=heads, role="head").select_related("unit")
        assert all(unit.path.startswith(one.unit.path) for one in over)


def test_nobody_is_asked_as_her_own_head(run: Runs, account: Callable[[str], Any]) -> None:
    head = account("head").person
    unit = RoleAssignment.objects.at().filter(person=head, role="head").select_related("unit").first().unit  # type: ignore[union-attr]  # the persona is a head
    done = held(run(capacity=9), [(head, unit)], timezone.localdate() - timedelta(100))
    questionnaires.ask()
    assert asked(done, Purpose.FOLLOW_UP) == {head.pk} and head.pk not in asked(done, Purpose.HEAD)


def test_a_region_asks_with_its_own_questionnaire(
    run: Runs, people: People, country: Callable[[str], Unit], account: Callable[[str], Any]
) -> None:
    centre = Questionnaire.objects.get(code="NL-REACTION").published
    assert centre is not None
    own = surveys.create(code="PVL-R", unit=country("KZ-55"), purpose="reaction", titles={"title_kk": "Біздікі", "title_ru": "Наша"}, by=account("pavlodar"))  # fmt: skip
    assert own.draft is not None
    for question in centre.questions:
        own.draft.refresh_from_db()
        surveys.put_question(version=own.draft, question=question.__class__(**{**question.__dict__, "key": ""}), by=account("pavlodar"), revision=own.draft.revision)  # fmt: skip
    surveys.publish(version=own.draft, by=account("pavlodar"))
    ours = held(run("MC-P", capacity=9, host=country("KZ-55-LIB")), people("KZ-55", 1), timezone.localdate())
    theirs = held(run("MC-A", capacity=9, host=country("KZ-11-LIB")), people("KZ-11", 1), timezone.localdate())
    questionnaires.ask()
    expected = {
        questionnaires.source(ours, Purpose.REACTION): "PVL-R",
        questionnaires.source(theirs, Purpose.REACTION): "NL-REACTION",
    }
    found = Survey.objects.filter(source__in=expected)
    assert {one.source: one.version.questionnaire.code for one in found} == expected
