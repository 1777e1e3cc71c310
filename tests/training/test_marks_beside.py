"""Marks that a device brings later: nothing is lost, nothing counts twice, nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.kit.audit.models import AuditEvent
from orken.kit.offline import services as offline
from orken.kit.offline.models import Operation
from orken.kit.offline.registry import Sent
from orken.kit.states import WayIsClosed
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.training import services as training
from orken.training.attendance.refusals import POINTS
from orken.training.models import Enrolment, Fact, MarkBeside, Run
from orken.training.results import beside, owners, selectors
from orken.training.results import services as results
from orken.training.results.rule import Value
from tests.training.conftest import Accounts, Held
from tests.training.test_results import mark, seats_of
from tests.training.test_seats import broken

Browse = Callable[[str], Client]


class Phone:
    """A browser that keeps marks: it numbers its lines and sends what waits."""

    def __init__(self, run: Run, by: Account) -> None:
        self.run, self.by, self.device = run, by, uuid4()
        self.lines: list[Sent] = []
        self.sent = 0

    def note(self, seat: Enrolment, value: Any, *, component: str = "final", base: object = "", reason: str = "") -> Sent:  # fmt: skip
        payload = {
            "run": self.run.code, "enrolment": seat.pk, "component": component, "value": value, "reason": reason,
            "says": f"{seat.person.full_name('kk')}: {value}",
        }  # fmt: skip
        line = Sent(uuid4(), len(self.lines) + 1, POINTS, str(base), payload, timezone.now())
        self.lines.append(line)
        return line

    def send(self, *, again: bool = False) -> list[str]:
        lines = self.lines if again else self.lines[self.sent :]
        answers = offline.receive(device=self.device, name="телефон", lines=lines, clock=None, by=self.by).answers
        self.sent = len(self.lines)
        return [f"{one.state} {one.reason}".strip() for one in answers]


def standing(seat: Enrolment, component: str = "final") -> Fact | None:
    return Fact.objects.filter(enrolment=seat, component=component, superseded_at=None).first()


def value(seat: Enrolment, component: str = "final") -> int | None:
    found = standing(seat, component)
    return found.value if found else None


@pytest.fixture
def phone(held: Held, account: Accounts) -> Phone:
    return Phone(held(3), account("trainer"))


def test_three_days_of_marks_are_written_once_however_often_they_come(phone: Phone) -> None:
    one, two, three = seats_of(phone.run)
    first = phone.note(one, 40, component="pre_test")
    phone.note(two, 55, component="pre_test")
    phone.note(one, 45, component="pre_test", base=first.uid, reason="Қайта саналды.")
    phone.note(one, 90)
    phone.note(three, 0)
    assert phone.send() == ["done"] * 5
    assert phone.send(again=True) == ["done"] * 5
    assert [value(one, "pre_test"), value(two, "pre_test"), value(one), value(three)] == [45, 55, 90, 0]
    rows = Fact.objects.filter(enrolment__run=phone.run)
    assert rows.count() == 5 and set(rows.values_list("source", flat=True)) == {"device"}
    corrected = rows.get(enrolment=one, component="pre_test", superseded_at=None)
    assert corrected.reason == "Қайта саналды." and not MarkBeside.objects.filter(enrolment__run=phone.run).exists()
    verbs = AuditEvent.objects.filter(target_id=str(one.applicant_id), verb__startswith="result.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["result.marked", "result.mark_corrected", "result.marked"]
    assert not broken()


def test_what_another_hand_wrote_meanwhile_stands_and_hers_is_kept_beside(phone: Phone, account: Accounts) -> None:
    one, two, _three = seats_of(phone.run)
    mine = phone.note(one, 40)
    phone.note(two, 64)
    mark(phone.run, account, 70, 64)
    assert phone.send() == ["differs", "same"]
    assert value(one) == 70
    row = MarkBeside.objects.get(enrolment=one, decided_at=None)
    assert (row.value, row.by, row.uid) == (40, phone.by, mine.uid)
    assert AuditEvent.objects.filter(verb="result.laid_beside", target_id=str(one.applicant_id)).count() == 1
    # Her next line has not seen it either: it takes the place of her own, and what stands stays.
    phone.note(one, 45, base=mine.uid, reason="Қосынды қате.")
    assert phone.send() == ["differs"]
    assert MarkBeside.objects.get(enrolment=one, decided_at=None).value == 45 and value(one) == 70
    # Saying what stands ends the difference.
    last = phone.lines[-1]
    phone.note(one, 70, base=last.uid, reason="Келістік.")
    assert phone.send() == ["same"] and not beside.differences(phone.run)
    assert not broken()


@pytest.mark.parametrize("take", [True, False])
def test_a_difference_is_decided_once_and_both_stay_known(take: bool, phone: Phone, account: Accounts) -> None:
    (one, *_rest), national = seats_of(phone.run), account("national")
    mark(phone.run, account, 70)
    phone.note(one, 40)
    phone.send()
    row = MarkBeside.objects.get(enrolment=one)
    if take:
        with pytest.raises(training.ReasonIsMissing):
            beside.decide(beside=row, take=True, reason=" ", by=national)
    for login in ("pavlodar", "village"):
        with pytest.raises(OutOfScope):
            beside.decide(beside=row, take=take, reason="Журнал", by=account(login))
    assert beside.decide(beside=row, take=take, reason="Журнал", by=national)
    assert not beside.decide(beside=row, take=not take, reason="Журнал", by=national), "decided already"
    row.refresh_from_db()
    assert (row.taken, row.decided_at is not None, value(one)) == (take, True, 40 if take else 70)
    assert AuditEvent.objects.filter(verb="result.beside_decided", target_id=str(one.applicant_id)).count() == 1
    assert Fact.objects.filter(enrolment=one).count() == (2 if take else 1) and not broken()


def test_what_cannot_be_is_refused_with_its_reason_and_holds_up_nothing(phone: Phone, account: Accounts) -> None:
    one, two, three = seats_of(phone.run)
    stands = mark(phone.run, account, 70)[0]
    for wrong in (101, -1, "80", True, None, 10**30):
        phone.note(two, wrong)
    phone.note(two, 50, component="attendance")
    phone.note(Enrolment(pk=10**12, person=one.person), 50)
    phone.note(one, 60, base=stands.pk)
    phone.note(three, 50)
    assert phone.send() == ["refused mark"] * 6 + ["refused component", "refused person", "refused reason", "done"]
    assert [value(one), value(two), value(three)] == [70, None, 50]


def test_who_may_not_and_a_run_in_the_archive_are_refused(phone: Phone, account: Accounts) -> None:
    one = seats_of(phone.run)[0]
    stranger = Phone(phone.run, account("village"))
    stranger.note(one, 100)
    assert stranger.send() == ["refused rights"] and not Operation.objects.get(device=stranger.device).about
    Run.objects.filter(pk=phone.run.pk).update(state="archived")
    phone.note(one, 100)
    assert phone.send() == ["refused closed"] and value(one) is None
    row = MarkBeside.objects.create(enrolment=one, component="final", value=1, uid=uuid4(), noted_at=timezone.now())
    with pytest.raises(WayIsClosed):
        beside.decide(beside=row, take=True, reason="", by=account("national"))


def test_a_test_that_the_system_counts_is_not_written_by_a_device(phone: Phone) -> None:
    one = seats_of(phone.run)[0]
    owners.register("final", lambda run, people: {one.pk: Value(70, 100)})
    try:
        phone.note(one, 100)
        assert phone.send() == ["refused counted"]
    finally:
        owners.unregister("final")


def test_many_marks_of_a_device_ask_the_database_no_more_for_each(
    held: Held, account: Accounts, django_assert_max_num_queries: Any
) -> None:
    phone = Phone(held(12), account("trainer"))
    for place, seat in enumerate(seats_of(phone.run)):
        phone.note(seat, place)
        phone.note(seat, place, component="pre_test")
    with django_assert_max_num_queries(45):
        assert phone.send() == ["done"] * 24


def test_the_pages_show_the_difference_and_lead_to_a_decision(phone: Phone, account: Accounts, browse: Browse) -> None:
    one = seats_of(phone.run)[0]
    mark(phone.run, account, 70)
    phone.note(one, 40)
    phone.send()
    row = MarkBeside.objects.get(enrolment=one)
    where = reverse("training:mark_beside", args=[phone.run.code, row.pk])
    trainer = browse("trainer")
    for name in ("results", "marks"):
        assert where in trainer.get(reverse(f"training:{name}", args=[phone.run.code])).content.decode()
    assert where not in browse("director").get(reverse("training:results", args=[phone.run.code])).content.decode()
    for login in ("pavlodar", "village", "director"):
        assert browse(login).get(where).status_code == 404
    assert trainer.get(where).status_code == 200
    assert trainer.post(where, {"take": "1", "reason": ""}).status_code == 422
    assert trainer.post(where, {"take": "1", "reason": "Журнал"}).status_code == 302
    assert value(one) == 40
    assert trainer.get(where).status_code == 302, "decided already"


def test_a_refused_line_stands_on_the_page_of_marks(phone: Phone, browse: Browse) -> None:
    one = seats_of(phone.run)[0]
    Enrolment.objects.filter(pk=one.pk).update(state=Enrolment.State.WITHDRAWN)
    phone.note(one, 88)
    assert phone.send() == ["refused person"]
    shown = browse("trainer").get(reverse("training:marks", args=[phone.run.code])).content.decode()
    assert f"{one.person.full_name('kk')}: 88" in shown


def test_the_sheet_is_taken_along_with_the_marks_when_they_are_put(held: Held, browse: Browse) -> None:
    course = held(1)
    marks = reverse("training:marks", args=[course.code])
    assert marks in browse("trainer").get(reverse("training:attendance", args=[course.code])).content.decode()
    Run.objects.filter(pk=course.pk).update(state="confirmed")
    assert marks not in browse("trainer").get(reverse("training:attendance", args=[course.code])).content.decode()


def test_points_put_on_the_page_and_by_a_device_meet_in_one_row(phone: Phone, account: Accounts) -> None:
    one = seats_of(phone.run)[0]
    line = phone.note(one, 40)
    phone.send()
    assert isinstance(line.uid, UUID)
    seen = selectors.newest(phone.run)
    phone.note(one, 50, base=line.uid, reason="Қайта саналды.")
    phone.send()
    with pytest.raises(results.WrittenMeanwhile):
        results.put(
            run=phone.run, marks=[results.Put(one.pk, "final", 60)], by=account("national"), on=timezone.localdate(), seen=seen,
            reason="Басқа",
        )  # fmt: skip
    assert value(one) == 50
