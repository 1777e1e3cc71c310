"""Beginning a sitting."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise

from orken.attempts import owners, selectors
from orken.attempts.models import Attempt, AttemptItem
from orken.kit.audit import services as audit
from orken.network.policy import OutOfScope
from orken.people.models import Account, Person
from orken.questions import selectors as questions
from orken.questions.models import Exercise, ExerciseVersion


class CannotSit(Exception):
    """She may not begin here; the text says why, with the way out."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))


class NoAttemptLeft(Exception):
    """She has used every attempt that is allowed."""


class NotPublished(Exception):
    """The exercise is not out, or was taken out."""


def open_attempt(
    *, exercise: Exercise | ExerciseVersion, person: Person, context: str, by: Account | None, seed: int | None = None, at: datetime | None = None
) -> Attempt:  # fmt: skip
    """Begin a sitting, or go on with the one that is open: pressed twice it is one.

    `by` is she herself; None only for demo data. Raises OutOfScope, CannotSit, NoAttemptLeft, NotPublished.
    """
    found = exercise.exercise if isinstance(exercise, ExerciseVersion) else exercise
    try:
        with transaction.atomic():
            return _open(found, person, context, by, seed, at)
    except IntegrityError:  # of two presses at the same moment one comes second
        standing = selectors.standing(person, found, context).open
        if standing is None:
            raise
        return standing


def _open(exercise: Exercise, person: Person, context: str, by: Account | None, seed: int | None, at: datetime | None) -> Attempt:  # fmt: skip
    owner = owners.of(context)
    if owner is None or (by is not None and by.person_id != person.pk):
        raise OutOfScope(context)
    exercise = Exercise.objects.select_related("published", "unit").get(pk=exercise.pk)
    standing = selectors.standing(person, exercise, context)
    if standing.open is not None:
        return standing.open
    seat = owner.seat(context.partition(":")[2], exercise, person)
    if by is not None and not seat.sits:
        raise CannotSit(seat.why)
    version = exercise.published
    if version is None:
        raise NotPublished(exercise.code)
    if standing.left == 0:
        raise NoAttemptLeft(exercise.code)
    now = at or timezone.now()
    minutes, _more = selectors.allowance(person, exercise, context)
    deadline = now + timedelta(minutes=version.minutes + minutes) if version.minutes else None
    from orken.attempts.services.steps import GRACE

    last = Attempt.objects.filter(person=person, exercise=exercise, context=context).order_by("-number").values_list("number", flat=True).first()  # fmt: skip
    attempt = Attempt.objects.create(
        person=person, exercise=exercise, version=version, context=context, number=(last or 0) + 1,
        seed=secrets.randbelow(2**30) + 1 if seed is None else seed, opened_at=now, deadline_at=deadline,
        look_at=deadline + GRACE if deadline else None,
    )  # fmt: skip
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt, position=place, question=one.question, kind=one.kind, payload=None if one.question else one.payload,
            seed=(attempt.seed + place * 7919) % 2**31, mark=one.mark,
        )
        for place, one in enumerate(questions.drawn(version, attempt.seed), start=1)
    )  # fmt: skip
    audit.record("attempt.opened", attempt, by=by, scope_path=exercise.unit.path, after={"number": attempt.number}, at=now)  # fmt: skip
    return attempt


__all__ = ["CannotSit", "NoAttemptLeft", "NotPublished", "open_attempt"]
