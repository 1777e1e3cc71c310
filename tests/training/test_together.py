"""Two at once, each in a transaction of her own: the run's row lock decides, nothing is lost or given twice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from orken.kit.audit import invariants
from orken.kit.demo import Stage
from orken.kit.search import services as search
from orken.kit.states import WayIsClosed
from orken.network import services as network
from orken.network.demo.build import build as country
from orken.network.models import Appointment, Post, Unit
from orken.people.models import Account, Person
from orken.training import services as training
from orken.training.models import Applicant, Enrolment, Run, SeatPool
from tests import snapshot
from tests.training.conftest import today

A = Applicant.State
Verb = Callable[[], object]


def at_once(*verbs: Verb) -> list[object]:
    """Every verb in a thread and a connection of its own, begun at the same moment; answers what each gave or raised."""
    gate = threading.Barrier(len(verbs))
    outcomes: list[object] = [None] * len(verbs)

    def one(place: int, verb: Verb) -> None:
        try:
            gate.wait()
            outcomes[place] = verb()
        except Exception as refusal:  # what was refused is judged by the test, not lost in a thread
            outcomes[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def refusals(outcomes: Sequence[object]) -> list[type]:
    return [type(one) for one in outcomes if isinstance(one, Exception)]


def broken() -> list[str]:
    return [f"{rule}: {row.row} {row.why}" for rule, rows in invariants.run("training.") for row in rows]  # fmt: skip


@pytest.fixture
def committed(transactional_db: None) -> None:
    """The demo's units, staff and personas, committed; the rest of the demo is not needed here."""

    def make() -> None:
        with transaction.atomic():
            call_command("flush", interactive=False, verbosity=0)
            search.empty()
            country(Stage())

    snapshot.lay("country", make)


@pytest.fixture
def course(committed: None) -> Callable[..., Run]:
    def opened(**values: Any) -> Run:
        given: dict[str, Any] = {
            "code": "TOGETHER", "kind": "travelling", "host": unit("NL"), "capacity": 1, "title_kk": "Бірге", "form": "onsite",
            "languages": ["kk"], "starts_on": today() + timedelta(30), "ends_on": today() + timedelta(32),
            "apply_until": today() + timedelta(20), "by": None,
        }  # fmt: skip
        return training.open_run(**{**given, **values})

    return opened


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def account(login: str) -> Account:
    """A fresh one for each thread: what it has learnt about its own rights is its own."""
    return Account.objects.get(login=login)


def staff(region: str, many: int) -> list[Appointment]:
    rows = Appointment.objects.at().filter(
        unit__path__within=unit(region).path, employment="main", person__account=None
    )
    return list(rows.select_related("person", "unit").order_by("pk")[:many])


def send(run: Run, rows: Sequence[Appointment], login: str = "national") -> list[Applicant]:
    lines = [training.Line(row.person, row.unit) for row in rows]
    application = training.apply(run=run, unit=rows[0].unit, lines=lines, by=account(login))
    return list(application.applicants.order_by("pk"))


def states(run: Run) -> list[str]:
    return sorted(Applicant.objects.filter(run=run).values_list("state", flat=True))


def test_two_officers_give_the_last_seat_and_one_is_told_that_it_is_gone(course: Callable[..., Run]) -> None:
    run = course()
    one, other = send(run, staff("KZ-55", 2))
    outcomes = at_once(
        lambda: training.accept(applicant=one, by=account("national")),
        lambda: training.accept(applicant=other, by=account("national")),
    )
    assert refusals(outcomes) == [training.SeatsAreOut]
    assert states(run) == [A.ACCEPTED, A.SUBMITTED]
    assert Enrolment.objects.filter(run=run).count() == 1
    assert not broken()


def test_two_officers_decide_differently_about_one_person_and_the_second_is_told(course: Callable[..., Run]) -> None:
    run = course()
    (one,) = send(run, staff("KZ-55", 1))
    outcomes = at_once(
        lambda: training.accept(applicant=one, by=account("national")),
        lambda: training.accept(applicant=one, by=account("national")),
    )
    assert refusals(outcomes) == [WayIsClosed]
    assert SeatPool.objects.get(run=run).taken == 1
    assert not broken()


