"""Questionnaires that the runs of the past asked: the reaction on the last day, and three months later what came of it.

As `training.questionnaires.ask` would have asked them, and written by `surveys.demo`: who answered is told, what she
said is made up there and leads to nobody.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from django.utils import translation

from orken.kit.demo import SEED, Stage
from orken.people.models import Person
from orken.surveys import demo as surveys
from orken.surveys.demo import Asked
from orken.surveys.models import Questionnaire
from orken.training.demo.history import Held
from orken.training.demo.plan import UNTIL
from orken.training.models import Enrolment, Run
from orken.training.questionnaires import AFTER, OPEN_FOR, source
from orken.training.results.rule import MEETINGS

Purpose = Questionnaire.Purpose
CODES = {Purpose.REACTION: "NL-REACTION", Purpose.FOLLOW_UP: "NL-FOLLOW-UP", Purpose.HEAD: "NL-HEAD"}


def reactions(stage: Stage, runs: Sequence[Held]) -> None:
    """Before the commission sits: a rule may ask whether she answered."""
    chance = random.Random(SEED + 10)
    asked = []
    for held in runs:
        if not held.over and held.run.state != Run.State.ASSESSMENT:
            continue
        share = 0.6 if held.run.kind in MEETINGS else 0.96
        for seat in held.seated:
            if not seat.missing:
                seat.answered = seat.certain or chance.random() < (share if seat.there else 0.3)
        people = {seat.person: bool(seat.answered) for seat in held.seated if seat.answered is not None}
        asked.append(_asked(held.run, Purpose.REACTION, people))
    surveys.asked(asked, chance)


def reaction_of(run: Run) -> None:
    """Of a run that was made by the verbs: everybody who was there answered, but for one."""
    rows = Enrolment.objects.filter(run=run, state__in=Enrolment.LIVE).select_related("person").order_by("pk")
    there = [row.person for row in rows.filter(state=Enrolment.State.ATTENDING)]
    surveys.asked(
        [_asked(run, Purpose.REACTION, {one: one != there[0] for one in there})],
        random.Random(f"{SEED + 11} {run.code}"),
    )


def follow_ups(stage: Stage, runs: Sequence[Held]) -> None:
    """Of those who completed six of ten answer; the head of Pavlodar's district always does."""
    chance = random.Random(SEED + 12)
    surveys.asked(
        [one for held in runs if held.run.ends_on + AFTER <= UNTIL for one in _later(stage, chance, held)], chance
    )


def _later(stage: Stage, chance: random.Random, held: Held) -> Iterator[Asked]:
    passed = Enrolment.objects.filter(run=held.run, state__in=Enrolment.LIVE).values_list("pk", flat=True)
    standing = set(passed)
    rows = [seat for seat in held.seated if seat.enrolment.pk in standing]
    if not rows:
        return
    people = {seat.person: seat.certain or chance.random() < 0.6 for seat in rows}
    yield _asked(held.run, Purpose.FOLLOW_UP, people)
    head, over = stage.made["persons"]["head"], stage.made["units"]["KZ-55-D02"].path
    if any(seat.unit.path.startswith(over) and seat.person != head for seat in rows):
        yield _asked(held.run, Purpose.HEAD, {head: True})


def _asked(run: Run, purpose: Purpose, people: Mapping[Person, bool]) -> Asked:
    opens = run.ends_on if purpose == Purpose.REACTION else run.ends_on + AFTER
    with translation.override("kk"):
        address = run.get_absolute_url()
    return Asked(
        code=CODES[purpose], unit=run.host, about={code: getattr(run, f"title_{code}") for code in ("kk", "ru", "en")},
        source=source(run, purpose), address=address, opens_on=opens, closes_on=opens + OPEN_FOR[purpose],
        people=list(people.items()),
    )  # fmt: skip
