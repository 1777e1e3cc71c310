"""When the doors are shut the minutes go to the attendance sheet by themselves, and follow whatever is noted afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from orken.kit.audit.models import AuditEvent
from orken.live_room import services as rooms
from orken.live_room.background import presence
from orken.live_room.models import Room
from orken.live_room.services.feeding import SETTLE, due
from orken.notices.models import Notice
from orken.training.attendance import services as attendance
from orken.training.models import Enrolment, Mark, Run, Session
from tests.live_room.conftest import Accounts, Browse, Hall
from tests.live_room.test_presence import watch

Halls = Callable[..., Hall]


@pytest.fixture
def over(hall: Halls, account: Accounts) -> Hall:
    """A session of two hours that was held this morning; village watched for ninety minutes, student whole."""
    here = hall("LIVE-FED", begun=timedelta(hours=3))
    watch(here, account("village").person_id, 0, 90)
    watch(here, account("student").person_id, 0, 119.5)
    return here


def mark(here: Hall, account: Accounts, login: str) -> tuple[str, int]:
    seat = Enrolment.objects.get(run=here.run, person=account(login).person_id)
    found = Mark.objects.get(session=here.session, enrolment=seat, superseded_at=None, aside=False)
    return found.state, found.minutes


def fed(here: Hall) -> int:
    return AuditEvent.objects.filter(verb="live_room.fed", target_id=str(here.session.pk)).count()


def test_nobody_presses_and_the_sheet_is_written(over: Hall, account: Accounts) -> None:
    presence()  # the clock, once a minute
    assert (mark(over, account, "village"), mark(over, account, "student")) == (("late", 90), ("present", 120))
    marks = Mark.objects.filter(session=over.session).count()
    for _ in range(3):
        presence()
    assert Mark.objects.filter(session=over.session).count() == marks and fed(over) == 1 and due() == []


def test_what_is_added_by_hand_follows_within_a_minute(over: Hall, account: Accounts) -> None:
    presence()
    begins, ends = over.session.starts_at + timedelta(minutes=90), over.session.ends_at
    rooms.add_presence(session=over.session, of=account("village").person, begins=begins, ends=ends, reason="Әріптесінде", by=account("pavlodar"))  # fmt: skip
    assert mark(over, account, "village") == ("late", 90)
    presence()
    assert mark(over, account, "village") == ("present", 120) and mark(over, account, "student") == ("present", 120)
    appeal = rooms.appeal(session=over.session, begins=over.session.starts_at, ends=ends, text="Менің минуттарым", by=account("student"))  # fmt: skip
    rooms.decide_appeal(appeal=appeal, grants=True, answer="Иә", by=account("pavlodar"))
    presence()
    assert mark(over, account, "student") == ("present", 120) and due() == []


def test_what_a_hand_decided_the_clock_does_not_bring_up_again(over: Hall, account: Accounts) -> None:
    presence()
    seat = Enrolment.objects.get(run=over.run, person=account("student").person_id)
    base = str(Mark.objects.get(enrolment=seat, superseded_at=None).pk)
    line = attendance.Line(over.session.pk, f"e{seat.pk}", Mark.State.LATE, 40, "Ерте кетті", base=base)
    attendance.write(run=over.run, lines=[line], by=account("pavlodar"))
    begins = over.session.starts_at + timedelta(minutes=90)
    rooms.add_presence(session=over.session, of=account("village").person, begins=begins, ends=over.session.ends_at, reason="Әріптесінде", by=account("pavlodar"))  # fmt: skip
    presence()
    assert mark(over, account, "student") == ("late", 40) and mark(over, account, "village") == ("present", 120)
    assert not Mark.objects.filter(enrolment=seat, aside=True, superseded_at=None).exists()
    rooms.feed(session=over.session, by=account("pavlodar"))  # by a hand the difference is shown
    assert Mark.objects.filter(enrolment=seat, aside=True, superseded_at=None).exists()


def test_the_doors_are_shut_early_and_the_last_signs_are_waited_for(hall: Halls, account: Accounts) -> None:
    here = hall()
    now = (timezone.now() - here.session.starts_at).total_seconds() / 60
    watch(here, account("village").person_id, max(0, now - 20), now - 1.5)
    rooms.go(session=here.session, way="end", by=account("pavlodar"))
    presence()
    assert not Mark.objects.filter(session=here.session).exists()  # it settles
    Room.objects.filter(pk=here.session.pk).update(ended_at=timezone.now() - SETTLE - timedelta(seconds=1))
    presence()
    assert mark(here, account, "village")[0] == "late" and mark(here, account, "student") == ("absent", 0)


def test_a_room_that_was_never_opened_says_nothing_of_anybody(hall: Halls, account: Accounts) -> None:
    here = hall("LIVE-SHUT", begun=timedelta(hours=3), open_now=False)
    rooms.add_presence(session=here.session, of=account("village").person, begins=here.session.starts_at, ends=here.session.ends_at, reason="Залда", by=account("pavlodar"))  # fmt: skip
    presence()
    assert not Mark.objects.filter(session=here.session).exists()
    empty = hall("LIVE-EMPTY", begun=timedelta(hours=3))  # opened, and nobody came by a line
    presence()
    assert not Mark.objects.filter(session=empty.session).exists()


def test_a_run_that_is_closed_is_left_to_hands(over: Hall) -> None:
    Run.objects.filter(pk=over.run.pk).update(state=Run.State.CLOSED)
    presence()
    assert not Mark.objects.filter(session=over.session).exists()


def test_a_rehearsal_before_the_hour_marks_nobody(hall: Halls) -> None:
    """Doors tried out hours before: nobody is absent from a session that is still to come."""
    made = hall(begun=-timedelta(hours=3))
    rooms.go(session=made.session, way="end", by=None)
    Room.objects.filter(pk=made.session.pk).update(ended_at=timezone.now() - timedelta(minutes=5))
    assert made.session not in due()
    with pytest.raises(rooms.Refused):
        rooms.feed(session=made.session, by=None)
    assert not Mark.objects.filter(session=made.session).exists()


def test_who_stayed_to_the_end_of_a_meeting_that_ended_early_was_there_the_whole_time(hall: Halls, account: Accounts, browse: Browse) -> None:  # fmt: skip
    """Two hours were planned, half an hour was held: minutes are counted against what was held, and the page says so."""
    here = hall()
    planned, chair = here.session.ends_at, account("pavlodar")
    now = (timezone.now() - here.session.starts_at).total_seconds() / 60
    watch(here, account("village").person_id, 0, now)
    watch(here, account("student").person_id, 0, now / 2)
    rooms.go(session=Session.objects.get(pk=here.session.pk), way="end", by=chair)
    held = Session.objects.get(pk=here.session.pk)
    assert held.ends_at < planned and (held.minutes, here.room.planned_end) == (int(now), planned)
    assert not Notice.objects.filter(kind="training.session_changed").exists(), (
        "everybody was there: nobody is written to"
    )
    Room.objects.filter(pk=here.session.pk).update(ended_at=timezone.now() - SETTLE - timedelta(seconds=1))
    presence()
    assert mark(here, account, "village") == ("present", held.minutes) and mark(here, account, "student")[0] == "late"
    page = browse("pavlodar").get(here.address("presence")).content.decode()
    assert f"{timezone.localtime(planned):%H:%M}" in page.split("<main")[1]
    # Ended by mistake: opened again, the hour of the timetable holds again.
    rooms.go(session=held, way="reopen", by=chair)
    assert Session.objects.get(pk=here.session.pk).ends_at == planned and here.room.planned_end is None
