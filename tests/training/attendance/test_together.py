"""Two devices, two tabs, two hands at the same moment, each in a transaction of her own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from orken.kit.offline.models import Operation
from orken.training.attendance import paper, selectors, services
from orken.training.models import Mark, PaperSheet
from tests.training import test_together as office
from tests.training.attendance.conftest import Held
from tests.training.attendance.test_devices import Phone, proved
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
