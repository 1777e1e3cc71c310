"""A run with three learners, and exercises to sit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from orken.attempts import services
from orken.attempts.models import Attempt, AttemptItem
from orken.attempts.services import Line, Written
from orken.network.models import Appointment, Unit
from orken.people.models import Account
from orken.questions import services as questions
from orken.questions.demo.answers import answer
from orken.questions.models import Exercise, ExerciseVersion, Question
from orken.training import services as training
from orken.training.models import Run
from tests.training.conftest import run  # noqa: F401 - a fixture

Accounts = Callable[[str], Account]


@pytest.fixture
def place(run: Callable[..., Run], account: Accounts) -> str:  # noqa: F811 - the fixture of that name
    """«training.run:SAT-1»: the village librarian, the head and the mentor have seats, the National Library organises."""
    made = run("SAT-1", capacity=10, deciding="at_once")
    lines = []
    for login in ("village", "head", "mentor"):
        hers = Appointment.objects.at().filter(person=account(login).person).select_related("unit").first()
        assert hers is not None, f"{login} works somewhere"
        lines.append(training.Line(account(login).person, hers.unit))
    for line in lines:
        training.apply(run=made, unit=line.unit, lines=[line], by=account("national"))
    return "training.run:SAT-1"


@pytest.fixture
def exercise(country: Callable[[str], Unit], account: Accounts) -> Callable[..., Exercise]:
    """`exercise("E-1", ["question.choice"], minutes=30)`: published, one question of the demo's bank for each kind."""

    def made(code: str = "E-1", kinds: tuple[str, ...] = ("question.choice", "question.short"), **rules: Any) -> Exercise:  # fmt: skip
        found = questions.create_exercise(
            code=code, unit=country("NL-VIRTUAL"), fields={"title_kk": "Сынақ", **rules}, by=None
        )
        assert found.draft is not None
        for place_, kind in enumerate(kinds):
            used = [slot.question_id for slot in found.draft.slots.all() if slot.question_id]
            question = (
                Question.objects.filter(kind=kind).exclude(published=None).exclude(pk__in=used).order_by("pk").first()
            )
            assert question is not None, f"the demo has a question of the kind {kind}"
            questions.add_slot(version=found.draft, by=None, revision=1 + place_, question=question)
        found = Exercise.objects.get(pk=found.pk)
        assert found.draft is not None
        questions.publish_exercise(exercise=found, by=None, revision=found.draft.revision)
        return Exercise.objects.get(pk=found.pk)

    return made


@pytest.fixture
def sit(place: str, account: Accounts) -> Callable[..., Attempt]:
    """`sit(exercise)`: the village librarian begins."""

    def begun(exercise: Exercise | ExerciseVersion, login: str = "village", seed: int = 7) -> Attempt:
        who = account(login)
        return services.open_attempt(exercise=exercise, person=who.person, context=place, by=who, seed=seed)

    return begun


def right(item: AttemptItem) -> dict[str, Any]:
    return answer(item.kind, item.asked)


def wrong(item: AttemptItem) -> dict[str, Any]:
    return answer(item.kind, item.asked, right=False)


def item_of(attempt: Attempt, position: int = 1) -> AttemptItem:
    return attempt.items.select_related("question").get(position=position)


def put(
    attempt: Attempt, by: Account, told: Any, *, position: int = 1, base: str | None = None, **more: Any
) -> Written:
    """Save an answer over what stands, or over `base`."""
    seen = str(item_of(attempt, position).head) if base is None else base
    return services.write(attempt=attempt, lines=[Line(more.pop("op", uuid4()), position, seen, told, **more)], by=by)[0]  # fmt: skip
