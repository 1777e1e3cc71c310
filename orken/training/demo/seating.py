"""Who came to the runs of the past, and how the seats moved: by the stated rule, line by line, before anything is written."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from orken.network.models import Appointment, Unit
from orken.people.models import Person
from orken.training import pools
from orken.training.models import Applicant, Enrolment, SeatMove
from orken.training.pools import OPEN

A, K = Applicant.State, SeatMove.Kind
DECLINED = (
    "Бұл тақырыпта былтыр оқыған.",
    "Бағдарлама басқа лауазымға арналған.",
    "В этом году уже направлена на другой курс.",
)
LEFT = ("Науқастанып қалды.", "Кітапханада алмастыратын адам жоқ.", "Отпуск совпал с днями занятий.")
NO_SEAT = "Орын болмады: келесі топқа өтінім беріңіз."
OVER_QUOTA = "Облыстың квотасы толды, бос орын қалмады."
REPLACED = "Орнына әріптесі барады."


@dataclass
class Seat:
    """A line of an application on its way: who, from where, when it came, what became of it."""

    person: Person
    unit: Unit
    post_id: int
    sender: str  # code of the library that sent the application
    created_at: datetime
    state: str = A.WAITING
    pool: str | None = None  # path of the pool that the seat is of
    reason: str = ""
    decided_at: datetime | None = None
    accepted_at: datetime | None = None
    waiting_since: datetime | None = None
    replaces: Seat | None = None
    certain: bool = False  # the plan asks for her: she came and is lucky
    there: int = 0  # minutes at the sessions
    missing: str = ""  # excused, or did not come
    missing_because: str = ""
    answered: bool | None = None  # the questionnaire; None: she was not asked
    applicant: Applicant = field(init=False)
    enrolment: Enrolment = field(init=False)

    @property
    def has_seat(self) -> bool:
        return self.state == A.ACCEPTED


@dataclass(frozen=True)
class Move:
    """A line of the ledger; `pool` is a path."""

    kind: str
    pool: str
    at: datetime
    total: int = 0
    taken: int = 0
    seat: Seat | None = None
    reason: str = ""


class Stock:
    """The pools of a run with every move. Who waits moves up by `pools.move_up` as soon as a seat is free for her."""

    def __init__(self, capacity: int, at: datetime) -> None:
        self.total, self.taken = {OPEN: 0}, {OPEN: 0}
        self.moves: list[Move] = []
        self.waiting: list[Seat] = []
        self._move(Move(K.CAPACITY, OPEN, at, total=capacity))

    def _move(self, move: Move) -> None:
        self.total[move.pool] += move.total
        self.taken[move.pool] += move.taken
        self.moves.append(move)

    def _pools(self) -> list[pools.Pool]:
        return [pools.Pool(n, path, self.total[path] - self.taken[path]) for n, path in enumerate(self.total)]

    def share(self, path: str, seats: int, at: datetime) -> None:
        self.total[path] = self.taken[path] = 0
        self._move(Move(K.SHARED, OPEN, at, total=-seats))
        self._move(Move(K.SHARED, path, at, total=seats))

    def ask(self, seat: Seat, at: datetime) -> None:
        seat.state, seat.waiting_since, seat.decided_at = A.WAITING, at, at
        self.waiting.append(seat)
        self.fill(at)

    def fill(self, at: datetime) -> None:
        paths = list(self.total)
        asked = [pools.Waiting(n, seat.unit.path, 1, seat.waiting_since or at) for n, seat in enumerate(self.waiting)]
        for n, where in pools.move_up(self._pools(), asked):
            seat = self.waiting[n]
            self._take(seat, paths[where], at)
        self.waiting = [seat for seat in self.waiting if not seat.has_seat]

    def _take(self, seat: Seat, pool: str, at: datetime) -> None:
        self._move(Move(K.TAKEN, pool, at, taken=1, seat=seat))
        seat.state, seat.pool, seat.waiting_since = A.ACCEPTED, pool, None
        seat.decided_at = seat.accepted_at = at

    def leave(self, seat: Seat, state: str, reason: str, at: datetime) -> None:
        """Her seat goes back; whoever waits gets it. `state`: how her application ends."""
        assert seat.pool is not None, "only a seat is given back"
        self._move(Move(K.GIVEN_BACK, seat.pool, at, taken=-1, seat=seat, reason=reason))
        seat.state, seat.pool, seat.reason, seat.decided_at = state, None, reason, at
        if state == A.WITHDRAWN:
            self.fill(at)

    def hand_over(self, old: Seat, new: Seat, at: datetime) -> None:
        """Given back and taken in one step; `new` stands in the application of `old`."""
        assert old.pool is not None, "only a seat is handed over"
        pool = old.pool
        self.leave(old, A.REPLACED, REPLACED, at)
        new.replaces = old
        self._take(new, pool, at)

    def release(self, path: str, at: datetime) -> None:
        """What is free in the pool goes up to the open one."""
        if free := self.total[path] - self.taken[path]:
            self._move(Move(K.RELEASED, path, at, total=-free))
            self._move(Move(K.RELEASED, OPEN, at, total=free))
        self.fill(at)

    def turn_away(self, reason: str, at: datetime) -> None:
        """The run begins: who still waits is told no."""
        for seat in self.waiting:
            seat.state, seat.waiting_since, seat.reason, seat.decided_at = A.DECLINED, None, reason, at
        self.waiting = []


class Cast:
    """Everybody who works in a library, with the days on which she is away and how often she has learned."""

    def __init__(self, posts: Iterable[Appointment], chance: random.Random) -> None:
        self.posts = list(posts)
        self.chance = chance
        self.away: dict[int, list[tuple[date, date]]] = defaultdict(list)
        self.learned: dict[int, int] = defaultdict(int)
        self.heard: dict[int, set[str]] = defaultdict(set)
        self.eager = {one.person_id: chance.random() for one in self.posts}  # the same people go again and again

    def free(self, person: int, first: date, last: date) -> bool:
        return all(last < since or first > until for since, until in self.away[person])

    def take(self, person: int, first: date, last: date) -> None:
        self.away[person].append((first, last))

    def at_work(self, on: date) -> dict[int, Appointment]:
        """The post of each on that day, the main one before any other."""
        found: dict[int, Appointment] = {}
        for one in self.posts:
            if one.valid_from <= on and (one.valid_to is None or on < one.valid_to):
                found.setdefault(one.person_id, one)
        return found

    def choose(self, what: str, paths: Sequence[str], number: int, first: date, last: date, prefer: Sequence[str], besides: Iterable[int] = ()) -> list[Appointment]:  # fmt: skip
        """So many of the units at `paths` who are free: whose post it is for, who did not hear it, who is eager or learned little."""
        left_out = set(besides)
        rows = [
            one
            for one in self.at_work(first - timedelta(49)).values()
            if one.unit.path.startswith(tuple(paths)) and one.person_id not in left_out
            and one.employment == Appointment.Employment.MAIN and self.free(one.person_id, first, last)
        ]  # fmt: skip
        rank = {one.pk: self.chance.random() for one in rows}
        rows.sort(key=lambda one: (what in self.heard[one.person_id], one.post.code not in prefer, self.learned[one.person_id] + 1.5 * rank[one.pk] - 4 * self.eager[one.person_id], one.pk))  # fmt: skip
        chosen = rows[:number]
        self.noted(what, chosen, first, last)
        return chosen

    def noted(self, what: str, chosen: Iterable[Appointment], first: date, last: date) -> None:
        for one in chosen:
            self.take(one.person_id, first, last)
            self.learned[one.person_id] += 1
            self.heard[one.person_id].add(what)
