"""«Did not come», decided from the sheet in one press when the last session is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.audit.models import AuditEvent
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.training import services as training
from orken.training.attendance import never_came, services
from orken.training.models import Enrolment, Mark, Run, Session
from tests.training.attendance.conftest import Held
from tests.training.conftest import Accounts
from tests.training.test_seats import broken

Browse = Callable[[str], Client]
E = Enrolment.State
S = Mark.State


@pytest.fixture
def over(held: Callable[..., Held], account: Accounts) -> Callable[..., Held]:
    """Of six: present, absent, excused for a session, excused for the run, absent and not noted at all; the last session is over."""

    def made(code: str = "HELD-1") -> Held:
        course = held(code, many=6)
        Session.objects.filter(pk=course.sessions[2].pk).update(
            starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(minutes=1)
        )
        for place, state in enumerate((S.PRESENT, S.ABSENT, S.EXCUSED)):
            course.write(state, place=place)
        training.excuse(enrolment=course.seats[3], by=account("national"), reason="Ауырып қалды")
        course.write(S.ABSENT, place=4)
        return course

    return made


def names(course: Held, rows: list[Enrolment]) -> set[int]:
    places = {seat.pk: place for place, seat in enumerate(course.seats)}
    return {places[row.pk] for row in rows}


def test_offered_are_those_without_a_minute_and_nobody_who_apologised(over: Callable[..., Held]) -> None:
    course = over()
    assert names(course, never_came.offered(course.run)) == {1, 4, 5}


def test_not_before_the_last_session_is_over_nor_after_the_run_is_closed(over: Callable[..., Held]) -> None:
    course = over()
    Session.objects.filter(pk=course.sessions[2].pk).update(ends_at=timezone.now() + timedelta(minutes=5))
    assert never_came.offered(course.run) == []
    Session.objects.filter(pk=course.sessions[2].pk).update(cancelled_at=timezone.now())
    assert len(never_came.offered(course.run)) == 3, "a session that was taken out is none"
    Run.objects.filter(pk=course.run.pk).update(state=Run.State.CLOSED)
    assert never_came.offered(Run.objects.get(pk=course.run.pk)) == []


def test_a_mark_laid_aside_speaks_for_her_until_it_is_decided(over: Callable[..., Held]) -> None:
    course = over()
    assert course.write(S.PRESENT, place=4).outcome == services.DIFFERS
    assert names(course, never_came.offered(course.run)) == {1, 5}


def test_one_press_notes_all_each_with_her_reason_and_one_takes_it_back(over: Callable[..., Held]) -> None:
    course = over()
    reasons = {course.seats[1].pk: "Хабарсыз", course.seats[5].pk: "Жол жабық"}
    done = never_came.note_all(run=course.run, reasons=reasons, by=course.trainer)
    assert names(course, done.people) == {1, 5} and done.passed_over == 0
    found = dict(Enrolment.objects.filter(pk__in=reasons).values_list("pk", "reason"))
    assert found == reasons and names(course, never_came.noted(course.run)) == {1, 5}
    assert Notice.objects.filter(kind="training.missed").count() == 2
    hers = [str(pk) for pk in Enrolment.objects.filter(run=course.run).values_list("applicant_id", flat=True)]
    assert AuditEvent.objects.filter(verb="enrolment.missed", target_id__in=hers).count() == 2
    back = never_came.take_back(run=course.run, people=list(reasons), by=course.trainer)
    assert names(course, back) == {1, 5} and names(course, never_came.offered(course.run)) == {1, 4, 5}
    assert not broken()


def test_without_a_reason_nobody_is_noted(over: Callable[..., Held]) -> None:
    course = over()
    with pytest.raises(training.ReasonIsMissing):
        never_came.note_all(run=course.run, reasons={course.seats[1].pk: "Хабарсыз", course.seats[5].pk: " "}, by=course.trainer)  # fmt: skip
    assert never_came.noted(course.run) == []


def test_who_came_meanwhile_is_passed_over_and_strangers_may_not(over: Callable[..., Held], account: Accounts) -> None:
    course = over()
    course.write(S.PRESENT, place=5)
    done = never_came.note_all(run=course.run, reasons={course.seats[1].pk: "Хабарсыз", course.seats[5].pk: "Хабарсыз", 10**9: "Хабарсыз"}, by=course.trainer)  # fmt: skip
    assert names(course, done.people) == {1} and done.passed_over == 2
    for verb in (lambda: never_came.note_all(run=course.run, reasons={}, by=account("pavlodar")), lambda: never_came.take_back(run=course.run, people=[], by=account("pavlodar"))):  # fmt: skip
        with pytest.raises(OutOfScope):
            verb()


def test_the_sheet_says_how_many_and_the_page_notes_them(over: Callable[..., Held], browse: Browse) -> None:
    course = over()
    client, page = browse("trainer"), reverse("training:did_not_come", args=[course.run.code])
    assert page in client.get(reverse("training:attendance", args=[course.run.code])).content.decode()
    shown = client.get(page).content.decode()
    ticked = {seat.pk for seat in course.seats if f'name="pick-{seat.pk}" checked' in shown}
    assert ticked == {course.seats[place].pk for place in (1, 4, 5)}
    assert client.post(page, {}).status_code == 422
    one, other = course.seats[1].pk, course.seats[4].pk
    lacking = client.post(
        page, {f"pick-{one}": "on", f"reason-{one}": "Хабарсыз", f"pick-{other}": "on", f"reason-{other}": ""}
    )
    assert lacking.status_code == 422 and "Хабарсыз" in lacking.content.decode() and not never_came.noted(course.run)
    given = {f"pick-{one}": "on", f"reason-{one}": "Хабарсыз", f"pick-{other}": "on", f"reason-{other}": "Дабыл жоқ"}
    answer = client.post(page, given, follow=True)
    back = reverse("training:came_after_all", args=[course.run.code])
    assert f'action="{back}"' in answer.content.decode() and len(never_came.noted(course.run)) == 2
    assert client.post(back, {"one": str(one)}).status_code == 302
    assert names(course, never_came.noted(course.run)) == {4}
    assert client.post(back).status_code == 302 and never_came.noted(course.run) == []
    assert browse("pavlodar").get(page).status_code == 404 and browse("trainer").post(back).status_code == 404
