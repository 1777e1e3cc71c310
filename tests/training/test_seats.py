"""Seats as stock: whatever happens, nobody sits twice, no seat is lost, the list moves by the stated rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from orken.kit.audit import invariants
from orken.network.policy import OutOfScope
from orken.notices.models import Notice
from orken.training import pools
from orken.training import services as training
from orken.training.models import Applicant, Enrolment, Run, SeatMove, SeatPool
from orken.training.receivers import tell_who_waits
from orken.training.services import seats
from tests.training.conftest import Accounts, Country, today

A = Applicant.State


def broken() -> list[str]:
    return [f"{rule}: {row.row} {row.why}" for rule, rows in invariants.run("training.") for row in rows]  # fmt: skip


# --- the rule itself ---

PATHS = ["", "1/", "1/2/", "1/2/3/", "1/2/4/", "1/5/", "1/5/6/"]
START = datetime(2026, 1, 1, tzinfo=UTC)


@st.composite
def situations(draw: Any) -> tuple[list[pools.Pool], list[pools.Waiting]]:
    paths = draw(st.lists(st.sampled_from(PATHS), unique=True, min_size=1))
    stock = [pools.Pool(n, path, draw(st.integers(0, 3))) for n, path in enumerate(["", *(p for p in paths if p)])]
    waiting = [
        pools.Waiting(100 + n, draw(st.sampled_from(PATHS[1:])), draw(st.integers(1, 3)), START + timedelta(minutes=draw(st.integers(0, 9))))
        for n in range(draw(st.integers(0, 8)))
    ]  # fmt: skip
    return stock, waiting


@given(situations())
def test_nobody_waits_beside_a_seat_that_she_could_have(
    situation: tuple[list[pools.Pool], list[pools.Waiting]],
) -> None:
    stock, waiting = situation
    moves = pools.move_up(stock, waiting)
    free = {pool.id: pool.free - sum(to == pool.id for _who, to in moves) for pool in stock}
    assert all(left >= 0 for left in free.values())
    assert len({who for who, _to in moves}) == len(moves)
    path = {pool.id: pool.path for pool in stock}
    assert all(next(one.path for one in waiting if one.id == who).startswith(path[to]) for who, to in moves)
    for one in waiting:
        if one.id not in {who for who, _to in moves}:
            assert not any(free[pool.id] for pool in pools.order(stock, one.path))


@given(situations())
def test_her_own_pool_comes_first_then_priority_then_time(
    situation: tuple[list[pools.Pool], list[pools.Waiting]],
) -> None:
    stock, waiting = situation
    moved = dict(pools.move_up(stock, waiting))
    for pool in stock:
        inside = [one for one in waiting if one.path.startswith(pool.path)]
        steps = {one.id: [own.id for own in pools.order(stock, one.path)].index(pool.id) for one in inside}
        got = [one for one in inside if moved.get(one.id) == pool.id]
        lost = [one for one in inside if one.id not in moved]
        for winner in got:
            for loser in lost:
                mine = (steps[winner.id], winner.priority, winner.since, winner.id)
                assert mine <= (steps[loser.id], loser.priority, loser.since, loser.id)


# --- the rule at work ---


def send(run: Run, lines: list[tuple[Any, Any]], by: Any, priority: int = 1) -> list[Applicant]:
    application = training.apply(
        run=run, unit=lines[0][1], lines=[training.Line(person, unit, priority) for person, unit in lines], by=by
    )
    return list(application.applicants.order_by("pk"))


def test_seven_of_ten_are_accepted_two_wait_and_one_is_refused_with_a_reason(
    run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts, country: Country
) -> None:
    course = run(capacity=20)
    training.share_seats(run=course, unit=country("KZ-55"), seats=7, by=account("national"))
    hers = account("pavlodar")
    applicants = send(course, people("KZ-55", 10), hers)
    assert {one.level for one in applicants} == {"organiser"}, "the region's own look is not asked for twice"
    for one in applicants[:7]:
        training.accept(applicant=one, by=hers)
    with pytest.raises(training.SeatsAreOut):
        training.accept(applicant=applicants[7], by=hers)
    national = account("national")
    Run.objects.filter(pk=course.pk).update(moves_by_itself=False)
    for one in applicants[7:9]:
        training.let_wait(applicant=one, by=hers)
    training.decline(applicant=applicants[9], by=national, reason="Бұл курсты былтыр өткен.")
    states = list(Applicant.objects.filter(run=course).order_by("pk").values_list("state", flat=True))
    assert states == [A.ACCEPTED] * 7 + [A.WAITING] * 2 + [A.DECLINED]
    assert Enrolment.objects.filter(run=course, state="enrolled").count() == 7
    Run.objects.filter(pk=course.pk).update(moves_by_itself=True)
    training.withdraw(applicant=applicants[0], by=hers, reason="Ауырып қалды.")
    seats.fill(Run.objects.get(pk=course.pk), by=None)
    assert Applicant.objects.get(pk=applicants[7].pk).state == A.ACCEPTED
    assert not broken()


def test_a_replacement_keeps_the_seat(
    run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts
) -> None:
    course, hers = run(capacity=1), account("pavlodar")
    (first, home), (second, _), (third, _) = people("KZ-55", 3)
    one = send(course, [(first, home)], hers)[0]
    training.accept(applicant=one, by=account("national"))
    waiting = send(course, [(third, people("KZ-55", 3)[2][1])], hers)[0]
    training.let_wait(applicant=waiting, by=account("national"))
    new = training.replace(applicant=one, person=second, by=hers, reason="Бала күтімінде.")
    assert (new.state, new.pool_id, new.replaces_id) == (A.ACCEPTED, one.pool_id or new.pool_id, one.pk)
    assert Applicant.objects.get(pk=waiting.pk).state == A.WAITING, "the seat was free for nobody between"
    assert list(Enrolment.objects.filter(run=course, state="enrolled").values_list("person", flat=True)) == [second.pk]
    assert not broken()


def test_whoever_comes_from_elsewhere_instead_of_one_who_waits_takes_the_seat_that_is_free_there(
    run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts, country: Country
) -> None:
    course, national = run(capacity=2), account("national")
    for region in ("KZ-55", "KZ-11"):
        training.share_seats(run=course, unit=country(region), seats=1, by=national)
    (first, home), (second, unit) = people("KZ-55", 2)
    seated, waiting = send(course, [(first, home), (second, unit)], national)
    training.accept(applicant=seated, by=national)
    training.let_wait(applicant=waiting, by=national)
    there, *_ = people("KZ-11", 1)
    new = training.replace(applicant=waiting, person=there[0], by=national)
    assert (new.state, new.pool and new.pool.unit) == (A.ACCEPTED, country("KZ-11"))
    kept = send(course, [(None, home)], national)[0]
    training.let_wait(applicant=kept, by=national)
    training.withdraw(applicant=new, by=national, reason="Келе алмайды.")
    named = training.name(applicant=kept, person=people("KZ-11", 2)[1][0], by=national)
    assert named.state == A.ACCEPTED
    assert not broken()


def test_a_seat_is_kept_now_and_named_later(
    run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts
) -> None:
    course, hers = run(capacity=2), account("pavlodar")
    person, home = people("KZ-55", 1)[0]
    kept = send(course, [(None, home)], hers)[0]
    training.accept(applicant=kept, by=account("national"))
    assert not Enrolment.objects.filter(run=course).exists()
    named = training.name(applicant=kept, person=person, by=hers)
    assert Enrolment.objects.get(run=course).person == named.person == person
    assert not broken()


def test_free_seats_go_up_on_their_day_and_what_comes_back_later_too(
    run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts, country: Country
) -> None:
    course, national = run(capacity=4), account("national")
    training.share_seats(run=course, unit=country("KZ-55"), seats=4, by=national, release_on=today())
    ours = send(course, people("KZ-55", 1), account("pavlodar"))[0]
    training.accept(applicant=ours, by=national)
    theirs = send(course, people("KZ-11", 1), national)[0]
    with pytest.raises(training.SeatsAreOut):
        training.accept(applicant=theirs, by=national)
    training.let_wait(applicant=theirs, by=national)
    assert training.release(run=course, today=today()) == 3
    assert Applicant.objects.get(pk=theirs.pk).state == A.ACCEPTED
    training.withdraw(applicant=ours, by=account("pavlodar"), reason="Келе алмайды.")
    assert SeatPool.objects.get(run=course, unit=country("KZ-55")).total == 0
    assert SeatPool.objects.get(run=course, unit=None).total == 4
    assert training.release(run=course, today=today()) == 0
    assert not broken()


def test_a_region_shares_its_seats_among_its_districts_and_nobody_elses(
    run: Callable[..., Run], account: Accounts, country: Country
) -> None:
    course, national, hers = run(capacity=10), account("national"), account("pavlodar")
    with pytest.raises(OutOfScope):
        training.share_seats(run=course, unit=country("KZ-55-D02"), seats=2, by=hers)
    training.share_seats(run=course, unit=country("KZ-55"), seats=5, by=national)
    training.share_seats(run=course, unit=country("KZ-55-D02"), seats=2, by=hers)
    assert {pool.unit and pool.unit.code: pool.total for pool in SeatPool.objects.filter(run=course)} == {
        None: 5, "KZ-55": 3, "KZ-55-D02": 2,
    }  # fmt: skip
    with pytest.raises(training.SeatsAreOut):
        training.share_seats(run=course, unit=country("KZ-55-D02"), seats=9, by=hers)
    training.share_seats(run=course, unit=country("KZ-55-D02"), seats=0, by=hers)
    assert not broken()


def test_more_seats_move_the_list_and_fewer_must_be_free(
    run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts
) -> None:
    course, national = run(capacity=1), account("national")
    first, second = send(course, people("KZ-55", 2), national)
    training.accept(applicant=first, by=national)
    training.let_wait(applicant=second, by=national)
    training.set_capacity(run=course, seats=2, by=national)
    assert Applicant.objects.get(pk=second.pk).state == A.ACCEPTED
    with pytest.raises(training.SeatsAreOut) as refusal:
        training.set_capacity(run=course, seats=1, by=national)
    assert refusal.value.free == 0
    assert not broken()


def test_a_cancelled_run_lets_everybody_go_with_the_reason(
    run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts
) -> None:
    course, national = run(capacity=1), account("national")
    first, second = send(course, people("KZ-55", 2), national)
    training.accept(applicant=first, by=national)
    training.let_wait(applicant=second, by=national)
    with pytest.raises(training.ReasonIsMissing):
        training.lead(run=course, way="cancel", by=national)
    training.lead(run=course, way="cancel", by=national, reason="Боран.")
    assert set(Applicant.objects.filter(run=course).values_list("state", "reason")) == {(A.DECLINED, "Боран.")}
    assert not Enrolment.objects.filter(run=course, state="enrolled").exists()
    assert not broken()


def lose_a_ledger_line(course: Run, first: Applicant, second: Applicant) -> None:
    SeatMove.objects.filter(run=course, kind="taken").order_by("pk")[0].delete()


def promise_more_seats(course: Run, first: Applicant, second: Applicant) -> None:
    Run.objects.filter(pk=course.pk).update(capacity=5)


def forget_an_enrolment(course: Run, first: Applicant, second: Applicant) -> None:
    Enrolment.objects.filter(applicant=first).delete()


def leave_an_orphan(course: Run, first: Applicant, second: Applicant) -> None:
    Applicant.objects.filter(pk=first.pk).update(state=A.WITHDRAWN, pool=None, reason="x")


def take_a_seat_by_hand(course: Run, first: Applicant, second: Applicant) -> None:
    SeatPool.objects.filter(run=course).update(taken=2)


def stop_the_list(course: Run, first: Applicant, second: Applicant) -> None:
    Applicant.objects.filter(pk=second.pk).update(state=A.WAITING, waiting_since=timezone.now())


def sit_somebody_by_hand(course: Run, first: Applicant, second: Applicant) -> None:
    Applicant.objects.filter(pk=second.pk).update(state=A.ACCEPTED, pool=SeatPool.objects.get(run=course))


def overbook_for_a_moment(course: Run, first: Applicant, second: Applicant) -> None:
    for change in (3, -3):
        SeatMove.objects.create(run=course, pool=SeatPool.objects.get(run=course), kind="taken", taken_change=change)


def apply_twice(course: Run, first: Applicant, second: Applicant) -> None:
    with connection.cursor() as cursor:  # the constraint that stands in the way is taken out; the test rolls it back
        cursor.execute("DROP INDEX applicant_live_once_in_a_run")
    Applicant.objects.filter(pk=second.pk).update(person=first.person)


def enrol_another(course: Run, first: Applicant, second: Applicant) -> None:
    Enrolment.objects.filter(applicant=first).update(person=second.person)


def cancel_past_the_verb(course: Run, first: Applicant, second: Applicant) -> None:
    Run.objects.filter(pk=course.pk).update(state="cancelled", reason="x")


DAMAGES = [
    (lose_a_ledger_line, "training.ledger", "its ledger"), (overbook_for_a_moment, "training.ledger", "stands at 4 of 2"),
    (promise_more_seats, "training.seats", "the run has 5"), (take_a_seat_by_hand, "training.seats", "1 applicants hold one"),
    (sit_somebody_by_hand, "training.seats", "2 applicants hold one"), (stop_the_list, "training.waiting", "has a free seat"),
    (forget_an_enrolment, "training.enrolments", "without an enrolment"), (leave_an_orphan, "training.enrolments", "no seat behind it"),
    (enrol_another, "training.enrolments", "another person than her seat"), (apply_twice, "training.enrolments", "applied 2 times"),
    (cancel_past_the_verb, "training.enrolments", "still stands in a run that is cancelled"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "rule", "word"), DAMAGES, ids=[damage.__name__ for damage, *_ in DAMAGES])
def test_the_audit_finds_each_planted_damage_and_says_which(
    damage: Callable[[Run, Applicant, Applicant], None], rule: str, word: str, run: Callable[..., Run],
    people: Callable[[str, int], Any], account: Accounts,
) -> None:  # fmt: skip
    course, national = run(capacity=2), account("national")
    first, second = send(course, people("KZ-55", 2), national)
    training.accept(applicant=first, by=national)
    assert not broken()
    damage(course, first, second)
    found = broken()
    assert any(line.startswith(rule) and word in line for line in found), found


def test_the_first_get_the_seats_with_one_letter_and_the_clock_tells_the_others_once(
    run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts
) -> None:
    course, national = run(capacity=2, deciding="at_once"), account("national")
    rows = people("KZ-55", 4)
    for who in rows:
        send(course, [who], national)

    def letters() -> list[tuple[int, str]]:
        hers = map(str, Applicant.objects.filter(run=course).values_list("pk", flat=True))
        found = Notice.objects.filter(about_kind="training.applicant", about_id__in=hers)
        return list(found.order_by("person", "pk").values_list("person", "kind"))

    persons = sorted(person.pk for person, _ in rows)
    first = sorted(person.pk for person, _ in rows[:2])
    assert letters() == [(pk, "training.accepted") for pk in first]
    training.set_capacity(run=course, seats=3, by=national)
    assert tell_who_waits() == 1
    assert tell_who_waits() == 0
    assert letters() == [(pk, "training.waiting" if pk == rows[3][0].pk else "training.accepted") for pk in persons]
