"""The timetable: moves are told once, clashes are seen, calendars follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from orken.network.policy import OutOfScope
from orken.training import selectors
from orken.training import services as training
from orken.training.models import Room, Run, Session
from tests.training.conftest import Accounts, Country, today

Browse = Callable[[str], Client]


def at(days: int, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(today() + timedelta(days), time(hour, minute)))


@pytest.fixture
def sitting(run: Callable[..., Run], account: Accounts, country: Country) -> Callable[..., Session]:
    def added(course: Run, hour: int, **values: Any) -> Session:
        return training.add_session(
            run=course, by=account("national"), starts_at=at(30, hour), ends_at=at(30, hour + 1), title_kk=f"Тақырып {hour}", **values
        )  # fmt: skip

    return added


def test_two_at_once_in_a_room_or_with_a_trainer_are_a_clash(
    run: Callable[..., Run], sitting: Callable[..., Session], country: Country, account: Accounts
) -> None:
    one, other = run("A-1"), run("B-1")
    hall = Room.objects.create(unit=country("NL"), name_kk="Сынақ залы")
    teacher = account("trainer").person
    first = sitting(one, 9, room=hall, trainers=[teacher])
    sitting(one, 11, room=hall)
    second = sitting(other, 9, room=hall, trainers=[teacher])
    found = selectors.clashes(one)
    assert [(clash.one, clash.other, clash.room, clash.people) for clash in found] == [(first, second, True, [teacher])]
    training.cancel_session(session=second, by=account("national"))
    assert selectors.clashes(one) == []


def test_a_move_counts_up_and_the_second_hand_is_told(
    run: Callable[..., Run], sitting: Callable[..., Session], account: Accounts
) -> None:
    national = account("national")
    session = sitting(run(), 9)
    moved = training.change_session(
        session=session, by=national, values={"starts_at": at(31, 10), "ends_at": at(31, 11)}, sequence=0
    )
    assert moved.sequence == 1
    with pytest.raises(training.EditedMeanwhile):
        training.change_session(
            session=session, by=national, values={"starts_at": at(31, 12), "ends_at": at(31, 13)}, sequence=0
        )
    with pytest.raises(training.OutsideTheRun):
        training.change_session(
            session=session, by=national, values={"starts_at": at(60, 9), "ends_at": at(60, 10)}, sequence=1
        )


def test_nothing_is_moved_into_the_past(run: Callable[..., Run], account: Accounts) -> None:
    national = account("national")
    course = run(starts_on=today() - timedelta(3), ends_on=today() + timedelta(3), apply_until=today())
    session = training.add_session(run=course, by=national, starts_at=at(1, 9), ends_at=at(1, 10), title_kk="Т")
    with pytest.raises(training.InThePast):
        training.change_session(session=session, by=national, values={"starts_at": at(-2, 9), "ends_at": at(-2, 10)})


def test_a_calendar_that_fetched_it_before_follows_and_is_told_of_the_end(
    run: Callable[..., Run], sitting: Callable[..., Session], account: Accounts, browse: Browse
) -> None:
    course = run()
    session = sitting(course, 9)
    address = reverse("training:run_feed", args=[course.code])

    def fetched() -> Any:
        answer = browse("").get(address)
        assert answer.headers["Content-Type"].startswith("text/calendar")
        return Calendar.from_ical(answer.content).walk("VEVENT")[0]

    before = fetched()
    training.change_session(
        session=session, by=account("national"), values={"starts_at": at(31, 14), "ends_at": at(31, 15)}
    )
    after = fetched()
    assert (before["UID"], int(before["SEQUENCE"])) == (after["UID"], 0)
    assert (int(after["SEQUENCE"]), after.decoded("DTSTART").hour) == (1, 14)
    training.cancel_session(session=session, by=account("national"))
    gone = fetched()
    assert (gone["UID"], int(gone["SEQUENCE"]), gone["STATUS"]) == (before["UID"], 2, "CANCELLED")
    assert b"VTIMEZONE" in browse("").get(address).content


def test_moving_by_the_page_answers_with_what_became_of_it(
    run: Callable[..., Run], sitting: Callable[..., Session], browse: Browse
) -> None:
    course = run()
    session = sitting(course, 9)
    address = reverse("training:session_move", args=[course.code, session.pk])
    start = f"{today() + timedelta(31):%Y-%m-%d}T10:15"
    answer = browse("national").post(address, {"starts_at": start, "sequence": 0})
    assert (answer.status_code, answer.json()["sequence"], answer.json()["clashes"]) == (200, 1, 0)
    assert timezone.localtime(Session.objects.get(pk=session.pk).starts_at).strftime("%H:%M") == "10:15"
    assert browse("national").post(address, {"starts_at": start, "sequence": 0}).status_code == 409
    assert browse("national").post(address, {"starts_at": "ертең", "sequence": 1}).status_code == 422
    assert browse("pavlodar").post(address, {"starts_at": start, "sequence": 1}).status_code == 404


def test_only_the_organiser_keeps_the_timetable(run: Callable[..., Run], account: Accounts, country: Country) -> None:
    with pytest.raises(OutOfScope):
        training.add_session(run=run(), by=account("pavlodar"), starts_at=at(30, 9), ends_at=at(30, 10), title_kk="Т")
    hers = run("PVL-1", host=country("KZ-55-LIB"))
    assert training.add_session(run=hers, by=account("pavlodar"), starts_at=at(30, 9), ends_at=at(30, 10), title_kk="Т")
