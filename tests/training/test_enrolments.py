"""Who has a seat and is not there: an apology, a no-show, and a note that was a mistake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from orken.kit.audit.models import AuditEvent
from orken.kit.states import WayIsClosed
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.training import services as training
from orken.training.models import Applicant, Enrolment, Run, SeatPool
from tests.training.conftest import Accounts, today
from tests.training.test_seats import broken

Browse = Callable[[str], Client]
E = Enrolment.State


@pytest.fixture
def seated(run: Callable[..., Run], account: Accounts) -> Callable[..., Enrolment]:
    """The village librarian has a seat in a run that began yesterday; `begun=False`: that is still to come."""

    def opened(*, begun: bool = True) -> Enrolment:
        course, national, person = run(), account("national"), account("village").person
        unit = person.appointments.at().get().unit
        sent = training.apply(run=course, unit=unit, lines=[training.Line(person, unit)], by=national)
        training.accept(applicant=sent.applicants.get(), by=national)
        if begun:
            first = today() - timedelta(1)
            Run.objects.filter(pk=course.pk).update(state="running", starts_on=first, apply_until=first)
        return Enrolment.objects.select_related("run__host").get(run=course)

    return opened


def test_an_apology_is_noted_told_and_written_into_the_trail_and_the_seat_stays_used(
    seated: Callable[..., Enrolment], account: Accounts
) -> None:
    hers = seated()
    training.excuse(enrolment=hers, by=account("village"), reason=" Баласы  ауырып қалды. ")
    fresh = Enrolment.objects.get(pk=hers.pk)
    assert (fresh.state, fresh.reason) == (E.EXCUSED, "Баласы ауырып қалды.")
    assert SeatPool.objects.get(run=hers.run).taken == 1
    assert Notice.objects.filter(kind="training.excused", person=hers.person).count() == 1
    (line,) = AuditEvent.objects.filter(verb="enrolment.excused", by_id=account("village").pk)
    assert (line.target_id, line.after["reason"]) == (str(hers.applicant_id), "Баласы ауырып қалды.")
    assert not broken()


def test_a_no_show_is_noted_with_what_is_known_and_taken_back_when_she_came(
    seated: Callable[..., Enrolment], account: Accounts
) -> None:
    hers, national = seated(), account("national")
    before = AuditEvent.objects.latest("pk").pk
    with pytest.raises(training.ReasonIsMissing):
        training.miss(enrolment=hers, by=national, reason="  ")
    training.miss(enrolment=hers, by=national, reason="Хабар жоқ.")
    assert Enrolment.objects.get(pk=hers.pk).state == E.NO_SHOW
    assert Notice.objects.filter(kind="training.missed", person=hers.person).count() == 1
    with pytest.raises(WayIsClosed):
        training.miss(enrolment=hers, by=national, reason="Екінші рет.")
    training.restore(enrolment=hers, by=national)
    fresh = Enrolment.objects.get(pk=hers.pk)
    assert (fresh.state, fresh.reason) == (E.ENROLLED, "")
    assert list(AuditEvent.objects.filter(verb__startswith="enrolment.", pk__gt=before).order_by("pk").values_list("verb", flat=True)) == [
        "enrolment.missed", "enrolment.restored",
    ]  # fmt: skip
    assert not broken()


def test_before_the_first_day_nobody_is_missing_and_after_the_end_nothing_is_noted(
    seated: Callable[..., Enrolment], account: Accounts
) -> None:
    hers, national = seated(begun=False), account("national")
    for verb in (training.excuse, training.miss):
        with pytest.raises(WayIsClosed) as refusal:
            verb(enrolment=hers, by=national, reason="Келмейді.")
        assert "Басталатын күні" in str(refusal.value.reasons[0])
    Run.objects.filter(pk=hers.run_id).update(state="closed", starts_on=today() - timedelta(3), apply_until=today() - timedelta(3))  # fmt: skip
    with pytest.raises(WayIsClosed):
        training.miss(enrolment=hers, by=national, reason="Келмеді.")


def test_who_may_note_what(seated: Callable[..., Enrolment], account: Accounts) -> None:
    hers = seated()
    for login in ("village", "head", "pavlodar"):
        with pytest.raises(OutOfScope):
            training.miss(enrolment=hers, by=account(login), reason="Келмеді.")
    with pytest.raises(OutOfScope):
        training.excuse(enrolment=hers, by=account("trainer"), reason="Келмеді.")
    training.invite_trainer(run=hers.run, person=account("trainer").person, by=account("national"))
    training.miss(enrolment=hers, by=account("trainer"), reason="Келмеді.")
    with pytest.raises(OutOfScope):
        training.restore(enrolment=hers, by=account("village"))
    training.restore(enrolment=hers, by=account("trainer"))
    training.excuse(enrolment=hers, by=account("head"), reason="Іссапарда.")
    assert Enrolment.objects.get(pk=hers.pk).state == E.EXCUSED


def test_the_pages_lead_through_it(seated: Callable[..., Enrolment], browse: Browse, account: Accounts) -> None:
    hers = seated()
    page, address = reverse("training:applicant", args=[hers.applicant_id]), reverse("training:note", args=[hers.applicant_id, "miss"])  # fmt: skip
    assert address in browse("national").get(page).content.decode()
    assert address not in browse("village").get(page).content.decode()
    assert browse("national").get(address).status_code == 200
    assert browse("national").post(address, {"reason": " "}).status_code == 422
    assert browse("national").post(address, {"reason": "Телефон алмайды."}, follow=True).status_code == 200
    shown = browse("national").get(page).content.decode()
    assert "келмеді" in shown and "Телефон алмайды." in shown
    listed = browse("national").get(reverse("training:applicants", args=[hers.run.code])).content.decode()
    assert "келмеді" in listed and "Телефон алмайды." in listed
    assert "келмеді" in browse("village").get(reverse("training:mine")).content.decode()
    again = browse("national").post(address, {"reason": "Екі рет басылды."}, follow=True).content.decode()
    assert "белгіленіп қойған" in again, "a press that comes twice"
    assert Enrolment.objects.get(pk=hers.pk).reason == "Телефон алмайды."
    browse("national").post(reverse("training:note", args=[hers.applicant_id, "restore"]))
    assert Enrolment.objects.get(pk=hers.pk).state == E.ENROLLED
    own = browse("village").get(hers.run.get_absolute_url()).content.decode()
    assert reverse("training:note", args=[hers.applicant_id, "excuse"]) in own
    assert browse("pavlodar").get(reverse("training:note", args=[hers.applicant_id, "erase"])).status_code == 404


def test_who_is_noted_is_replaced_without_losing_the_note(
    seated: Callable[..., Enrolment], account: Accounts, people: Callable[[str, int], Any]
) -> None:
    hers, national = seated(), account("national")
    training.miss(enrolment=hers, by=national, reason="Хабар жоқ.")
    other = next(person for person, _unit in people("KZ-55", 3) if person.pk != hers.person_id)
    training.replace(applicant=hers.applicant, person=other, by=national, reason="Орнына келді.")
    assert Enrolment.objects.get(pk=hers.pk).state == E.NO_SHOW
    assert Applicant.objects.get(run=hers.run, state="accepted").person == other
    assert not broken()
