"""Two devices, two tabs, two hands at the same moment, each in a transaction of her own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from orken.kit.offline.models import Operation
from orken.training.attendance import joining, never_came, paper, selectors, services
from orken.training.models import Enrolment, Mark, PaperSheet, Session, WalkInJoin
from tests.training import test_together as office
from tests.training.attendance.conftest import Held
from tests.training.attendance.phones import Phone, proved
from tests.training.attendance.test_joining import outsiders, walks_in
from tests.training.conftest import Accounts

committed = office.committed
Making = Callable[..., Held]


def test_one_device_that_sends_from_two_tabs_is_taken_in_once(committed: None, held: Making) -> None:
    made = held()
    phone = Phone(made, made.trainer)
    for place in range(3):
        phone.note("present", place=place)
    sending = partial(phone.send, list(phone.lines), heard=False)
    outcomes = office.at_once(sending, sending, sending)
    assert not office.refusals(outcomes), outcomes
    assert Operation.objects.count() == 3 and Mark.objects.filter(session__run=made.run).count() == 3
    proved()


def test_two_devices_over_the_same_cells_leave_one_mark_standing_in_each(
    committed: None, held: Making, account: Accounts
) -> None:
    made = held()
    one, other = Phone(made, made.trainer), Phone(made, account("national"))
    for place in range(3):
        one.note("present", place=place)
        other.note("absent", place=place)
    outcomes = office.at_once(one.send, other.send)
    assert not office.refusals(outcomes), outcomes
    for place in range(3):
        assert made.standing(place) is not None
    assert len(selectors.differences(made.run)) == 3 and Operation.objects.count() == 6
    proved()


def test_two_who_decide_a_difference_decide_it_once(committed: None, held: Making, account: Accounts) -> None:
    made = held()
    made.write("present")
    aside = made.write("absent", by=account("national")).mark
    assert aside is not None
    outcomes = office.at_once(
        partial(services.settle, mark=aside, take=True, reason="Жоқ болды", by=made.trainer),
        partial(services.settle, mark=aside, take=False, reason="", by=account("national")),
    )
    assert not office.refusals(outcomes), outcomes
    assert made.standing() is not None and selectors.differences(made.run) == []
    proved()


def test_two_sheets_printed_at_once_have_two_numbers(committed: None, held: Making, account: Accounts) -> None:
    made = held()
    printing = partial(paper.print_sheet, run=made.run, session=made.sessions[0], blank=0)
    outcomes = office.at_once(partial(printing, by=made.trainer), partial(printing, by=account("national")))
    assert not office.refusals(outcomes), outcomes
    assert sorted(PaperSheet.objects.values_list("number", flat=True)) == [1, 2]


def test_two_who_join_one_walk_in_join_her_once_and_with_one_seat(
    committed: None, held: Making, account: Accounts
) -> None:
    made = held(many=2)
    one, other = outsiders()
    guest = walks_in(made, one)
    hers = partial(joining.join, guest=guest, person_id=one.pk, asked=one.full_name(), by=account("national"))
    theirs = partial(joining.join, guest=guest, person_id=other.pk, asked=other.full_name(), by=made.trainer)
    outcomes = office.at_once(hers, partial(hers), theirs)
    refused = office.refusals(outcomes)
    assert set(refused) <= {services.Refused} and WalkInJoin.objects.filter(ended_at=None).count() == 1
    assert Enrolment.objects.filter(run=made.run).count() in (2, 3)
    proved()


def test_two_who_join_two_walk_ins_to_the_last_seat_fill_it_once(
    committed: None, held: Making, account: Accounts
) -> None:
    made = held(many=2)
    people = outsiders()
    joinings = [
        partial(
            joining.join, guest=walks_in(made, one), person_id=one.pk, asked=one.full_name(), by=account("national")
        )
        for one in people
    ]
    outcomes = office.at_once(*joinings)
    assert not office.refusals(outcomes), outcomes
    assert sorted(one.why for one in outcomes if isinstance(one, joining.Joined)) == ["", "full"]
    proved()


def test_two_who_add_a_seat_for_one_walk_in_add_one(committed: None, held: Making, account: Accounts) -> None:
    made = held(many=3)
    person = outsiders()[0]
    adding = partial(
        joining.join, guest=walks_in(made, person), person_id=person.pk, asked=person.full_name(), by=account("national"),
        add=True, reason="Келіп қойды",
    )  # fmt: skip
    outcomes = office.at_once(adding, partial(adding))
    assert not office.refusals(outcomes), outcomes
    made.run.refresh_from_db()
    assert made.run.capacity == 4 and Enrolment.objects.filter(run=made.run).count() == 4
    proved()


def test_two_who_note_who_did_not_come_note_each_once(committed: None, held: Making, account: Accounts) -> None:
    made = held()
    long_ago = made.run.created_at
    Session.objects.filter(run=made.run).update(starts_at=long_ago - timedelta(hours=3), ends_at=long_ago - timedelta(hours=2))  # fmt: skip
    noting = partial(never_came.note_all, run=made.run, reasons={seat.pk: "Хабарсыз" for seat in made.seats})
    outcomes = office.at_once(partial(noting, by=made.trainer), partial(noting, by=account("national")))
    assert not office.refusals(outcomes), outcomes
    assert sorted(len(one.people) for one in outcomes if isinstance(one, never_came.Noted)) == [0, 3]
    proved()
