"""What began or is over stands: seats, days and sessions of such a run are not moved any more, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.kit.states import WayIsClosed
from orken.notices.models import Notice
from orken.training import services as training
from orken.training.models import Applicant, Enrolment, Mark, Room, Run
from tests.training.conftest import Accounts, Country, today

Browse = Callable[[str], Client]
A = Applicant.State
OVER = ("closed", "archived", "cancelled")


def at(days: int, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(today() + timedelta(days), time(hour)))


@pytest.fixture
def seated(run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts) -> Callable[..., Any]:
    """`seated(2, waiting=1)` is a run with two who have its seats and one who waits."""

    def made(n: int = 2, waiting: int = 0, code: str = "OV-1") -> tuple[Run, list[Applicant]]:
        course, national = run(code, capacity=n), account("national")
        found: list[Applicant] = []
        for person, unit in people("KZ-55", n + waiting):
            line = training.Line(person, unit)
            one = training.apply(run=course, unit=unit, lines=[line], by=national).applicants.get()
            verb = training.accept if len(found) < n else training.let_wait
            found.append(verb(applicant=one, by=national))
        return course, found

    return made


def lead_past(course: Run, state: str, first: int = -3, last: int = -1) -> Run:
    """As if time had gone by."""
    Run.objects.filter(pk=course.pk).update(
        state=state, reason="x" if state == "cancelled" else "", starts_on=today() + timedelta(first),
        ends_on=today() + timedelta(last), apply_until=today() + timedelta(first - 1),
    )  # fmt: skip
    return Run.objects.get(pk=course.pk)


@pytest.mark.parametrize("state", [*OVER, "assessment"])
def test_seats_of_a_run_that_is_over_move_no_more(
    state: str, seated: Callable[..., Any], people: Callable[[str, int], Any], account: Accounts, country: Country
) -> None:
    course, (one, waits) = seated(1, waiting=1)
    course, national = lead_past(course, state), account("national")
    Enrolment.objects.filter(applicant=one).update(state="completed")
    other = people("KZ-55", 4)[3][0]
    for verb in (
        lambda: training.withdraw(applicant=one, by=national, reason="x"),
        lambda: training.decline(applicant=one, by=national, reason="x"),
        lambda: training.replace(applicant=one, person=other, by=national),
        lambda: training.accept(applicant=waits, by=national),
        lambda: training.set_capacity(run=course, seats=5, by=national),
        lambda: training.share_seats(run=course, unit=country("KZ-55"), seats=0, by=national),
    ):
        with pytest.raises(WayIsClosed):
            verb()
    assert Enrolment.objects.get(applicant=one).state == "completed"


@pytest.mark.parametrize("state", OVER)
def test_a_run_that_is_over_is_not_changed(
    state: str, seated: Callable[..., Any], account: Accounts, country: Country
) -> None:
    course, _people = seated(1)
    national, teacher = account("national"), account("trainer").person
    sitting = training.add_session(run=course, by=national, starts_at=at(30, 9), ends_at=at(30, 10), title_kk="Т")
    asked = training.invite_trainer(run=course, person=teacher, by=national)
    course = lead_past(course, state)
    Notice.objects.all().delete()
    days = {"starts_on": today() + timedelta(50), "ends_on": today() + timedelta(51)}
    for verb in (
        lambda: training.change_run(run=course, values=days, by=national),
        lambda: training.add_session(run=course, by=national, starts_at=at(-2, 9), ends_at=at(-2, 10), title_kk="Б"),
        lambda: training.change_session(session=sitting, by=national, values={"title_kk": "В"}),
        lambda: training.cancel_session(session=sitting, by=national),
        lambda: training.invite_trainer(run=course, person=account("curator").person, by=national),
        lambda: training.answer_invitation(trainer=asked, state="declined", by=national),
        lambda: training.set_route(run=course, stops=[(country("NL"), today(), today())], by=national),
        lambda: training.set_co_hosts(run=course, units=[country("KZ-55-LIB")], by=national),
    ):
        with pytest.raises(WayIsClosed) as refusal:
            verb()
        assert str(Run.State(state).label) in str(refusal.value.reasons[0])
    assert not Notice.objects.exists()


def test_the_pages_of_a_run_that_is_over_offer_nothing_and_say_why_when_pressed(
    seated: Callable[..., Any], browse: Browse
) -> None:
    course, (one,) = seated(1)
    lead_past(course, "closed")
    client = browse("national")
    for name in ("desk", "seats", "timetable", "trainers"):
        page = client.get(reverse(f"training:{name}", args=[course.code])).content.decode()
        assert reverse("training:session_add", args=[course.code]) not in page
        assert reverse("training:change", args=[course.code]) not in page and 'name="seats"' not in page
    answer = client.post(reverse("training:seats", args=[course.code]), {"seats": "9"}, follow=True)
    assert answer.status_code == 200 and str(Run.State.CLOSED.label) in answer.content.decode()
    address = reverse("training:withdraw", args=[one.pk])
    answer = client.post(address, {"reason": "x"})
    assert answer.status_code == 422 and str(Run.State.CLOSED.label) in answer.content.decode()


@pytest.mark.parametrize("name", ["change", "session_add", "route", "co_hosts"])
def test_a_form_of_a_run_that_is_over_is_not_offered_its_desk_says_why(
    name: str, seated: Callable[..., Any], browse: Browse
) -> None:
    course, _people = seated(1)
    lead_past(course, "cancelled")
    client = browse("national")
    for way in (
        reverse(f"training:{name}", args=[course.code]),
        reverse("training:lead", args=[course.code, "cancel"]),
    ):
        answer = client.get(way, follow=True)
        assert answer.redirect_chain == [(reverse("training:desk", args=[course.code]), 302)]
        assert answer.content.decode().count('class="note wait"') == 1


def test_from_the_first_day_on_a_seat_is_not_given_back_and_an_apology_is_noted_instead(
    seated: Callable[..., Any], account: Accounts
) -> None:
    course, (one, other) = seated(2)
    lead_past(course, "running", 0, 2)
    with pytest.raises(WayIsClosed):
        training.withdraw(applicant=one, by=account("national"), reason="x")
    training.excuse(enrolment=one.enrolment, by=account("national"), reason="Ауырып қалды")
    Enrolment.objects.filter(applicant=other).update(state="attending")
    with pytest.raises(WayIsClosed):  # she has been there: nobody learns in her name
        training.replace(applicant=other, person=account("village").person, by=account("national"))


def test_a_run_that_goes_on_keeps_its_first_day_and_the_page_says_so(
    seated: Callable[..., Any], account: Accounts, browse: Browse
) -> None:
    course, _people = seated(1)
    course = lead_past(course, "running", -1, 2)
    later = {"starts_on": today() + timedelta(6), "ends_on": today() + timedelta(9)}
    with pytest.raises(training.HasBegun):
        training.change_run(run=course, values=later, by=account("national"))
    training.change_run(
        run=course, values={"ends_on": today() + timedelta(3)}, by=account("national")
    )  # longer it may be


def test_a_session_at_which_people_are_marked_stays_when_it_was_held(
    seated: Callable[..., Any], account: Accounts, country: Country, browse: Browse
) -> None:
    course, (one,) = seated(1)
    national = account("national")
    sitting = training.add_session(run=course, by=national, starts_at=at(30, 9), ends_at=at(30, 10), title_kk="Тақырып")
    Mark.objects.create(session=sitting, enrolment=one.enrolment, state="present", minutes=60)
    hall = Room.objects.create(unit=country("NL"), name_kk="Басқа зал")
    with pytest.raises(training.SessionHeld):
        training.change_session(session=sitting, by=national, values={"starts_at": at(31, 9), "ends_at": at(31, 10)})
    with pytest.raises(training.HasBegun):
        training.change_run(run=Run.objects.get(pk=course.pk), values={"starts_on": today() + timedelta(31), "ends_on": today() + timedelta(33)}, by=national)  # fmt: skip
    answer = browse("national").post(
        reverse("training:session_move", args=[course.code, sitting.pk]),
        {"starts_at": f"{at(31, 9):%Y-%m-%dT%H:%M}", "sequence": sitting.sequence},
    )
    assert answer.status_code == 422 and "белгіленген" in answer.json()["problem"]
    training.change_session(session=sitting, by=national, values={"room": hall})  # where it was may still be put right
    sitting.refresh_from_db()
    assert sitting.cancelled_at is None and sitting.starts_at == at(30, 9)


@pytest.mark.parametrize("way", ["assess", "close"])
def test_who_still_waits_when_the_lessons_are_over_is_told_and_waits_no_longer(
    way: str, seated: Callable[..., Any], account: Accounts, browse: Browse
) -> None:
    course, (_one, waits) = seated(1, waiting=1)
    course = lead_past(course, "running")
    assert not broken()
    Run.objects.filter(pk=course.pk).update(state="closed")
    assert any("run that is over" in line for line in broken())  # past the verb it is found
    Run.objects.filter(pk=course.pk).update(state="running")
    training.lead(run=Run.objects.get(pk=course.pk), way=way, by=account("national"))
    waits.refresh_from_db()
    assert waits.state == A.DECLINED and waits.why == "Іс-шара аяқталғанша орын босамады."
    letter = Notice.objects.filter(person=waits.person, kind="training.declined").latest("pk")
    assert "До конца мероприятия место не освободилось." in letter.body_ru
    assert not broken()


def broken() -> list[str]:
    return [f"{rule}: {row.why}" for rule, rows in invariants.run("training.") for row in rows]


def test_an_archived_run_stays_readable_for_whoever_was_in_it(
    run: Callable[..., Run], browse: Browse, account: Accounts
) -> None:
    course = run("OV-A")
    browse("village").post(reverse("training:apply", args=[course.code]))
    lead_past(course, "archived")
    for login, status in (("village", 200), ("national", 200), ("student", 404), ("", 404)):
        assert browse(login).get(course.get_absolute_url()).status_code == status
    assert browse("national").get(reverse("training:seats", args=[course.code])).status_code == 200


def test_a_stop_of_the_route_does_not_lie_outside_the_days(
    run: Callable[..., Run], account: Accounts, country: Country
) -> None:
    course, national = run("OV-R"), account("national")
    days = [today() + timedelta(n) for n in (30, 32)]
    training.set_route(run=course, by=national, stops=[(country("KZ-55-LIB"), days[0], days[0]), (country("KZ-55-D01"), days[1], days[1])])  # fmt: skip
    with pytest.raises(training.StopsOutside):
        training.change_run(run=course, values={"ends_on": days[0]}, by=national)


def test_what_the_clock_releases_stands_in_the_trail(
    run: Callable[..., Run], account: Accounts, country: Country
) -> None:
    course = run("OV-S", capacity=5)
    training.share_seats(run=course, unit=country("KZ-55"), seats=3, by=account("national"), release_on=today())
    training.release(run=course, today=today())
    row = AuditEvent.objects.get(verb="seats.released", target_id=str(course.pk))
    assert row.after == {"unit": "KZ-55", "seats": 3}


def test_where_nobody_can_apply_any_more_nobody_is_asked_to_sign_in_for_it(
    seated: Callable[..., Any], browse: Browse
) -> None:
    course, _people = seated(1)
    address, asks = reverse("training:run", args=[course.code]), reverse("account_login")
    assert f"{asks}?next={address}" in Client().get(address).content.decode()
    lead_past(course, "closed")
    page = Client().get(address).content.decode()
    assert f"{asks}?next={address}" not in page and f'class="btn full" href="{reverse("training:calendar")}"' in page


def test_an_application_taken_back_in_another_tab_leads_to_the_run(seated: Callable[..., Any], browse: Browse) -> None:
    course, (one,) = seated(1)
    client, address = browse("national"), reverse("training:withdraw", args=[one.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "Бара алмаймын"}).status_code == 302
    again = client.post(address, {"reason": "Тағы да"}, follow=True)
    assert again.redirect_chain == [(course.get_absolute_url(), 302)]
    assert 'class="note wait"' in again.content.decode()
    one.refresh_from_db()
    assert one.reason == "Бара алмаймын"
