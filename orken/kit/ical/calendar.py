"""Calendars that other programs read: one event or a whole feed, with the country's time zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, vCalAddress
from icalendar import Event as Entry

ZONE = ZoneInfo("Asia/Almaty")


@dataclass(frozen=True)
class Event:
    """Something in a calendar. `start` and `end` are aware moments, or both dates for whole days (`end` included).

    `uid` never changes for one thing; `sequence` grows with every change, so that calendars follow.
    """

    uid: str
    start: datetime | date
    end: datetime | date
    title: str
    updated: datetime
    place: str = ""
    text: str = ""
    url: str = ""
    cancelled: bool = False
    sequence: int = 0


PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"


@dataclass(frozen=True)
class Invitation:
    """Whom a letter invites (RFC 5546): the addresses of who holds it and of whom it is for."""

    organizer: str
    attendee: str


def calendar(events: Iterable[Event], *, name: str, language: str, method: str = PUBLISH) -> bytes:
    """The events as an iCalendar file (RFC 5545)."""
    return _file([_entry(event, language) for event in events], name, language, method)


def invitation(events: Iterable[Event], *, name: str, language: str, to: Invitation, method: str = REQUEST) -> str:
    """The events as the part of a letter that a calendar takes in: REQUEST puts them there or moves them, CANCEL takes
    them out. The same `uid` with a higher `sequence` is never a second event.
    """
    entries = []
    for event in events:
        entry = _entry(event, language)
        entry.add("organizer", vCalAddress(f"mailto:{to.organizer}"))
        asked = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
        entry.add("attendee", vCalAddress(f"mailto:{to.attendee}"), parameters=asked)
        entries.append(entry)
    return _file(entries, name, language, method).decode()


def _file(entries: Iterable[Entry], name: str, language: str, method: str) -> bytes:
    whole = Calendar()
    whole.add("prodid", "-//Orken//Calendar//KK")
    whole.add("version", "2.0")
    whole.add("method", method)
    whole.add("x-wr-calname", name, parameters={"LANGUAGE": language})
    for entry in entries:
        whole.add_component(entry)
    whole.add_missing_timezones()
    return bytes(whole.to_ical())


def _entry(event: Event, language: str) -> Entry:
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("dtstamp", event.updated)
    entry.add("last-modified", event.updated)
    entry.add("sequence", event.sequence)
    if isinstance(event.start, datetime) and isinstance(event.end, datetime):
        if event.start.tzinfo is None or event.end.tzinfo is None:
            raise ValueError("moments of a calendar carry their zone")
        entry.add("dtstart", event.start.astimezone(ZONE))
        entry.add("dtend", event.end.astimezone(ZONE))
    else:
        entry.add("dtstart", event.start)
        # The end of whole days is the first day without them.
        entry.add("dtend", date.fromordinal(event.end.toordinal() + 1))
    entry.add("summary", event.title, parameters={"LANGUAGE": language})
    for field, value in (("location", event.place), ("description", event.text), ("url", event.url)):
        if value:
            entry.add(field, value)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    return entry
