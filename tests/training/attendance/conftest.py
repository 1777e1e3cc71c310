"""A run that is being held, with people and sessions, to keep its sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from orken.network.models import Unit
from orken.people.models import Account, Person
from orken.training import services as training
from orken.training.attendance import services
from orken.training.attendance.services import Line, Written
from orken.training.models import Enrolment, Mark, Run, Session, Trainer
from tests.training.attendance.phones import Phone
from tests.training.conftest import Accounts, today


@dataclass
class Held:
    """A run of yesterday and today: two sessions of 90 minutes behind us, one tomorrow."""

    run: Run
    sessions: list[Session]
    seats: list[Enrolment]
    trainer: Account

    def who(self, place: int = 0) -> str:
        return f"e{self.seats[place].pk}"

    def write(
        self, state: str, *, place: int = 0, session: int = 0, by: Account | None = None, **given: Any
    ) -> Written:
        line = Line(self.sessions[session].pk, self.who(place), state, **{"uid": uuid4(), **given})
        return services.write(run=self.run, lines=[line], by=by or self.trainer)[0]

    def standing(self, place: int = 0, session: int = 0) -> Mark | None:
        rows = Mark.objects.filter(session=self.sessions[session], enrolment=self.seats[place])
        return rows.filter(aside=False, superseded_at=None).first()


def moment(days: int, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(today() + timedelta(days), time(hour, minute)))


@pytest.fixture
def held(
    run: Callable[..., Run], account: Accounts, people: Callable[[str, int], Sequence[tuple[Person, Unit]]]
) -> Callable[..., Held]:
    def made(code: str = "HELD-1", many: int = 3) -> Held:
        first = today() - timedelta(1)
        course = run(code, capacity=max(many, 3), starts_on=first, ends_on=first + timedelta(3), apply_until=today())
        national, trainer = account("national"), account("trainer")
        asked = training.invite_trainer(run=course, person=trainer.person, by=None)
        training.answer_invitation(trainer=asked, state=Trainer.State.ACCEPTED, by=national)
        sessions = [
            training.add_session(
                run=course, by=None, starts_at=moment(days, hour), ends_at=moment(days, hour, 0) + timedelta(minutes=90), title_kk=f"Сабақ {days} {hour}"
            )
            for days, hour in ((-1, 9), (-1, 11), (1, 9))
        ]  # fmt: skip
        chosen = people("KZ-55", many)
        lines = [training.Line(person, unit) for person, unit in chosen]
        paper = training.apply_as_known(run=course, unit=chosen[0][1], by=national, lines=lines)
        for applicant in paper.applicants.order_by("pk"):
            training.accept(applicant=applicant, by=national)
        Run.objects.filter(pk=course.pk).update(state=Run.State.RUNNING)
        course.refresh_from_db()
        return Held(course, sessions, list(Enrolment.objects.filter(run=course).order_by("pk")), trainer)

    return made


@pytest.fixture
def phones(held: Callable[..., Held], account: Accounts) -> tuple[Held, Phone, Phone]:
    made = held()
    return made, Phone(made, made.trainer), Phone(made, account("national"))