def test_fewer_seats_while_one_is_given(course: Callable[..., Run]) -> None:
    """Whoever is first decides: the seat is given and cannot be taken out, or it is gone and cannot be given."""
    run = course(capacity=2)
    first, second = send(run, staff("KZ-55", 2))
    training.accept(applicant=first, by=account("national"))
    outcomes = at_once(
        lambda: training.accept(applicant=second, by=account("national")),
        lambda: training.set_capacity(run=run, seats=1, by=account("national")),
    )
    assert refusals(outcomes) == [training.SeatsAreOut]
    given = Applicant.objects.filter(run=run, state=A.ACCEPTED).count()
    assert Run.objects.get(pk=run.pk).capacity == given
    assert not broken()


def test_more_seats_while_people_wait_and_another_is_accepted(course: Callable[..., Run]) -> None:
    run = course()
    rows = send(run, staff("KZ-55", 4))
    training.accept(applicant=rows[0], by=account("national"))
    for row in rows[1:3]:
        training.let_wait(applicant=row, by=account("national"))
    outcomes = at_once(
        lambda: training.set_capacity(run=run, seats=3, by=account("national")),
        lambda: training.accept(applicant=rows[3], by=account("national")),
    )
    assert refusals(outcomes) == [training.SeatsAreOut], "those who waited were first in line for the new seats"
    assert states(run) == [A.ACCEPTED] * 3 + [A.SUBMITTED]
    assert not broken()


def test_a_pool_is_released_while_an_application_to_it_is_open(course: Callable[..., Run]) -> None:
    """Her region's only seat goes up to everybody in the moment in which she is accepted: she has it, or another has, once."""
    run = course()
    training.share_seats(run=run, unit=unit("KZ-55"), seats=1, by=account("national"), release_on=today())
    (ours,) = send(run, staff("KZ-55", 1), "pavlodar")
    (theirs,) = send(run, staff("KZ-11", 1))
    training.let_wait(applicant=theirs, by=account("national"))
    at_once(
        lambda: training.accept(applicant=ours, by=account("national")),
        lambda: training.release(run=run, today=today()),
    )
    assert Applicant.objects.filter(run=run, state=A.ACCEPTED).count() == 1
    assert SeatPool.objects.get(run=run, unit=unit("KZ-55")).released_at is not None
    assert not broken()
    held = Applicant.objects.get(run=run, state=A.ACCEPTED)
    training.withdraw(applicant=held, by=account("national"), reason="Келе алмайды.")
    assert SeatPool.objects.get(run=run, unit=None).total == 1, "what comes back after the day goes straight up"
    assert not broken()


def test_a_double_click_applies_once_and_both_presses_end_on_the_page(course: Callable[..., Run]) -> None:
    run = course(deciding="at_once", capacity=5)

    def press() -> int:
        client = Client()
        client.force_login(account("village"))
        return client.post(reverse("training:apply", args=[run.code])).status_code

    assert at_once(press, press, press) == [302, 302, 302]
    assert states(run) == [A.ACCEPTED]
    assert not broken()


def test_a_form_pressed_three_times_at_once_sends_one_application(course: Callable[..., Run]) -> None:
    run, press = course(capacity=9), uuid4()

    def send_kept_seats() -> int:
        lines = [training.Line(None, unit("KZ-55-LIB"), place) for place in (1, 2)]
        return training.apply(run=run, unit=unit("KZ-55-LIB"), lines=lines, by=account("pavlodar"), press=press).pk

    outcomes = at_once(send_kept_seats, send_kept_seats, send_kept_seats)
    assert refusals(outcomes) == [] and len(set(outcomes)) == 1
    assert states(run) == [A.SUBMITTED] * 2
    assert not broken()


def test_the_last_seats_of_a_run_that_decides_at_once(course: Callable[..., Run]) -> None:
    run = course(deciding="at_once", capacity=2)
    rows = staff("KZ-55", 6)
    outcomes = at_once(*[partial(send, run, [row]) for row in rows])
    assert refusals(outcomes) == []
    assert states(run) == [A.ACCEPTED] * 2 + [A.WAITING] * 4
    assert not broken()


