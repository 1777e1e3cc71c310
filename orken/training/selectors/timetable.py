"""Sessions by day, and where they stand against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils import timezone

from orken.people.models import Person
from orken.training.holidays import is_holiday
from orken.training.models import Run, Session


@dataclass(frozen=True)
class Day:
    """The sessions of one day."""

    on: date
    sessions: list[Session]


def people_of(run: Run, *, also: int | None = None) -> dict[int, Any]:
    """Everybody whom pages of the run name, by id, in Kazakh order: who was asked to teach (`asked`: her state as a trainer,

    None for others), who teaches a session, and the reader `also`. One query.
    """
    sitting = Session.trainers.through.objects.filter(session__run=run).values("person")
    rows = (
        Person.objects.annotate(invited=FilteredRelation("taught_runs", condition=Q(taught_runs__run=run)))
        .annotate(asked=F("invited__state"))
        .filter(Q(invited__isnull=False) | Q(pk__in=sitting) | Q(pk=also))
        .order_by("sort_kk", "pk")
    )
    return {person.pk: person for person in rows}


def sessions_of(run: Run, people: Mapping[int, Person] | None = None) -> list[Session]:
    """The sessions in the order of time, each with who teaches it; one query when the people are known, else two."""
    return _with_teachers(Session.objects.filter(run=run), people_of(run) if people is None else people)


def _with_teachers(rows: QuerySet[Session], people: Mapping[int, Person]) -> list[Session]:
    """Those that stand, in the order of time: a row of the query is a session with one of its teachers."""
    found: dict[int, Session] = {}
    for row in (
        rows.filter(cancelled_at=None)
        .select_related("room")
        .annotate(teacher=F("trainers"))
        .order_by("starts_at", "pk", "trainers__sort_kk", "teacher")
    ):
        session = found.setdefault(row.pk, row)
        if session is row:
            session.teaching = []
        if row.teacher in people:
            session.teaching.append(people[row.teacher])
    return list(found.values())


def days_of(sessions: Iterable[Session]) -> list[Day]:
    days: dict[date, list[Session]] = {}
    for session in sessions:
        days.setdefault(timezone.localtime(session.starts_at).date(), []).append(session)
    return [Day(on, found) for on, found in days.items()]


@dataclass(frozen=True)
class Remark:
    """A session that stands well by the rules and yet should be looked at before the day comes."""

    session: Session
    holiday: bool
    too_small: bool  # the room has fewer seats than the run


def remarks(run: Run, days: Sequence[Day]) -> list[Remark]:
    """Sessions on a public holiday, or in a room that does not hold the run; no query beyond those of the days."""
    found = []
    for day in days:
        for session in day.sessions:
            holds = session.room.seats if session.room else 0
            remark = Remark(session, is_holiday(day.on), 0 < holds < run.capacity)
            if remark.holiday or remark.too_small:
                found.append(remark)
    return found


@dataclass(frozen=True)
class Clash:
    """Two sessions at once that share a room or a trainer."""

    one: Session
    other: Session
    room: bool
    people: list[Person]


def clashes(run: Run, sessions: Sequence[Session] | None = None) -> list[Clash]:
    """Where sessions of this run stand against others of any run, in the order of time; one query when ours are known."""
    ours = list(sessions_of(run)) if sessions is None else sessions
    if not ours:
        return []
    for one in ours:
        one.run = run
    first, last = min(one.starts_at for one in ours), max(one.ends_at for one in ours)
    around = (
        Session.objects.filter(starts_at__lt=last, ends_at__gt=first)
        .exclude(run__state__in=(Run.State.CANCELLED, Run.State.ARCHIVED))
        .select_related("run")
    )
    others = _with_teachers(around, {who.pk: who for one in ours for who in one.teaching})
    found = []
    for one in ours:
        for other in others:
            if other.pk == one.pk or (other.run_id == run.pk and other.pk < one.pk):
                continue
            if other.starts_at >= one.ends_at or other.ends_at <= one.starts_at:
                continue
            room = one.room_id is not None and one.room_id == other.room_id
            people = [who for who in one.teaching if who in other.teaching]
            if room or people:
                found.append(Clash(one, other, room, people))
    return found
