"""Putting the runs of the past down: rows in bulk, and the trail of what was done to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.kit.audit.models import AuditEvent
from orken.network.models import Unit
from orken.training.demo.history import SNOW, Held, called_off, moment, snowed_in
from orken.training.demo.plan import Past
from orken.training.demo.seating import Seat
from orken.training.models import (
    Applicant,
    Application,
    CostLine,
    Enrolment,
    Run,
    SeatMove,
    SeatPool,
    Session,
    Stop,
    Trainer,
)
from orken.training.pools import OPEN

A, E, S = Applicant.State, Enrolment.State, Run.State
COSTS = (("travel", 310000, 324500), ("per_diem", 126000, 126000), ("materials", 85000, 79200))


def write(runs: Sequence[Held], units: dict[str, Unit]) -> None:
    """Everything but attendance, results and questionnaires."""
    for held in runs:
        held.run.revision = 1 + len(list(steps(held)))
    bulk.insert(Run, [held.run for held in runs])
    _timetable(runs, units)
    by_path = {unit.path: unit for unit in units.values()}
    for held in runs:
        held.pools = {path: _pool(held, path, by_path.get(path)) for path in held.stock.total}
    bulk.insert(SeatPool, [pool for held in runs for pool in held.pools.values()])
    _applicants(runs, units)
    seats = [(held, seat) for held in runs for seat in held.seats if seat.accepted_at is not None]
    for held, seat in seats:
        assert seat.accepted_at is not None, "only who had a seat is enrolled"
        seat.enrolment = Enrolment(
            run=held.run, person=seat.person, applicant=seat.applicant, unit=seat.unit, post_id=seat.post_id,
            enrolled_at=seat.accepted_at, state=E.ENROLLED if seat.has_seat else E.WITHDRAWN, reason="" if seat.has_seat else seat.reason,
        )  # fmt: skip
    bulk.insert(Enrolment, [seat.enrolment for _held, seat in seats])
    bulk.insert(SeatMove, [move for held in runs for move in _moves(held)])


def _timetable(runs: Sequence[Held], units: dict[str, Unit]) -> None:
    for held in runs:
        for session in held.sessions:
            session.run = held.run
    sessions = [session for held in runs for session in held.sessions]
    bulk.insert(Session, sessions)
    through = Session.trainers.through
    bulk.insert(through, [through(session_id=session.pk, person_id=one.pk) for held in runs for session in held.sessions for one in held.trainers])  # fmt: skip
    bulk.insert(
        Trainer,
        [
            Trainer(run=held.run, person=one, state=Trainer.State.ACCEPTED, answered_at=held.run.created_at + timedelta(days=3 + n))
            for held in runs
            for n, one in enumerate(held.trainers)
        ],
    )  # fmt: skip
    stops = [
        Stop(run=held.run, place=n, unit=units[code], starts_on=held.past.first + timedelta(since), ends_on=held.past.first + timedelta(until))
        for held in runs
        for n, (code, since, until) in enumerate(held.past.stops, start=1)
    ]  # fmt: skip
    bulk.insert(Stop, stops)
    travelled = [held for held in runs if held.past.kind == "travelling"]
    bulk.insert(CostLine, [CostLine(run=held.run, kind=kind, estimate=estimate, actual=actual) for held in travelled for kind, estimate, actual in COSTS])  # fmt: skip


def _pool(held: Held, path: str, unit: Unit | None) -> SeatPool:
    released = None if path == OPEN else moment(held.past.until - timedelta(2), "05:00")
    return SeatPool(
        run=held.run, unit=unit, total=held.stock.total[path], taken=held.stock.taken[path],
        release_on=released.date() if released else None, released_at=released,
    )  # fmt: skip


def _applicants(runs: Sequence[Held], units: dict[str, Unit]) -> None:
    sent: dict[tuple[str, str], Application] = {}
    for held in runs:
        for seat in held.seats:
            key = (held.run.code, seat.sender)
            if key not in sent:
                sent[key] = Application(run=held.run, unit=units[seat.sender], by=held.by, created_at=seat.created_at)
    bulk.insert(Application, list(sent.values()))
    first: list[Seat] = []
    later: list[Seat] = []
    for held in runs:
        for seat in held.seats:
            seat.applicant = Applicant(
                application=sent[held.run.code, seat.sender], run=held.run, person=seat.person, unit=seat.unit, post_id=seat.post_id,
                state=seat.state, level=Applicant.Level.ORGANISER, pool=held.pools[seat.pool] if seat.pool is not None else None,
                reason=seat.reason, decided_at=seat.decided_at, waiting_since=seat.waiting_since, created_at=seat.created_at,
            )  # fmt: skip
            (later if seat.replaces else first).append(seat)
    bulk.insert(Applicant, [seat.applicant for seat in first])
    for seat in later:
        seat.applicant.replaces = seat.replaces.applicant if seat.replaces else None
    bulk.insert(Applicant, [seat.applicant for seat in later])


def _moves(held: Held) -> Iterator[SeatMove]:
    for move in held.stock.moves:
        yield SeatMove(
            run=held.run, pool=held.pools[move.pool], kind=move.kind, total_change=move.total, taken_change=move.taken,
            applicant_id=move.seat.applicant.pk if move.seat else None, by_id=held.by.pk, reason=move.reason[:300], at=move.at,
        )  # fmt: skip


# --- the trail ---

Step = tuple[str, datetime, dict[str, Any], dict[str, Any]]


def steps(held: Held) -> Iterator[Step]:
    """The way of the run through its states: verb, moment, before, after."""
    past, last = held.past, held.run.ends_on

    def led(way: str, at: datetime, before: str, after: str, reason: str = "") -> Step:
        return f"run.{way}", at, {"state": before}, {"state": after, "reason": reason}

    yield led("confirm", moment(past.until + timedelta(2), "10:00"), S.TENTATIVE, S.CONFIRMED)
    if past.moved:
        snow = snowed_in(past)
        yield led("loosen", snow, S.CONFIRMED, S.TENTATIVE, SNOW)
        yield "run.changed", snow + timedelta(hours=1), _days(past, last, past.moved), _days(past, last, 0)
        yield led("confirm", snow + timedelta(hours=2), S.TENTATIVE, S.CONFIRMED)
    if past.state == S.CANCELLED:
        yield led("cancel", called_off(past), S.CONFIRMED, S.CANCELLED, held.run.reason)
        return
    yield led("begin", moment(past.first, "08:30"), S.CONFIRMED, S.RUNNING)
    if past.state != S.RUNNING:
        yield led("assess", moment(last, "18:00"), S.RUNNING, S.ASSESSMENT)
    if held.over:
        yield led("close", moment(held.sat_on, "17:00"), S.ASSESSMENT, S.CLOSED)
    if past.state == S.ARCHIVED:
        yield led("archive", moment(date(last.year + 1, 2, 3), "11:00"), S.CLOSED, S.ARCHIVED)


def _days(past: Past, last: date, earlier: int) -> dict[str, str]:
    return {
        "starts_on": str(past.first - timedelta(earlier)),
        "ends_on": str(last - timedelta(earlier)),
        "apply_until": str(past.until + timedelta(past.moved - earlier)),
    }


def trail(runs: Iterable[Held]) -> Iterator[AuditEvent]:
    """Who did what to a run and to its applicants."""
    for held in runs:
        run, path = held.run, held.run.host.path
        yield audit.event("run.opened", run, by=held.by, scope_path=path, at=run.created_at, after={"code": run.code, "kind": run.kind, "seats": run.capacity})  # fmt: skip
        for code, number in held.past.pools:
            yield audit.event("seats.shared", run, by=held.by, scope_path=path, at=run.created_at + timedelta(days=1), before={"seats": 0}, after={"unit": code, "seats": number})  # fmt: skip
        for verb, at, before, after in steps(held):
            yield audit.event(verb, run, by=held.by, scope_path=path, at=at, before=before, after=after)
        sent: dict[int, list[Seat]] = {}
        for seat in held.seats:
            sent.setdefault(seat.applicant.application_id, []).append(seat)
            yield from _of_applicant(held, seat)
        for seats in sent.values():
            application = seats[0].applicant.application
            yield audit.event(
                "application.sent", application, by=held.by, scope_path=application.unit.path, at=application.created_at,
                after={"run": run.code, "unit": application.unit.code, "people": len(seats)},
            )  # fmt: skip


def _of_applicant(held: Held, seat: Seat) -> Iterator[AuditEvent]:
    one, path = seat.applicant, seat.unit.path
    if seat.accepted_at is not None:
        yield audit.event("applicant.accepted", one, at=seat.accepted_at, before={"state": A.SUBMITTED}, after={"state": A.ACCEPTED}, by=held.by, scope_path=path)  # fmt: skip
    if seat.state == A.REPLACED:
        new = next(other for other in held.seats if other.replaces is seat)
        yield audit.event("applicant.replaced", one, at=seat.decided_at, before={"person": seat.person.pk}, after={"person": new.person.pk, "reason": seat.reason}, by=held.by, scope_path=path)  # fmt: skip
    elif not seat.has_seat and held.run.state != S.CANCELLED:
        before = A.ACCEPTED if seat.accepted_at else A.SUBMITTED
        yield audit.event(f"applicant.{seat.state}", one, at=seat.decided_at, before={"state": before}, after={"state": seat.state, "reason": seat.reason}, by=held.by, scope_path=path)  # fmt: skip
