"""The timetable as a grid: a column a day, a row a quarter of an hour, pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from orken.training.models import Session
from orken.training.selectors import Day

QUARTER = 15  # minutes of one row


@dataclass(frozen=True)
class Box:
    """A session in the grid: `row` and `rows` are quarters from the first hour shown."""

    session: Session
    row: int
    rows: int

    @property
    def starts(self) -> datetime:
        return timezone.localtime(self.session.starts_at)


@dataclass(frozen=True)
class Column:
    on: date
    boxes: list[Box]


@dataclass(frozen=True)
class Grid:
    """`hours` are the full hours from the first to the last that a session touches."""

    columns: list[Column]
    hours: list[int]

    @property
    def rows(self) -> int:
        return len(self.hours) * 60 // QUARTER


def grid(days: Sequence[Day]) -> Grid:
    """The days side by side over the same hours; empty without sessions."""
    moments = [
        (timezone.localtime(session.starts_at), timezone.localtime(session.ends_at))
        for day in days
        for session in day.sessions
    ]
    if not moments:
        return Grid([], [])
    first = min(8, *(start.hour for start, _end in moments))
    last = max(18, *(end.hour + (end.minute > 0) for _start, end in moments))
    columns = []
    for day in days:
        boxes = []
        for session in day.sessions:
            start = timezone.localtime(session.starts_at)
            row = ((start.hour - first) * 60 + start.minute) // QUARTER
            boxes.append(Box(session, row + 1, max(1, session.minutes // QUARTER)))
        columns.append(Column(day.on, boxes))
    return Grid(columns, list(range(first, last)))
