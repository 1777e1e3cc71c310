"""Sittings of the demo: a test before a webinar, two written works that wait to be marked, and one of the village librarian."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from orken.attempts.models import Attempt, AttemptItem, Step
from orken.attempts.of_runs import KIND
from orken.attempts.services import grading
from orken.attempts.services.closing import total
from orken.attempts.services.steps import add
from orken.kit import bulk
from orken.kit.demo import SEED, Stage
from orken.people.models import Account, Person
from orken.questions import selectors as questions
from orken.questions.demo.answers import answer
from orken.questions.models import Exercise
from orken.training.models import Enrolment

BEGUN = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
WEBINAR, COURSE = "NL-2026-41", "NL-2026-12"


def build(stage: Stage) -> None:
    dice = random.Random(SEED)
    accounts: dict[str, Account] = stage.made.get("accounts", {})
    seats = (
        Enrolment.objects.filter(run__code=WEBINAR, state__in=Enrolment.LIVE).select_related("person").order_by("pk")
    )
    people = [seat.person for seat in seats]
    made = []
    for place, person in enumerate(people[:13]):
        began = BEGUN + timedelta(hours=place)
        made.append(sitting("SAFE-TEST", person, f"{KIND}:{WEBINAR}", began, dice, skill=0.45 + 0.04 * place))
    for place, person in enumerate(people[:2]):
        began = BEGUN + timedelta(days=1, hours=place)
        made.append(sitting("VIRT-WORK", person, f"{KIND}:{WEBINAR}", began, dice, skill=1.0))
    if "village" in accounts:
        began = datetime(2026, 9, 18, 8, 0, tzinfo=UTC)
        made.append(sitting("ECAT-TEST", accounts["village"].person, f"{KIND}:{COURSE}", began, dice, skill=0.9))
    steps = [step for _items, found in made for step in found]
    bulk.insert(Step, steps)


def sitting(
    code: str, person: Person, context: str, began: datetime, dice: random.Random, *, skill: float
) -> tuple[list[AttemptItem], list[Step]]:  # fmt: skip
    """One closed sitting: each question answered after some seconds, then marked."""
    exercise = Exercise.objects.select_related("published").get(code=code)
    version = exercise.published
    assert version is not None, "the demo's exercises are published"
    seed = dice.randrange(1, 2**30)
    name = f"{code}:{context}:{person.pk}"
    deadline = began + timedelta(minutes=version.minutes) if version.minutes else None
    attempt = Attempt.objects.create(
        uid=_uid(name), person=person, exercise=exercise, version=version, context=context, number=1, seed=seed, opened_at=began,
        deadline_at=deadline, look_at=deadline,
    )  # fmt: skip
    items = [
        AttemptItem(attempt=attempt, position=place, question=one.question, kind=one.kind, seed=(seed + place * 7919) % 2**31, mark=one.mark)
        for place, one in enumerate(questions.drawn(version, seed), start=1)
    ]  # fmt: skip
    now, steps = began, []
    for item in items:
        now += timedelta(seconds=dice.randrange(20, 90))
        if item.kind == "question.file":
            continue
        told = answer(item.kind, item.asked, right=dice.random() < skill)
        steps.append(add(item, _uid(f"{name}:{item.position}:1"), 0, Step.Kind.SAVE, {"answer": told}, now, None, now))
    for item in items:
        mark = grading.final(item, version)
        steps.append(add(item, _uid(f"{name}:{item.position}:2"), item.head, Step.Kind.GRADE, mark, now, None, now))
    bulk.insert(AttemptItem, items)
    for step in steps:
        step.item_id = step.item.pk
    attempt.ended, attempt.closed_at, attempt.look_at = Attempt.End.LEARNER, now, None
    total(attempt, items)
    attempt.save()
    return items, steps


def _uid(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"orken-demo:attempt:{name}")
