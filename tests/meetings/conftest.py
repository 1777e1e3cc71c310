"""Meetings to try the programme on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from orken.meetings import services as meetings
from orken.meetings.models import Speaker, Talk
from orken.network.models import Unit
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Run, Session

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]
Meet = Callable[..., Run]
WORDS = {"title_kk": "Ауыл кітапханасы", "title_ru": "Сельская библиотека", "title_en": "The village library"}


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def meet(country: Country, account: Accounts) -> Meet:
    """`meet("M-1")` is an online meeting of Pavlodar's library in a month, with one session of two hours."""

    def opened(code: str = "M-1", **values: Any) -> Run:
        first = values.pop("first", today() + timedelta(30))
        given: dict[str, Any] = {
            "kind": "meeting", "host": country("KZ-55-LIB"), "capacity": 100, "form": "live", "languages": ["kk", "ru"], "starts_on": first,
            "ends_on": first, "apply_until": first - timedelta(1), "deciding": "at_once", "by": None, **WORDS,
        }  # fmt: skip
        run = training.open_run(code=code, **{**given, **values})
        sitting(run)
        return run

    return opened


def sitting(run: Run, hour: int = 10, hours: int = 2, title: str = "Баяндамалар") -> Session:
    begins = timezone.make_aware(datetime.combine(run.starts_on, time(hour)))
    return training.add_session(
        run=run, by=None, starts_at=begins, ends_at=begins + timedelta(hours=hours), title_kk=title
    )


def session_of(run: Run) -> Session:
    return Session.objects.filter(run=run).order_by("starts_at")[0]


def speaker(run: Run, surname: str = "Жумабаева", **values: Any) -> Speaker:
    return meetings.name_speaker(run=run, values={"surname_kk": surname, "given_kk": "Әсем", **values}, by=None)


def invited(run: Run, *speakers: Speaker, title: str = "Оқырман мен кітапхана", **values: Any) -> Talk:
    return meetings.invite_talk(
        run=run, values={"title_kk": title, "minutes": 15, **values}, speakers=speakers, by=None
    )


def call(run: Run, days: int = 10) -> None:
    """Talks are taken for so many days."""
    meetings.tell_of(run=run, values={"call_until": today() + timedelta(days), "call_kk": "Баяндама күтеміз."}, by=None)


@pytest.fixture
def ready(meet: Meet, account: Accounts) -> Callable[..., Run]:
    """`ready("M-1", talks=2)`: a programme that can be released: a section with its moderator, an opening, so many talks."""

    def made(code: str = "M-1", talks: int = 1, **values: Any) -> Run:
        run = meet(code, **values)
        session, chair = session_of(run), speaker(run, "Төрағаева")
        meetings.put_section(
            run=run, titles={"title_kk": "Жалпы отырыс"}, moderators=[chair], sessions=[session], by=None
        )
        at = meetings.place(
            run=run, session=session, starts_at=session.starts_at, minutes=10, kind="opening", by=None
        ).ends_at
        for n in range(talks):
            talk = invited(run, speaker(run, f"Баяндамашы-{n}"), title=f"Баяндама {n}")
            at = meetings.place(run=run, session=session, starts_at=at, minutes=15, talk=talk, by=None).ends_at
        return run

    return made
