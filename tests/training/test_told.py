"""Whom a change of the timetable, of a run's state or of a trainer's mind concerns hears of it, and nobody is told twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.network.models import Unit
from orken.notices.models import Notice
from orken.people.models import Person
from orken.training import services as training
from orken.training.models import Applicant, Room, Run, Session
from tests.training.conftest import Accounts, Country, today

Browse = Callable[[str], Client]
People = Callable[[str, int], list[tuple[Person, Unit]]]
Seated = tuple[Run, Person, Session]


def at(days: int, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(today() + timedelta(days), time(hour)))


@pytest.fixture
def seated(run: Callable[..., Run], people: People, account: Accounts) -> Seated:
    """A run with a session and a trainer, and somebody with an address who has a seat."""
    [(person, unit)] = people("KZ-55", 1)
    teacher = account("trainer").person
    Person.objects.filter(pk__in=[person.pk, teacher.pk]).update(email="aigul@example.kz")
    national, course = account("national"), run(capacity=2)
    sitting = training.add_session(run=course, by=national, starts_at=at(30, 9), ends_at=at(30, 10), title_kk="Зақым")
    asked = training.invite_trainer(run=course, person=teacher, by=national)
    training.answer_invitation(trainer=asked, state="accepted", by=account("trainer"))
    training.apply(run=course, unit=unit, lines=[training.Line(person, unit)], by=national)
    training.accept(applicant=Applicant.objects.get(run=course), by=national)
    Notice.objects.all().delete()
    return course, person, sitting


def kinds(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def calendar(person: Person, kind: str) -> tuple[str, list[Any]]:
    found = icalendar.Calendar.from_ical(Notice.objects.get(person=person, kind=kind).calendar)
    return str(found["method"]), found.walk("VEVENT")


def test_another_room_and_another_end_are_told_and_update_the_calendar(
    seated: Seated, account: Accounts, country: Country
) -> None:
    _course, person, sitting = seated
    hall = Room.objects.create(unit=country("NL"), name_kk="Кіші зал", name_ru="Малый зал")
    training.change_session(session=sitting, by=account("national"), values={"room": hall})
    assert kinds(person) == ["training.session_changed"]
    letter = Notice.objects.get(person=person)
    assert "Где: Малый зал" in letter.body_ru and "Кіші зал" in letter.body_kk
    method, [event] = calendar(person, "training.session_changed")
    assert method == "REQUEST" and str(event["UID"]) == f"{sitting.uid}@orken" and int(event["SEQUENCE"]) == 1
    sitting.refresh_from_db()
    training.change_session(session=sitting, by=account("national"), values={"ends_at": at(30, 11)})
    assert kinds(person) == ["training.session_changed"] * 2
    sitting.refresh_from_db()
    training.change_session(session=sitting, by=account("national"), values={"title_kk": "Зақымды тану"})
    assert len(kinds(person)) == 2  # a better word for the topic moves nobody


def test_what_is_added_while_a_run_is_tentative_comes_with_its_confirmation_and_later_at_once(
    seated: Seated, account: Accounts, browse: Browse
) -> None:
    course, person, _sitting = seated
    national, teacher = account("national"), account("trainer").person
    day = today() + timedelta(31)
    page = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    given = {**page, "from_time": "09:00", "to_time": "10:00", "title_kk": "Екінші", "kind": "lecture"}
    add = reverse("training:session_add", args=[course.code])
    said = browse("national").post(add, given, follow=True).content.decode()
    assert "расталған хаттан" in said and not kinds(person)
    training.lead(run=course, way="confirm", by=national)
    for who in (person, teacher):
        method, events = calendar(who, "training.confirmed")
        assert method == "REQUEST" and len(events) == 2
    third = {**given, "from_time": "11:00", "to_time": "12:00", "title_kk": "Үшінші"}
    assert "хабарланды" in browse("national").post(add, third, follow=True).content.decode()
    assert kinds(person) == ["training.confirmed", "training.session_added"]
    assert calendar(person, "training.session_added")[0] == "REQUEST"


def test_who_is_put_onto_a_session_hears_of_it(seated: Seated, account: Accounts) -> None:
    course, person, sitting = seated
    teacher = account("trainer").person
    training.lead(run=course, way="confirm", by=account("national"))
    Notice.objects.all().delete()
    training.change_session(session=sitting, by=account("national"), values={}, trainers=[teacher])
    assert kinds(teacher) == ["training.session_added"] and not kinds(person)
    sitting.refresh_from_db()
    training.change_session(session=sitting, by=account("national"), values={}, trainers=[teacher])
    assert kinds(teacher) == ["training.session_added"]


def test_who_is_taken_off_a_session_hears_of_it_and_it_leaves_her_calendar(seated: Seated, account: Accounts) -> None:
    course, person, sitting = seated
    teacher, other = account("trainer").person, account("head").person
    training.change_session(session=sitting, by=account("national"), values={}, trainers=[teacher])
    training.lead(run=course, way="confirm", by=account("national"))
    Notice.objects.all().delete()
    sitting.refresh_from_db()
    training.change_session(session=sitting, by=account("national"), values={}, trainers=[other])
    assert kinds(teacher) == ["training.session_handed_on"] and kinds(other) == ["training.session_added"]
    assert not kinds(person)
    method, events = calendar(teacher, "training.session_handed_on")
    assert method == "CANCEL" and len(events) == 1


def test_a_confirmation_that_is_taken_back_is_told_with_its_reason(seated: Seated, account: Accounts) -> None:
    course, person, _sitting = seated
    training.lead(run=course, way="confirm", by=account("national"))
    training.lead(run=Run.objects.get(pk=course.pk), way="loosen", by=account("national"), reason="Жол жабылды")
    for who in (person, account("trainer").person):
        assert kinds(who) == ["training.confirmed", "training.loosened"]
    assert "Жол жабылды" in Notice.objects.get(person=person, kind="training.loosened").body_kk


def test_a_run_that_is_called_off_leaves_the_calendars_of_those_who_teach_too(
    seated: Seated, account: Accounts
) -> None:
    course, person, _sitting = seated
    training.lead(run=course, way="cancel", by=account("national"), reason="Боран")
    for who in (person, account("trainer").person):
        method, events = calendar(who, "training.cancelled")
        assert method == "CANCEL" and len(events) == 1


def test_what_a_trainer_answers_is_told_to_the_organiser_and_a_refusal_leaves_no_name_in_the_timetable(
    seated: Seated, account: Accounts
) -> None:
    course, _person, sitting = seated
    trainer, national = account("trainer"), account("national")
    training.change_session(session=sitting, by=national, values={}, trainers=[trainer.person])
    asked = course.trainers.get()
    Notice.objects.all().delete()
    training.answer_invitation(trainer=asked, state="declined", by=trainer)
    letter = Notice.objects.get(person=national.person)
    assert (
        letter.kind == "training.trainer_answered"
        and "Ответ: " in letter.body_ru
        and "Ответ: принял" not in letter.body_ru
    )
    assert not sitting.trainers.exists()
    training.answer_invitation(trainer=asked, state="declined", by=trainer)  # said twice is told once
    training.answer_invitation(trainer=asked, state="accepted", by=national)  # noted by the organiser herself
    assert kinds(national.person) == ["training.trainer_answered"]
