"""What the rooms of a run saw: which places of the programme stood on their stages, whether they are over, who was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from orken.live_room.models import Interval, Room, Step
from orken.training.models import Mark, Run, Session

BESIDE = timedelta(hours=1)  # a room that was open further from the hours of its session was tried out, nothing more


@dataclass(frozen=True)
class Record:
    """`kept`: sessions whose room had its doors open in their hours; only these say what was not held.

    `staged`: places (by their uid) that stood on stage then. `until`: the end of the last session that still goes on,
    None when all are over. `people` and `guests` were there and stand in no attendance sheet yet (`services/feeding.py`).
    """

    kept: frozenset[int] = frozenset()
    staged: frozenset[str] = frozenset()
    until: datetime | None = None
    people: frozenset[int] = frozenset()
    guests: frozenset[int] = frozenset()

    def was_on_stage(self, session: int, uid: str) -> bool | None:
        """None where no room kept a record."""
        return uid in self.staged if session in self.kept else None


def going_on(now: datetime) -> Q:
    """Sessions that are not over: their hours have not passed and no moderator has ended their room."""
    return Q(cancelled_at=None, ends_at__gt=now) & (Q(live_room=None) | ~Q(live_room__state=Room.State.OVER))


def record(run: Run) -> Record:
    """Of all sessions of a run; five queries at most."""
    until = Session.objects.filter(going_on(timezone.now()), run=run).order_by("-ends_at").values_list("ends_at", flat=True).first()  # fmt: skip
    rooms = Room.objects.filter(
        session__run=run, session__cancelled_at=None, opened_at__lt=F("session__ends_at") + BESIDE
    )
    rooms = rooms.filter(
        Q(ended_at=None) | ~Q(state=Room.State.OVER) | Q(ended_at__gt=F("session__starts_at") - BESIDE)
    )
    kept = list(rooms.values_list("pk", "fed_at"))
    if not kept:
        return Record(until=until)
    steps = Step.objects.filter(
        ~Q(room__state=Room.State.OVER) | Q(at__lte=F("room__ended_at")), room__in=[pk for pk, _fed in kept], slot__isnull=False,
        at__gte=F("room__opened_at"),
    ).filter(at__gte=F("room__session__starts_at") - BESIDE)  # fmt: skip
    staged = frozenset(str(uid) for uid in steps.values_list("slot__uid", flat=True).distinct())
    people, guests = _waiting([pk for pk, fed in kept if fed is None])
    return Record(frozenset(pk for pk, _fed in kept), staged, until, people, guests)


def _waiting(rooms: list[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Whose presence no sheet has: what a hand has marked meanwhile stands."""
    if not rooms:
        return frozenset(), frozenset()
    there = Interval.objects.filter(room__in=rooms, ended_at__gt=F("room__session__starts_at"), begun_at__lt=F("room__session__ends_at"))  # fmt: skip
    rows = set(there.values_list("room", "person", "guest"))
    marks = Mark.objects.filter(session__in=rooms, superseded_at=None, enrolment__isnull=False)
    marked = set(marks.values_list("session", "enrolment__person"))
    people = {person for room, person, _guest in rows if person and (room, person) not in marked}
    return frozenset(people), frozenset(guest for _room, _person, guest in rows if guest)
