"""What comes into her calendar by mail: once, moved with the session, taken out when it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.utils import timezone

from orken.kit.mail.models import Letter
from orken.network.models import Unit
from orken.notices import services as notices
from orken.notices.models import Delivery, Notice
from orken.people.models import Account, Person
from orken.training import services as training
from orken.training.models import Applicant, Run, Session

Runs = Callable[..., Run]
People = Callable[[str, int], list[tuple[Person, Unit]]]


@pytest.fixture
def seated(run: Runs, people: People, account: Callable[[str], Account]) -> tuple[Run, Person, Session]:
    """A master-class with one session tomorrow month, and somebody with an address who has a seat in it."""
    [(person, unit)] = people("KZ-55", 1)
    Person.objects.filter(pk=person.pk).update(email="aigul@example.kz")
    person.refresh_from_db()
    opened = run(capacity=2)
    at = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(30)
    session = training.add_session(
        run=opened, starts_at=at, ends_at=at + timedelta(hours=2), title_kk="Зақымды тану", by=account("national"),
    )  # fmt: skip
    national = account("national")
    training.apply(run=opened, unit=unit, lines=[training.Line(person, unit)], by=national)
    for applicant in Applicant.objects.filter(run=opened, state=Applicant.State.SUBMITTED):
        training.accept(applicant=applicant, by=national)
    return opened, person, session


def told(person: Person, kind: str) -> Any:
    """The calendar part of the newest letter of this kind: its method and its only event."""
    notice = Notice.objects.filter(person=person, kind=kind).latest("pk")
    found = icalendar.Calendar.from_ical(notice.calendar)
    [event] = found.walk("VEVENT")
    return str(found["method"]), event


def test_a_seat_puts_the_sessions_into_her_calendar_and_a_move_moves_them(
    seated: tuple[Run, Person, Session], account: Callable[[str], Account]
) -> None:
    _run, person, session = seated
    method, first = told(person, "training.accepted")
    assert (
        method == "REQUEST" and first["attendee"] == "mailto:aigul@example.kz" and str(first["status"]) == "CONFIRMED"
    )
    later = session.starts_at + timedelta(hours=3)
    training.change_session(
        session=session, values={"starts_at": later, "ends_at": later + timedelta(hours=2)}, by=account("national")
    )
    method, moved = told(person, "training.session_moved")
    assert method == "REQUEST" and moved["uid"] == first["uid"], "the same thing, not a second one"
    assert moved["sequence"] > first["sequence"] and moved["dtstart"].dt == later
    session.refresh_from_db()
    training.cancel_session(session=session, by=account("national"))
    method, gone = told(person, "training.session_cancelled")
    assert method == "CANCEL" and gone["uid"] == first["uid"] and gone["sequence"] > moved["sequence"]


def test_who_gives_her_seat_back_has_it_taken_out(
    seated: tuple[Run, Person, Session], account: Callable[[str], Account]
) -> None:
    run, person, _session = seated
    applicant = Applicant.objects.get(run=run, person=person)
    training.withdraw(applicant=applicant, by=account("national"), reason="келе алмайды")
    method, gone = told(person, "training.withdrawn")
    assert method == "CANCEL" and str(gone["status"]) == "CANCELLED"


def test_a_run_that_is_called_off_takes_everything_out(
    seated: tuple[Run, Person, Session], account: Callable[[str], Account]
) -> None:
    run, person, _session = seated
    training.lead(run=run, way="cancel", by=account("national"), reason="ауру")
    assert told(person, "training.cancelled")[0] == "CANCEL"


def test_every_step_of_a_run_is_told_to_who_has_a_seat(
    seated: tuple[Run, Person, Session], account: Callable[[str], Account]
) -> None:
    run, person, _session = seated
    training.lead(run=run, way="confirm", by=account("national"))
    now = timezone.localdate()
    Run.objects.filter(pk=run.pk).update(apply_until=now - timedelta(3), starts_on=now - timedelta(2), ends_on=now)
    for way in ("begin", "assess", "close"):
        run.refresh_from_db()
        training.lead(run=run, way=way, by=account("national"))
    told_of = list(
        Notice.objects.filter(person=person, about_id=str(run.pk)).order_by("pk").values_list("kind", flat=True)
    )
    assert told_of == ["training.confirmed", "training.begun", "training.assessed", "training.closed"]


def test_who_only_waits_gets_nothing_into_her_calendar(
    run: Runs, people: People, account: Callable[[str], Account]
) -> None:
    rows = people("KZ-55", 2)
    Person.objects.filter(pk__in=[person.pk for person, _unit in rows]).update(email="a@example.kz")
    opened = run(capacity=1, deciding="at_once")
    training.apply(
        run=opened,
        unit=rows[0][1],
        lines=[training.Line(person, unit) for person, unit in rows],
        by=account("national"),
    )
    by_kind = dict(Notice.objects.filter(page=f"/run/{opened.code}/").values_list("kind", "calendar"))
    assert by_kind["training.accepted"] and not by_kind.get("training.waiting")


def test_without_an_address_there_is_no_invitation(
    run: Runs, people: People, account: Callable[[str], Account]
) -> None:
    [(person, unit)] = people("KZ-55", 1)
    Person.objects.filter(pk=person.pk).update(email="")
    opened = run(capacity=1, deciding="at_once")
    training.apply(run=opened, unit=unit, lines=[training.Line(person, unit)], by=account("national"))
    assert Notice.objects.get(kind="training.accepted", person=person, page__contains=opened.code).calendar == ""


def test_an_invitation_that_waited_for_the_morning_goes_with_its_letter(seated: tuple[Run, Person, Session]) -> None:
    notice = Notice.objects.filter(kind="training.accepted", person=seated[1]).latest("pk")
    Delivery.objects.filter(notice=notice).update(state=Delivery.State.HELD, due_at=timezone.now(), digest=False)
    Letter.objects.filter(key=f"notice:{notice.pk}").delete()
    notices.release()
    assert Letter.objects.get(key=f"notice:{notice.pk}").calendar == notice.calendar != ""
