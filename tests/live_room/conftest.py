"""Rooms to meet in: a meeting of today with a released programme, people with seats, an open door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import timezone as fixed
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orken.live_room import services as rooms
from orken.live_room.models import Participant, Room
from orken.meetings import services as meetings
from orken.meetings.models import Talk
from orken.network.models import Appointment, Unit
from orken.people.models import Account
from orken.training import services as training
from orken.training.models import Enrolment, Run, Session
from tests.meetings.conftest import WORDS, invited, speaker

Country = Callable[[str], Unit]
Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What was read for one test's room is no concern of the next: rows that were rolled back give their numbers again."""
    cache.clear()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """A meeting that began half an hour ago lies within one day whenever the tests run: they live where it is noon."""
    with timezone.override(fixed(timedelta(hours=12 - timezone.now().astimezone(UTC).hour))):
        yield


@dataclass(frozen=True)
class Hall:
    """A room with its run; `pavlodar` moderates, `head` gives the talk, `village` and `student` listen."""

    run: Run
    session: Session
    talk: Talk
    uids: list[str]

    @property
    def room(self) -> Room:
        return Room.objects.select_related("session__run__host", "slot", "deck").get(pk=self.session.pk)

    def address(self, page: str = "room", *more: object) -> str:
        return reverse(f"live_room:{page}", args=[self.run.code, self.session.pk, *more])

    def place(self, account: Account) -> Participant:
        return Participant.objects.get(room=self.session.pk, person=account.person_id)


def seat(run: Run, account: Account) -> Enrolment:
    """She has a seat of the run."""
    where = Appointment.objects.at().filter(person=account.person_id).order_by("pk").first()
    unit = where.unit if where is not None else Unit.objects.get(code="KZ-55-LIB")
    training.apply_as_known(run=run, unit=unit, lines=[training.Line(account.person, unit)], by=account)
    return Enrolment.objects.get(run=run, person=account.person_id)


@pytest.fixture
def hall(country: Country, account: Accounts) -> Callable[..., Hall]:
    """`hall()` is a meeting that goes on now: begun half an hour ago, two hours long, an opening, two talks, an exchange of opinions."""

    def made(code: str = "LIVE-1", *, open_now: bool = True, seats: tuple[str, ...] = ("village", "student"), begun: timedelta = timedelta(minutes=30), **values: Any) -> Hall:  # fmt: skip
        now = timezone.now().replace(second=0, microsecond=0)
        begins = _same_day(now - begun)
        day = timezone.localdate(begins)
        words: dict[str, Any] = {**WORDS, **values}
        run = training.open_run(
            code=code, kind="meeting", host=country("KZ-55-LIB"), capacity=100, form="live", languages=["kk", "ru"], starts_on=day, ends_on=day,
            apply_until=day, deciding="at_once", by=None, **words,
        )  # fmt: skip
        session = training.add_session(
            run=run,
            by=None,
            starts_at=begins,
            ends_at=begins + timedelta(hours=2),
            title_kk="Баяндамалар",
            title_ru="Доклады",
        )
        chair = speaker(run, "Төрағаева")
        meetings.put_section(run=run, titles={"title_kk": "Жалпы"}, moderators=[chair], sessions=[session], by=None)
        hers = meetings.name_person(run=run, person=account("head").person, by=account("pavlodar"))
        talk = invited(run, hers, title="Оқырман мен кітапхана", title_ru="Читатель и библиотека")
        other = invited(run, speaker(run), title="Білікті кадрлар")
        at = meetings.place(run=run, session=session, starts_at=begins, minutes=10, kind="opening", by=None).ends_at
        for one in (talk, other):
            at = meetings.place(run=run, session=session, starts_at=at, minutes=20, talk=one, by=None).ends_at
        meetings.place(run=run, session=session, starts_at=at, minutes=40, kind="discussion", by=None)
        release = meetings.release(run=run, by=None)
        for login in seats:
            seat(run, account(login))
        Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING)
        session = Session.objects.get(pk=session.pk)
        session.run = Run.objects.select_related("host").get(pk=run.pk)
        found = Hall(session.run, session, talk, [row["uid"] for row in release.slots])
        rooms.arrange(session=session, values={"provider": "text"}, by=None)
        if open_now:
            rooms.go(session=session, way="open", by=None)
            for login in ("pavlodar", "head", *seats):
                rooms.come(session=session, by=account(login))
        return found

    return made


def _same_day(moment: datetime) -> datetime:
    """A session does not run over midnight, whenever the tests do."""
    local, now = timezone.localtime(moment), timezone.localtime()
    if local.date() < now.date() and now - local < timedelta(hours=2):
        local = now.replace(hour=0, minute=1, second=0, microsecond=0)  # just past midnight it goes on all the same
    first, last = local.replace(hour=0, minute=1), local.replace(hour=21, minute=55)
    return min(max(local, first), last)
