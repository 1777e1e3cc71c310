"""«Everybody else was here» was a press too many: it is taken back, and nothing else is."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.audit.models import AuditEvent
from orken.network.policy import OutOfScope
from orken.training.attendance import selectors
from orken.training.attendance.refusals import BACK
from orken.training.attendance.services import DONE, REFUSED, SAME
from orken.training.attendance.taking_back import AT_ONCE, Back, take_back
from orken.training.models import Enrolment, Mark, Run
from tests.training.attendance.conftest import Held
from tests.training.attendance.phones import Making, Outcome, Phone, proved
from tests.training.attendance.test_pages import Browse, address
from tests.training.conftest import Accounts

E = Enrolment.State


@pytest.fixture
def trainer(browse: Browse) -> Client:
    return browse("trainer")


def test_one_press_is_taken_back_by_one_and_what_stood_before_stays(held: Making, trainer: Client) -> None:
    made = held()
    made.write("absent", place=0)
    sheet = address("sheet", made, made.sessions[0].pk)
    page = trainer.post(sheet, {"rest": "1"}, follow=True).content.decode()
    assert Mark.objects.filter(session=made.sessions[0], superseded_at=None, state="present").count() == 2
    [undo] = [part.split('"')[0] for part in page.split('action="')[1:] if "/rest/" in part.split('"')[0]]
    answer = trainer.post(undo, follow=True)
    assert "Қайтарып алынды: 2." in answer.content.decode()
    standing = Mark.objects.filter(session=made.sessions[0], superseded_at=None)
    assert [mark.state for mark in standing] == ["absent"], "nobody else's word was touched"
    assert {seat.state for seat in Enrolment.objects.filter(run=made.run)} == {E.ENROLLED}
    assert AuditEvent.objects.filter(verb="attendance.taken_back").count() == 2
    history = trainer.get(address("mark_history", made, made.sessions[0].pk, made.who(1))).content.decode()
    assert "қатысты" in history, "what was taken back stays known"
    assert "Қайтарып алынды: 0." in trainer.post(undo, follow=True).content.decode(), "pressed twice it changes nothing"
    assert trainer.post(sheet, {"rest": "1"}).status_code == 302
    assert Mark.objects.filter(session=made.sessions[0], superseded_at=None).count() == 3
    proved()


def test_who_was_there_before_attends_still(held: Making) -> None:
    made = held()
    made.write("present", session=0)
    made.write("present", session=1)
    second = made.standing(session=1)
    assert second is not None
    [written] = take_back(run=made.run, backs=[Back(str(second.uid), timezone.now())], by=made.trainer)
    assert written.outcome == DONE
    made.seats[0].refresh_from_db()
    assert made.seats[0].state == E.ATTENDING and selectors.minutes_of(made.run)[made.seats[0].pk].there == 90
    proved()


def test_a_correction_another_hand_and_what_stands_for_a_while_are_not_taken_back(
    held: Making, account: Accounts
) -> None:
    made, now = held(), timezone.now()
    made.write("present")
    first = made.standing()
    assert first is not None
    made.write("late", minutes=30, base=str(first.pk), reason="Кейін келді")
    made.write("present", place=1, by=account("national"))
    made.write("present", place=2)
    corrected, others, own = (made.standing(place) for place in range(3))
    assert corrected is not None and others is not None and own is not None
    backs = [Back(str(corrected.uid), now), Back(str(others.uid), now), Back(str(own.uid), now + AT_ONCE * 2)]
    told = take_back(run=made.run, backs=[*backs, Back(str(uuid4()), now), Back("x", now)], by=made.trainer)
    assert [one.outcome for one in told] == [REFUSED, SAME, REFUSED, SAME, SAME]
    assert Mark.objects.filter(session=made.sessions[0], superseded_at=None).count() == 3
    with pytest.raises(OutOfScope):
        take_back(run=made.run, backs=backs, by=account("pavlodar"))
    Run.objects.filter(pk=made.run.pk).update(state="closed")
    [closed] = take_back(run=made.run, backs=[Back(str(own.uid), now)], by=made.trainer)
    assert (closed.outcome, closed.reason) == (REFUSED, "closed")


def test_without_a_line_it_goes_with_the_note_however_often_it_is_sent(phones: tuple[Held, Phone, Phone]) -> None:
    made, phone, _other = phones
    note = phone.note("present")
    payload = {"run": made.run.code, "session": made.sessions[0].pk, "who": made.who()}
    phone._line(BACK, payload, str(note.uid))
    after = phone.note("absent", reason="")
    phone.last.clear()
    phone.waiting[-1] = phone.lines[-1] = type(after)(
        after.uid, after.sequence, after.kind, "", after.payload, after.made_at
    )
    phone.send(heard=False)
    phone.send()
    assert list(phone.became.values()) == [Outcome.DONE] * 3, "and what she writes instead needs no reason"
    standing = made.standing()
    assert standing is not None and standing.state == "absent"
    proved()


def test_a_stranger_and_a_moment_that_never_was_take_nothing_back(held: Making, browse: Browse) -> None:
    made = held()
    made.write("present")
    press = [made.run.code, made.sessions[0].pk]
    for login, moment, status in (("pavlodar", 1, 404), ("trainer", 10**30, 404), ("trainer", 1, 302)):
        assert browse(login).post(reverse("training:rest_back", args=[*press, moment])).status_code == status
    assert made.standing() is not None and made.standing().superseded_at is None  # type: ignore[union-attr]
