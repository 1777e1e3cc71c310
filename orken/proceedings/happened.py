"""What of the programme was held, and who took part: the one answer for the proceedings and the news (decision 0122)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from orken.live_room import selectors as room
from orken.meetings import selectors as meetings
from orken.meetings.models import Release, Slot, Talk
from orken.meetings.selectors.institutions import Figures
from orken.proceedings import selectors
from orken.proceedings.models import Proceedings
from orken.training.models import Run, Session

TOLD = (Slot.Kind.TALK, Slot.Kind.DISCUSSION)  # an opening or a break is told of by nobody


@dataclass(frozen=True)
class Place:
    """A talk or an exchange of opinions. `seen`: whether it was on stage, None where no room kept a record."""

    uid: str
    talk: int | None
    title: Mapping[str, str]
    seen: bool | None
    held: bool


@dataclass(frozen=True)
class Happened:
    """`until`: when the last session that still goes on is over; None when all are."""

    places: list[Place]
    figures: Figures
    until: datetime | None = None
    not_held: frozenset[str] = field(default_factory=frozenset)


def of_run(run: Run, prepared: Proceedings | None = None, release: Release | None = None) -> Happened:
    """A place was held when it stood on the stage of the room that was kept at its session; without such a room
    the programme itself is the record. A withdrawn talk and a cancelled session were not. The organiser's word outweighs all.
    """
    prepared = prepared or selectors.proceedings_of(run)
    was = room.record(run)
    places = _places(run, was, prepared, release or meetings.latest(run))
    figures = meetings.figures(
        meetings.meeting_of(run),
        held=True if was.kept and was.until is None else None,
        people=was.people,
        guests=was.guests,
    )
    return Happened(places, figures, was.until, frozenset(one.uid for one in places if not one.held))


def talks_not_held(run: Run) -> frozenset[int]:
    """Talks of the released programme that were not held, for whoever certifies their speakers."""
    places = _places(run, room.record(run), selectors.proceedings_of(run), meetings.latest(run))
    return frozenset(one.talk for one in places if one.talk is not None and not one.held)


def _places(run: Run, was: room.Record, prepared: Proceedings, release: Release | None) -> list[Place]:
    slots = [row for row in (release.slots if release is not None else ()) if row["kind"] in TOLD]
    fallen = (
        set(Talk.objects.filter(meeting=run.pk, state=Talk.State.WITHDRAWN).values_list("pk", flat=True))
        if slots
        else set()
    )
    gone = (
        set(Session.objects.filter(run=run, cancelled_at__isnull=False).values_list("pk", flat=True))
        if slots
        else set()
    )
    places = []
    for row in slots:
        seen = was.was_on_stage(row["session"], row["uid"])
        held = seen is not False and row["talk"] not in fallen and row["session"] not in gone
        places.append(Place(row["uid"], row["talk"], row["title"], seen, said_of(prepared, row["uid"], held)))
    return places


def said_of(prepared: Proceedings, uid: str, held: bool) -> bool:
    """The organiser's word, else what is known without it."""
    said: dict[str, Any] = prepared.said_held
    return bool(said.get(uid, held))
