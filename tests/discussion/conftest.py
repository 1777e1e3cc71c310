"""A meeting with threads to talk in: its programme is released, somebody has a seat, somebody speaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest

from orken.discussion.models import Thread
from orken.meetings import services as meetings
from orken.meetings import threads
from orken.meetings.models import Talk
from orken.network.models import Appointment
from orken.training import services as training
from orken.training.models import Run
from tests.meetings.conftest import Accounts, meet, session_of

__all__ = ["meet"]


class Talked(NamedTuple):
    run: Run
    talk: Talk
    of_talk: Thread
    of_meeting: Thread


@pytest.fixture
def talked(meet: Callable[..., Run], account: Accounts) -> Talked:
    """Head of Mai speaks, the village librarian has a seat, Pavlodar's methodologist organises; the mentor is not there."""
    run, by = meet("M-TALKED"), account("pavlodar")
    session = session_of(run)
    who = meetings.name_person(run=run, person=account("head").person, by=by)
    meetings.put_section(run=run, titles={"title_kk": "Жалпы"}, moderators=[who], sessions=[session], by=by)
    talk = meetings.invite_talk(run=run, values={"title_kk": "Ауыстыру кестесі", "minutes": 15}, speakers=[who], by=by)
    meetings.place(
        run=run, session=session, starts_at=session.starts_at + timedelta(minutes=5), minutes=15, talk=talk, by=by
    )
    meetings.release(run=run, by=by)
    hers = Appointment.objects.at().get(person=account("village").person)
    training.apply(run=run, unit=hers.unit, lines=[training.Line(hers.person, hers.unit)], by=account("national"))
    found = [Thread.objects.get(source=source) for source in (threads.of_talk(talk.pk), threads.of_meeting(run))]
    return Talked(run, talk, *found)
