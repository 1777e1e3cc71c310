"""The timetable: moves are told once, clashes are seen, calendars follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.people.models import Person
from orken.training import selectors
from orken.training import services as training
from orken.training.models import Room, Run, Session
from orken.training.templatetags.training import offsets
from tests.training.conftest import Accounts, Country, today

Browse = Callable[[str], Client]
People = Callable[[str, int], list[tuple[Person, Unit]]]


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


def letters(kind: str) -> list[int]:
    return sorted(Notice.objects.filter(kind=kind).values_list("person", flat=True))


def test_a_run_that_is_moved_takes_its_timetable_along_and_tells_each_once(
    run: Callable[..., Run], sitting: Callable[..., Session], account: Accounts, country: Country, people: People
) -> None:
    course, national = run(), account("national")
    first, second = sitting(course, 9), sitting(course, 11)
    training.set_route(run=course, by=national, stops=[(country("KZ-55-LIB"), course.starts_on, course.starts_on)])
    rows = people("KZ-55", 2)
    lines = [training.Line(person, unit) for person, unit in rows]
    training.apply(run=course, unit=rows[0][1], lines=lines, by=national)
    week = {"starts_on": course.starts_on + timedelta(7), "ends_on": course.ends_on + timedelta(7)}
    moved = training.change_run(run=course, by=national, values=week)
    assert [one.starts_at for one in selectors.sessions_of(moved)] == [at(37, 9), at(37, 11)]
    assert Session.objects.get(pk=first.pk).sequence == second.sequence + 1, "calendars that hold it follow"
    assert moved.stops.get().starts_on == moved.starts_on
    assert letters("training.moved") == sorted(person.pk for person, _ in rows)
    assert letters("training.session_moved") == []


def test_fewer_days_do_not_leave_a_session_out(
    run: Callable[..., Run], sitting: Callable[..., Session], account: Accounts
) -> None:
    course = run()
    sitting(course, 9)
    with pytest.raises(training.SessionsOutside) as refusal:
        training.change_run(run=course, by=account("national"), values={"starts_on": course.starts_on + timedelta(1)})
    assert refusal.value.many == 1
    assert Run.objects.get(pk=course.pk).starts_on == course.starts_on


def test_a_press_that_comes_twice_adds_one_session(run: Callable[..., Run], sitting: Callable[..., Session]) -> None:
    course = run()
    assert sitting(course, 9).pk == sitting(course, 9).pk
    assert Session.objects.filter(run=course).count() == 1


def test_a_holiday_and_a_hall_that_is_too_small_are_remarked(
    run: Callable[..., Run], account: Accounts, country: Country, browse: Browse
) -> None:
    day = date(today().year + 1, 12, 16)
    course = run(capacity=40, starts_on=day - timedelta(1), ends_on=day, place=country("KZ-55-LIB"))
    room = training.add_room(run=course, names={"name_kk": "Шағын зал"}, seats_in_it=30, by=account("national"))
    for on, where in ((day - timedelta(1), None), (day - timedelta(1), room), (day, None)):
        begins = timezone.make_aware(datetime.combine(on, time(9 if where else 14)))
        training.add_session(
            run=course, by=account("national"), starts_at=begins, ends_at=begins + timedelta(hours=1), title_kk="Т", room=where
        )  # fmt: skip
    found = selectors.remarks(course, selectors.days_of(selectors.sessions_of(course)))
    assert [(one.holiday, one.too_small) for one in found] == [(False, True), (True, False)]
    page = browse("national").get(reverse("training:timetable", args=[course.code])).content.decode()
    assert "мереке күні" in page and "30 орын бар" in page
    training.set_capacity(run=course, seats=30, by=account("national"))
    course.refresh_from_db()
    assert len(selectors.remarks(course, selectors.days_of(selectors.sessions_of(course)))) == 1


def three(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_what_cannot_be_is_answered_with_words_and_nothing_is_written(
    run: Callable[..., Run], sitting: Callable[..., Session], browse: Browse
) -> None:
    course = run()
    sitting(course, 9)
    reader = browse("national")

    def post(name: str, **values: Any) -> str:
        answer = reader.post(reverse(f"training:{name}", args=[course.code]), values)
        assert answer.status_code in (302, 422)
        return answer.content.decode()

    told = {
        "revision": course.revision, "title_kk": "Т", "form": "onsite", "languages": ["kk"], "minimum": 1,
        **three("starts_on", course.starts_on), **three("ends_on", course.ends_on), **three("apply_until", course.apply_until),
    }  # fmt: skip
    lines = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0}
    assert post("room", name_kk="Зал", seats=30) == ""
    assert "Мұндай атауы бар бөлме" in post("room", name_kk="Зал", seats=30)
    assert "Бұл орын санынан көп" in post("change", **{**told, "minimum": 4})
    assert "Бұл күн өтіп кетті" in post("change", **{**told, **three("starts_on", today() - timedelta(365))})
    assert "1 сабақ бұл күндерден тыс" in post("change", **{**told, **three("starts_on", course.ends_on)})
    assert "Бұл күн өтіп кетті" in post("seats", unit="KZ-55", seats=1, **three("release_on", today() - timedelta(1)))
    far = {**three("form-0-starts_on", course.ends_on), **three("form-0-ends_on", course.ends_on + timedelta(1))}
    assert "Ол іс-шара күндеріне сыймайды" in post("route", **{**lines, "form-0-unit": "KZ-55-LIB", **far})
    assert (Run.objects.get(pk=course.pk).revision, course.stops.count(), course.pools.count()) == (1, 0, 1)
    untouched = {
        "form-TOTAL_FORMS": 2,
        "form-1-kind": "travel",
        "form-1-note": "",
        "form-1-estimate": "",
        "form-1-actual": "",
    }
    assert post("costs", **{**lines, **untouched, "form-0-kind": "travel", "form-0-estimate": "1 200 000"}) == ""
    assert course.costs.get().estimate == 1_200_000


def test_the_time_of_a_timetable_is_that_of_its_day() -> None:
    """Astana moved from UTC+6 to UTC+5 on 1 March 2024; a run over that night says both."""
    at = partial(datetime, tzinfo=UTC)

    def days(*moments: datetime) -> list[SimpleNamespace]:
        return [SimpleNamespace(sessions=[SimpleNamespace(starts_at=one)]) for one in moments]

    assert offsets(days(at(2021, 11, 24, 9))) == "UTC+6"
    assert offsets(days(at(2026, 11, 24, 9))) == "UTC+5"
    assert offsets(days(at(2024, 2, 29, 9), at(2024, 3, 1, 9))) == "UTC+6, UTC+5"


@pytest.mark.django_db
def test_the_reference_story_says_its_own_hour(country: Country, browse: Browse) -> None:
    """15:00 of 24 November 2021 in Pavlodar was 09:00 of UTC."""
    assert "UTC+6" in browse("").get("/ru/run/PVL-2021-11/").content.decode()
