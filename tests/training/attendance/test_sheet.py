"""The sheet: what counts, what corrects, what is kept beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from orken.kit.audit import invariants
from orken.kit.audit.models import AuditEvent
from orken.network.policy import OutOfScope
from orken.training import services as training
from orken.training.attendance import selectors, services
from orken.training.attendance.selectors import Minutes
from orken.training.attendance.services import DIFFERS, DONE, REFUSED, SAME, Line
from orken.training.models import Enrolment, Mark, Run, Session, WalkIn
from tests.training.attendance.conftest import Held
from tests.training.conftest import Accounts

Making = Callable[..., Held]


def test_a_first_mark_counts_and_turns_the_seat_into_attending(held: Making) -> None:
    made = held()
    written = made.write("present")
    assert written.outcome == DONE and written.mark is not None
    assert (written.mark.minutes, written.mark.by) == (90, made.trainer)
    made.seats[0].refresh_from_db()
    assert made.seats[0].state == Enrolment.State.ATTENDING
    verbs = set(AuditEvent.objects.filter(scope_path=made.run.host.path).values_list("verb", flat=True))
    assert {"attendance.noted", "enrolment.came"} <= verbs


def test_a_correction_is_a_new_row_with_a_reason_and_the_old_one_stays_known(held: Making) -> None:
    made = held()
    first = made.write("absent").mark
    assert first is not None
    before = timezone.now()
    assert made.write("late", minutes=40, base=str(first.pk)).reason == "reason"
    done = made.write("late", minutes=40, base=str(first.pk), reason="Кейін келді")
    assert done.outcome == DONE
    first.refresh_from_db()
    assert first.superseded_at is not None and first.state == "absent"
    assert selectors.minutes_of(made.run, known_at=before)[made.seats[0].pk].there == 0
    assert selectors.minutes_of(made.run)[made.seats[0].pk].there == 40
    assert [mark.state for mark in selectors.history(made.sessions[0], made.who())] == ["late", "absent"]


def test_whoever_has_not_seen_what_stands_is_kept_beside_it_and_not_counted(held: Making, account: Accounts) -> None:
    made = held()
    made.write("present")
    other = made.write("absent", by=account("national"))
    assert other.outcome == DIFFERS
    standing = made.standing()
    assert standing is not None and standing.state == "present"
    assert made.write("absent").outcome == DIFFERS  # the same difference told twice is one
    (found,) = selectors.differences(made.run)
    assert (found.standing, found.aside.state) == (standing, "absent")
    assert selectors.minutes_of(made.run)[made.seats[0].pk].there == 90


def test_who_says_what_stands_agrees_whatever_she_saw(held: Making) -> None:
    made = held()
    made.write("present")
    assert made.write("present").outcome == SAME
    assert Mark.objects.filter(session=made.sessions[0]).count() == 1


@pytest.mark.parametrize("take", [True, False])
def test_a_difference_is_decided_and_both_notes_stay(held: Making, account: Accounts, take: bool) -> None:
    made = held()
    made.write("present")
    aside = made.write("absent", by=account("national")).mark
    assert aside is not None
    if take:
        with pytest.raises(services.Refused):
            services.settle(mark=aside, take=True, reason=" ", by=made.trainer)
    services.settle(mark=aside, take=take, reason="Ауырып қалды", by=made.trainer)
    standing = made.standing()
    assert standing is not None and standing.state == ("absent" if take else "present")
    assert selectors.differences(made.run) == []
    states = {mark.state for mark in selectors.history(made.sessions[0], made.who())}
    assert states == {"present", "absent"}
    assert services.settle(mark=aside, take=take, reason="Ауырып қалды", by=made.trainer) == standing


def test_her_own_later_line_takes_the_place_of_the_one_kept_beside(held: Making, account: Accounts) -> None:
    made = held()
    made.write("present")
    aside = made.write("absent", by=account("national")).mark
    assert aside is not None
    again = made.write("late", minutes=30, base=str(aside.uid), reason="Кейін келді", by=account("national"))
    assert again.outcome == DIFFERS
    (found,) = selectors.differences(made.run)
    assert found.aside.state == "late"
    agreed = made.write("present", base=str(found.aside.uid), reason="Келдім", by=account("national"))
    assert agreed.outcome == SAME and selectors.differences(made.run) == []


def test_the_same_line_is_written_once(held: Making) -> None:
    made, uid = held(), uuid4()
    assert [made.write("present", uid=uid).outcome for _ in range(3)] == [DONE, DONE, DONE]
    assert Mark.objects.filter(session=made.sessions[0]).count() == 1


@pytest.mark.parametrize(
    ("state", "given", "reason"),
    [
        ("late", {"minutes": 91}, "minutes"),
        ("late", {"minutes": 0}, "minutes"),
        ("somewhere", {}, "state"),
        ("present", {"session": 2}, "coming"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    held: Making, state: str, given: dict[str, Any], reason: str
) -> None:
    made = held()
    written = made.write(state, **given)
    assert (written.outcome, written.reason) == (REFUSED, reason)
    assert not Mark.objects.filter(session__run=made.run).exists()


def test_a_session_taken_out_and_a_person_of_another_run_are_refused(held: Making, account: Accounts) -> None:
    made, other = held(), held("HELD-2")
    training.cancel_session(session=made.sessions[0], by=account("national"))
    assert made.write("present").reason == "session"
    line = Line(made.sessions[1].pk, other.who(), "present")
    assert services.write(run=made.run, lines=[line], by=made.trainer)[0].reason == "person"


def test_a_closed_run_is_corrected_only_by_who_organises(held: Making, account: Accounts) -> None:
    made = held()
    Run.objects.filter(pk=made.run.pk).update(state=Run.State.CLOSED)
    assert made.write("present").reason == "closed"
    assert made.write("present", by=account("national")).outcome == DONE


@pytest.mark.parametrize("login", ["pavlodar", "village", "curator", "registrar"])
def test_only_keepers_write(held: Making, account: Accounts, login: str) -> None:
    made = held()
    with pytest.raises(OutOfScope):
        made.write("present", by=account(login))


def test_the_database_itself_lets_one_mark_stand(held: Making) -> None:
    made = held()
    made.write("present")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(session=made.sessions[0], enrolment=made.seats[0], state="absent", minutes=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(session=made.sessions[1], enrolment=made.seats[0], state="absent", minutes=5)


def test_the_share_is_reckoned_without_rounding() -> None:
    assert not Minutes(7999, 10000).at_least(80)
    assert Minutes(8000, 10000).at_least(80)
    assert Minutes(7999, 10000).share == Decimal("79.99")
    assert Minutes(0, 0).share == 0


def test_a_session_that_is_taken_out_counts_for_nobody_and_a_shorter_one_gives_no_more_than_it_has(
    held: Making, account: Accounts
) -> None:
    made = held()
    made.write("present")
    made.write("present", session=1)
    assert selectors.minutes_of(made.run)[made.seats[0].pk] == Minutes(180, 270)
    training.change_session(
        session=made.sessions[1], by=account("national"), values={"ends_at": made.sessions[1].starts_at + timedelta(minutes=60)}
    )  # fmt: skip
    assert selectors.minutes_of(made.run)[made.seats[0].pk] == Minutes(150, 240)
    training.cancel_session(session=made.sessions[1], by=account("national"))
    assert selectors.minutes_of(made.run)[made.seats[0].pk] == Minutes(90, 180)


def test_who_walks_in_is_on_the_sheet_and_marked_like_everybody(held: Making) -> None:
    made, uid = held(), uuid4()
    guest = services.add_walk_in(run=made.run, name="  Сейтқали   Гүлнәр ", library="Ақсу", by=made.trainer, uid=uid)
    assert guest.name == "Сейтқали Гүлнәр"
    assert services.add_walk_in(run=made.run, name="Сейтқали Гүлнәр", library="", by=made.trainer, uid=uid) == guest
    line = Line(made.sessions[0].pk, f"w{uid}", "present")
    assert services.write(run=made.run, lines=[line], by=made.trainer)[0].outcome == DONE
    row = selectors.grid(made.run).rows[-1]
    assert (row.name, row.walk_in, row.minutes) == ("Сейтқали Гүлнәр", True, 90)
    with pytest.raises(services.Refused):
        services.add_walk_in(run=made.run, name=" ", library="", by=made.trainer)


def test_who_walks_in_at_a_session_of_tomorrow_is_not_left_on_the_sheet_without_a_mark(held: Making) -> None:
    made = held()
    assert (
        services.welcome(session=made.sessions[0], name="Сейтқали Гүлнәр", library="", by=made.trainer).marks.count()
        == 1
    )
    Session.objects.filter(pk=made.sessions[1].pk).update(
        starts_at=timezone.now() + timedelta(1), ends_at=timezone.now() + timedelta(1, 3600)
    )
    with pytest.raises(services.Refused):
        services.welcome(
            session=Session.objects.get(pk=made.sessions[1].pk), name="Омарова Әсел", library="", by=made.trainer
        )
    assert not WalkIn.objects.filter(name="Омарова Әсел").exists()


def test_the_invariants_hold_and_see_what_breaks_them(held: Making) -> None:
    made, other = held(), held("HELD-2")
    made.write("present")
    broken = {rule.partition(":")[0]: rows for rule, rows in invariants.run("training.")}
    assert not broken["training.marks"] and not broken["training.came"] and not broken["training.sheets"]
    Mark.objects.filter(session=made.sessions[0]).update(session=other.sessions[0])
    Enrolment.objects.filter(pk=made.seats[0].pk).update(state="enrolled")
    broken = {rule.partition(":")[0]: rows for rule, rows in invariants.run("training.")}
    assert broken["training.marks"] and broken["training.came"]


def test_the_grid_asks_no_more_for_more_people(
    held: Making, django_assert_num_queries: Callable[[int], object]
) -> None:
    one, three = held("HELD-1", 1), held("HELD-3", 3)
    for made, many in ((one, 1), (three, 3)):
        for place in range(many):
            made.write("present", place=place)
        with django_assert_num_queries(4):  # type: ignore[attr-defined]  # a context manager
            assert len(selectors.grid(made.run).rows) == many
