"""Seats and waiting lists as a machine: any verb after any other, and after each step nothing is lost, doubled or stuck."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from orken.kit.states import WayIsClosed
from orken.network.models import Unit
from orken.people.models import Account, Person
from orken.training import invariants, pools
from orken.training import services as training
from orken.training.models import Applicant, Enrolment, Run, SeatMove, SeatPool
from tests.training.conftest import Accounts, Country, today

CHECKS = (  # those of the office alone: the audit of the whole house after every step takes minutes
    invariants.seats_add_up, invariants.ledger_gives_the_pools, invariants.nobody_waits_beside_a_free_seat,
    invariants.enrolments_have_their_seats,
)  # fmt: skip
A, E = Applicant.State, Enrolment.State
ENDED = (A.DECLINED, A.WITHDRAWN, A.REPLACED)
REFUSALS = (training.SeatsAreOut, training.CannotCome, WayIsClosed)
some = st.integers(0, 40)


class Office(RuleBasedStateMachine):
    """One run with its applicants; who acts is the organiser, so that only the rules of seats can refuse."""

    open_run: Callable[..., Run]
    by: Account
    crowd: list[tuple[Person, Unit]]
    units: list[Unit]

    def __init__(self) -> None:
        super().__init__()
        self._all = transaction.atomic()
        self._all.__enter__()
        self.ledger: list[tuple[Any, ...]] = []
        self.ended: dict[int, str] = {}

    def teardown(self) -> None:
        print(
            "END",
            sorted(Applicant.objects.filter(run=self.pk).values_list("state", flat=True)),
            SeatMove.objects.filter(run=self.pk).count(),
        )
        transaction.set_rollback(True)
        self._all.__exit__(None, None, None)

    @initialize(
        at_once=st.booleans(),
        first=some,
        many=st.integers(3, 8),
        seats=st.lists(st.integers(0, 2), min_size=3, max_size=3),
    )
    def begin(self, at_once: bool, first: int, many: int, seats: list[int]) -> None:
        """A run in the middle of its life: some seats are shared out, some people have applied."""
        self.pk = self.open_run(code="MACHINE", capacity=5, deciding="at_once" if at_once else "reviewed").pk
        for place, kept in enumerate(seats):
            self.share(place, kept, released=place == 1)
        for step in range(many):
            self.apply(first + step * 3, 1, step % 3 + 1, unnamed=step == 5)

    # --- what the rules use ---

    @property
    def course(self) -> Run:
        return Run.objects.select_related("host").get(pk=self.pk)

    def one(self, number: int, *states: str) -> Applicant | None:
        rows = Applicant.objects.filter(run=self.pk, state__in=states or Applicant.LIVE).select_related("unit", "run")
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    @contextmanager
    def may_refuse(self) -> Any:
        """A refusal leaves everything as it was."""
        before = self.standing()
        try:
            with transaction.atomic():
                yield
        except REFUSALS:
            assert self.standing() == before

    def standing(self) -> list[Any]:
        return [
            list(Applicant.objects.filter(run=self.pk).order_by("pk").values_list("pk", "state", "person", "pool")),
            list(SeatPool.objects.filter(run=self.pk).order_by("pk").values_list("pk", "total", "taken")),
        ]

    def applied(self) -> int:
        return Applicant.objects.filter(run=self.pk).count()

    def free_for(self, unit: Unit) -> int:
        stock = SeatPool.objects.filter(run=self.pk).select_related("unit")
        seen = [pools.Pool(pool.pk, pool.unit.path if pool.unit else pools.OPEN, pool.free) for pool in stock]
        return sum(pool.free for pool in pools.order(seen, unit.path))

    # --- the verbs ---

    @rule(first=some, many=st.integers(1, 3), priority=st.integers(1, 3), unnamed=st.booleans())
    def apply(self, first: int, many: int, priority: int, unnamed: bool) -> None:
        chosen = [self.crowd[(first + step) % len(self.crowd)] for step in range(many)]
        lines = [training.Line(None if unnamed else who, unit, priority) for who, unit in chosen]
        with self.may_refuse():
            training.apply(run=self.course, unit=chosen[0][1], lines=lines, by=self.by)

    @precondition(lambda self: self.one(0, A.SUBMITTED, A.WAITING) is not None)
    @rule(number=some)
    def accept(self, number: int) -> None:
        one = self.one(number, A.SUBMITTED, A.WAITING)
        if one is None:
            return
        free = self.free_for(one.unit)
        try:
            with transaction.atomic():
                training.accept(applicant=one, by=self.by)
        except training.SeatsAreOut:
            assert free == 0, "refused beside a free seat"
        else:
            assert free > 0, "a seat was given that there was not"

    @precondition(lambda self: self.one(0, A.SUBMITTED) is not None)
    @rule(number=some)
    def let_wait(self, number: int) -> None:
        if one := self.one(number, A.SUBMITTED):
            training.let_wait(applicant=one, by=self.by)

    @precondition(lambda self: self.one(0) is not None)
    @rule(number=some)
    def decline(self, number: int) -> None:
        if one := self.one(number):
            with self.may_refuse():  # whoever has a seat keeps it from the first day on
                training.decline(applicant=one, by=self.by, reason="Орын жоқ.")

    @precondition(lambda self: self.one(0) is not None)
    @rule(number=some)
    def withdraw(self, number: int) -> None:
        if one := self.one(number):
            begun = one.state == A.ACCEPTED and not one.unnamed and self.course.starts_on <= today()
            with self.may_refuse():
                training.withdraw(applicant=one, by=self.by, reason="Келе алмайды.")
                assert not begun  # from the first day on an apology is noted instead

    @precondition(lambda self: self.one(0) is not None)
    @rule(number=some, who=some)
    def replace_or_name(self, number: int, who: int) -> None:
        one, person = self.one(number), self.crowd[who % len(self.crowd)][0]
        if one is None:
            return
        with self.may_refuse():
            if one.unnamed:
                training.name(applicant=one, person=person, by=self.by)
            else:
                new = training.replace(applicant=one, person=person, by=self.by)
                if (one.state, new.state) != (A.WAITING, A.ACCEPTED):  # another pool has a seat for her
                    assert (new.state, new.pool_id, new.waiting_since) == (one.state, one.pool_id, one.waiting_since)

    @rule(unit=some, seats=st.integers(0, 4), released=st.booleans())
    def share(self, unit: int, seats: int, released: bool) -> None:
        day = today() if released else None
        with self.may_refuse():
            training.share_seats(
                run=self.course, unit=self.units[unit % len(self.units)], seats=seats, by=self.by, release_on=day
            )

    @rule()
    def release(self) -> None:
        training.release(run=self.course, today=today())
        left = SeatPool.objects.filter(run=self.pk, unit__isnull=False, release_on__lte=today())
        assert all(pool.free == 0 or pool.released_at is not None for pool in left)

    @rule(seats=st.integers(1, 9))
    def capacity(self, seats: int) -> None:
        with self.may_refuse():
            assert training.set_capacity(run=self.course, seats=seats, by=self.by).capacity == seats

    @rule(moves=st.booleans())
    def list_moves(self, moves: bool) -> None:
        with self.may_refuse():  # once it is called off
            training.change_run(run=self.course, values={"moves_by_itself": moves}, by=self.by)

    @precondition(lambda self: self.course.starts_on > today() and self.applied() > 8)  # nobody applies afterwards
    @rule()
    def first_day_comes(self) -> None:
        Run.objects.filter(pk=self.pk).update(state="running", starts_on=today(), apply_until=today() - timedelta(1))

    @precondition(lambda self: self.one(0, A.ACCEPTED) is not None)
    @rule(number=some, way=st.sampled_from(["excuse", "miss", "restore"]))
    def note(self, number: int, way: str) -> None:
        one = self.one(number, A.ACCEPTED)
        enrolment = Enrolment.objects.filter(applicant=one).select_related("run").first() if one else None
        if enrolment is None:
            return
        with self.may_refuse():
            reason = {} if way == "restore" else {"reason": "Хабар жоқ."}
            getattr(training, way)(enrolment=enrolment, by=self.by, **reason)

    @precondition(lambda self: self.course.state != "cancelled" and self.applied() > 12)  # nothing follows it
    @rule()
    def call_off(self) -> None:
        training.lead(run=self.course, way="cancel", by=self.by, reason="Боран.")
        assert not Applicant.objects.filter(run=self.pk, state__in=Applicant.LIVE).exists()
        assert not Enrolment.objects.filter(run=self.pk, state__in=Enrolment.LIVE).exists()

    # --- what holds after every step ---

    @invariant()
    def the_audit_finds_nothing(self) -> None:
        assert not [found for check in CHECKS for found in check()]

    @invariant()
    def nobody_sits_twice_and_no_seat_is_over(self) -> None:
        seated = Applicant.objects.filter(run=self.pk, state=A.ACCEPTED)
        named = [pk for pk in seated.values_list("person", flat=True) if pk]
        assert len(named) == len(set(named))
        assert seated.count() <= self.course.capacity
        enrolled = Enrolment.objects.filter(run=self.pk, state__in=(*Enrolment.LIVE, E.EXCUSED, E.NO_SHOW))
        assert set(named) <= set(enrolled.values_list("person", flat=True))

    @invariant()
    def the_ledger_is_only_added_to(self) -> None:
        lines = list(
            SeatMove.objects.filter(run=self.pk).order_by("pk").values_list("pk", "pool", "total_change", "taken_change", "applicant_id")
        )  # fmt: skip
        assert lines[: len(self.ledger)] == self.ledger
        self.ledger = lines

    @invariant()
    def what_is_over_stays_over_with_its_reason(self) -> None:
        ended = dict(Applicant.objects.filter(run=self.pk, state__in=ENDED).values_list("pk", "state"))
        assert ended | self.ended == ended
        self.ended = ended
        assert not Applicant.objects.filter(run=self.pk, state__in=(A.DECLINED, A.WITHDRAWN), reason="").exists()


def test_whatever_happens_seats_and_lists_stay_true(
    run: Callable[..., Run], people: Callable[[str, int], Any], account: Accounts, country: Country
) -> None:
    class OfThisCountry(Office):
        by = account("national")
        crowd = people("KZ-55", 12) + people("KZ-11", 8)
        units = [country(code) for code in ("KZ-55", "KZ-55-D02", "KZ-11")]
        open_run = staticmethod(run)

    run_state_machine_as_test(
        OfThisCountry,
        settings=settings(
            max_examples=30, stateful_step_count=25, deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a story of thirty verbs takes minutes
        ),
    )  # fmt: skip