def test_a_seat_comes_back_while_others_ask_for_a_place_in_line(course: Callable[..., Run]) -> None:
    """They ask beside each other, but not beside the seat: one of them has it, and nobody waits next to a free one."""
    run = course(deciding="at_once")
    first, *others = staff("KZ-55", 5)
    (one,) = send(run, [first])
    outcomes = at_once(
        *[partial(send, run, [row]) for row in others],
        lambda: training.withdraw(applicant=one, by=account("national"), reason="Ауырып қалды."),
    )
    assert refusals(outcomes) == []
    assert states(run) == [A.ACCEPTED] + [A.WAITING] * 3 + [A.WITHDRAWN]
    assert not broken()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_two_who_take_no_seat_do_not_wait_for_each_other(course: Callable[..., Run]) -> None:
    run = course(deciding="at_once")
    first, second, third = staff("KZ-55", 3)
    send(run, [first])
    with transaction.atomic():
        send(run, [second])
        assert refusals(at_once(partial(send, run, [third]))) == [], "while the other is not yet committed"
    assert states(run) == [A.ACCEPTED, A.WAITING, A.WAITING]
    assert not broken()


def test_two_of_a_library_send_the_same_person_and_one_is_told(course: Callable[..., Run]) -> None:
    run = course()
    row = staff("KZ-55", 1)
    assert refusals(at_once(*[partial(send, run, row)] * 3)) == [training.CannotCome] * 2
    assert states(run) == [A.SUBMITTED]
    assert not broken()


def test_a_run_is_called_off_while_somebody_applies(course: Callable[..., Run]) -> None:
    """She came before and is let go with the reason, or after and is told why she cannot; nobody is left under review."""
    run = course()
    row = staff("KZ-55", 1)
    outcomes = at_once(
        lambda: send(run, row),
        lambda: training.lead(run=run, way="cancel", by=account("national"), reason="Боран."),
    )
    assert Run.objects.get(pk=run.pk).state == "cancelled"
    assert (refusals(outcomes), states(run)) in (([training.CannotCome], []), ([], [A.DECLINED]))
    assert not broken()


def test_one_withdraws_while_another_is_put_on_the_list(course: Callable[..., Run]) -> None:
    run = course()
    first, second = send(run, staff("KZ-55", 2))
    training.accept(applicant=first, by=account("national"))
    outcomes = at_once(
        lambda: training.withdraw(applicant=first, by=account("national"), reason="Ауырып қалды."),
        lambda: training.let_wait(applicant=second, by=account("national")),
    )
    assert refusals(outcomes) == []
    assert states(run) == [A.ACCEPTED, A.WITHDRAWN], "the list does not stand beside a free seat"
    assert not broken()


def test_one_seat_is_handed_to_two_persons_at_once(course: Callable[..., Run]) -> None:
    run = course()
    first, second, third = staff("KZ-55", 3)
    (one,) = send(run, [first])
    training.accept(applicant=one, by=account("national"))

    def to(person: Person) -> object:
        return training.replace(applicant=one, person=person, by=account("pavlodar"))

    outcomes = at_once(lambda: to(second.person), lambda: to(third.person))
    assert refusals(outcomes) == [WayIsClosed]
    assert states(run) == [A.ACCEPTED, A.REPLACED]
    assert Enrolment.objects.filter(run=run, state="enrolled").count() == 1
    assert not broken()


def test_who_moves_to_another_region_is_decided_upon_where_she_applied(course: Callable[..., Run]) -> None:
    run = course()
    training.share_seats(run=run, unit=unit("KZ-55"), seats=1, by=account("national"))
    row = staff("KZ-55", 1)[0]
    (one,) = send(run, [row])
    there = unit("KZ-11-LIB")

    def move() -> None:
        national = account("national")
        network.dismiss(appointment=row, on=today(), by=national)
        network.appoint(person=row.person, unit=there, post=Post.objects.get(code="librarian"), on=today(), by=national)

    outcomes = at_once(move, lambda: training.accept(applicant=one, by=account("pavlodar")))
    assert refusals(outcomes) == []
    accepted = Applicant.objects.get(pk=one.pk)
    assert accepted.pool and accepted.pool.unit == unit("KZ-55"), "the seat of the region that sent her"
    enrolment = Enrolment.objects.get(run=run)
    assert enrolment.unit == row.unit, "the place of the day of her application stands in the order"
    page = Client()
    page.force_login(account("national"))
    assert there.name in page.get(reverse("training:applicant", args=[one.pk])).content.decode()
    assert not broken()
