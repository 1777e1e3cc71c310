"""Marking by a person, marking anew, and more time for one person."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from orken.attempts import policy, selectors
from orken.attempts.algebra import ItemState
from orken.attempts.models import Allowance, Attempt, AttemptItem, Step
from orken.attempts.services import grading
from orken.attempts.services.closing import locked, reckon_anew
from orken.attempts.services.steps import GRACE, add, store
from orken.kit.audit import services as audit
from orken.people.models import Account, Person
from orken.questions.models import Exercise


class CannotMark(Exception):
    """The answer is not closed, or does not wait for a person."""


class MarkedMeanwhile(Exception):
    """Somebody marked the answer since the page was opened: nothing was written. She may insist."""


@transaction.atomic
def mark(*, item: AttemptItem, share: float, comment: str, by: Account, seen: int | None = None) -> Attempt:
    """What an answer is worth (0 to 1), with a word to whoever wrote it. Raises OutOfScope, CannotMark, MarkedMeanwhile.

    A mark that stands may be changed by whoever marks: both stay in the log. `seen` is the number of the last step of
    marking that she saw (0: none); where another stands, she is told first, unless hers says the same.
    """
    row = locked(item.attempt.uid)
    policy.require_marking(by, row.context)
    fresh = row.items.select_related("question").get(pk=item.pk)
    if row.state not in Attempt.COUNTING or not (fresh.state == ItemState.WAITING or fresh.by_hand):
        raise CannotMark(str(item.pk))
    now = timezone.now()
    told = {"share": round(min(1.0, max(0.0, share)), 6), "person": True}
    standing = selectors.last_mark(fresh.steps.all())
    if seen is not None and standing is not None and standing.seq != seen:
        if told["share"] == fresh.share and comment.strip()[:5000] == fresh.comment:
            return row  # pressed twice
        raise MarkedMeanwhile(str(item.pk))
    steps = [add(fresh, uuid4(), fresh.head, Step.Kind.GRADE, told, now, by, now)]
    words = comment.strip()[:5000]
    if words and words != fresh.comment:
        steps.append(add(fresh, uuid4(), fresh.head, Step.Kind.COMMENT, {"text": words}, now, by, now))
    store(steps, [fresh])
    reckon_anew(row, by)
    audit.record("attempt.marked", row, by=by, scope_path=row.exercise.unit.path, after={"position": fresh.position, "share": told["share"]})  # fmt: skip
    return row


@transaction.atomic
def regrade(*, exercise: Exercise, contexts: list[str], reason: str, by: Account) -> tuple[int, int]:
    """Mark the closed sittings at these places anew, by the questions as they stand published now: how many were looked
    at, how many changed. What a person marked stands. Raises OutOfScope.
    """
    for context in contexts:
        policy.require_marking(by, context)
    rows = list(
        Attempt.objects.select_for_update(of=("self",)).filter(exercise=exercise, context__in=contexts, state__in=Attempt.COUNTING)
        .select_related("version", "exercise__unit").order_by("pk")
    )  # fmt: skip
    now = timezone.now()
    changed = 0
    for row in rows:
        steps, touched = [], []
        for item in row.items.select_related("question__question__published"):
            standing = item.question.question.published if item.question else None
            if item.by_hand or item.answer is None or standing is None or item.state == ItemState.WAITING:
                continue
            found = grading.judged(item, item.answer, row.version, question=standing)
            if "share" in found and abs(found["share"] - (item.share or 0)) > 1e-6 and not item.tries:
                told = {**found, "by_version": standing.number}
                steps.append(add(item, uuid4(), item.head, Step.Kind.REGRADE, told, now, by, now))
                touched.append(item)
        store(steps, touched)
        changed += reckon_anew(row, by)
    audit.record("exercise.regraded", exercise, by=by, scope_path=exercise.unit.path, note=reason[:300], after={"looked_at": len(rows), "changed": changed})  # fmt: skip
    return len(rows), changed


@transaction.atomic
def allow(*, exercise: Exercise, person: Person, context: str, minutes: int, attempts: int, reason: str, by: Account) -> Allowance:  # fmt: skip
    """More time or more attempts for one person; a sitting that goes on gets the time at once. Raises OutOfScope."""
    policy.require_marking(by, context)
    made = Allowance.objects.create(
        person=person, exercise=exercise, context=context, minutes=minutes, attempts=attempts, reason=reason.strip()[:300], by=by
    )  # fmt: skip
    row = Attempt.objects.select_for_update(of=("self",)).filter(person=person, exercise=exercise, context=context, state=Attempt.State.OPEN).first()  # fmt: skip
    if row is not None and row.deadline_at is not None and minutes:
        row.deadline_at += timedelta(minutes=minutes)
        row.look_at = row.deadline_at + GRACE
        row.save(update_fields=["deadline_at", "look_at"])
    audit.record("attempt.allowed", exercise, by=by, scope_path=exercise.unit.path, note=reason[:300], after={"minutes": minutes, "attempts": attempts})  # fmt: skip
    return made
