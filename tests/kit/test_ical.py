"""Calendars that other programs read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest

from orken.kit.ical.calendar import Event, calendar

NOW = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)


def only(file: bytes) -> Any:
    found = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert len(found) == 1
    return found[0]


def test_a_moment_carries_the_zone_of_the_country() -> None:
    event = Event(
        "run-1@orken",
        datetime(2026, 4, 7, 4, 0, tzinfo=UTC),
        datetime(2026, 4, 7, 10, 0, tzinfo=UTC),
        "Шеберлік сыныбы; 1, «а»",
        NOW,
        place="Павлодар",
        url="https://orken.example/1",
    )
    file = calendar([event], name="Өркен", language="kk")
    found = only(file)
    assert found["dtstart"].dt.isoformat() == "2026-04-07T09:00:00+05:00"
    assert found["summary"] == event.title
    assert icalendar.Calendar.from_ical(file).walk("VTIMEZONE")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


def test_whole_days_end_on_the_day_after_and_a_cancelled_event_says_so() -> None:
    found = only(
        calendar(
            [Event("run-2@orken", date(2026, 4, 7), date(2026, 4, 9), "Семинар", NOW, cancelled=True, sequence=3)],
            name="Өркен",
            language="kk",
        )
    )
    assert (found["dtstart"].dt, found["dtend"].dt) == (date(2026, 4, 7), date(2026, 4, 10))
    assert (found["status"], found["sequence"]) == ("CANCELLED", 3)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        calendar([Event("x", datetime(2026, 4, 7), datetime(2026, 4, 8), "Х", NOW)], name="Ө", language="kk")
