"""Runs and sessions as calendars for other programs: a change updates what was fetched before, never doubles it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.kit.i18n.content import text_of
from orken.kit.ical.calendar import CANCEL, REQUEST, Event, Invitation, calendar, invitation
from orken.training.models import Run, Session


def runs_feed(runs: Iterable[Run], language: str, origin: str) -> bytes:
    """Whole days for each run; a cancelled one stays in the feed and says so."""
    return calendar(
        (_run(run, language, origin) for run in runs), name=_("Orken: courses and meetings"), language=language
    )


def sessions_feed(run: Run, sessions: Iterable[Session], language: str, origin: str) -> bytes:
    """The timetable of one run, cancelled sessions too, so that calendars take them out."""
    name = text_of(run, "title", language).value
    return calendar((_session(run, one, language, origin) for one in sessions), name=name, language=language)


def invite(run: Run, sessions: Iterable[Session], language: str, to: str, *, cancel: bool = False) -> str:
    """The part of a letter for her calendar: the sessions, or the days of a run that has none yet. Empty without an address."""
    if not to:
        return ""
    held = list(sessions)
    events = (
        [_session(run, one, language, settings.SITE_ADDRESS) for one in held]
        if held
        else [_run(run, language, settings.SITE_ADDRESS)]
    )
    return invitation(
        [replace(event, cancelled=event.cancelled or cancel) for event in events],
        name=text_of(run, "title", language).value,
        language=language,
        to=Invitation(organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1], attendee=to),
        method=CANCEL if cancel else REQUEST,
    )


def _run(run: Run, language: str, origin: str) -> Event:
    where = " → ".join(stop.unit.name for stop in run.stops.all()) or (run.place.name if run.place else run.host.name)
    return Event(
        uid=f"run-{run.code}@orken",
        start=run.starts_on,
        end=run.ends_on,
        title=text_of(run, "title", language).value,
        updated=timezone.now().astimezone(UTC) if run.pk is None else _moment(run.created_at),
        place=where,
        text=str(run.get_kind_display()),
        url=f"{origin}{reverse('training:run', args=[run.code])}",
        sequence=run.revision - 1,
        cancelled=run.state == Run.State.CANCELLED,
    )


def _session(run: Run, session: Session, language: str, origin: str) -> Event:
    return Event(
        uid=f"{session.uid}@orken",
        start=session.starts_at,
        end=session.ends_at,
        title=text_of(session, "title", language).value,
        updated=_moment(session.changed_at),
        place=session.room.name if session.room else "",
        text=text_of(run, "title", language).value,
        url=f"{origin}{reverse('training:run', args=[run.code])}",
        sequence=session.sequence,
        cancelled=session.cancelled_at is not None,
    )


def _moment(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
