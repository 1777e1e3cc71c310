"""What must hold of sittings, proved by `orken audit invariants`: every figure is a sum of steps."""

from __future__ import annotations

from collections.abc import Iterator

from orken.attempts import owners
from orken.attempts.algebra import Event, reckon
from orken.attempts.models import Attempt, AttemptItem
from orken.attempts.services.closing import total
from orken.attempts.services.steps import summary_of
from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken


def register() -> None:
    invariants.register("attempts.sums: an answer stands as its steps say", sums)
    invariants.register("attempts.scores: the score of an attempt is the sum of its questions", scores)
    invariants.register("attempts.owners: every place where somebody sat has an owner", places)


def sums() -> Iterator[Broken]:
    for item in AttemptItem.objects.prefetch_related("steps").order_by("pk").iterator(chunk_size=500):
        steps = sorted(item.steps.all(), key=lambda step: step.seq)
        found = reckon(Event(step.seq, step.kind, step.payload, step.branch) for step in steps)
        if found != summary_of(item):
            yield Broken(f"item {item.pk}", f"says {summary_of(item)}, its steps {found}")
        if [step.seq for step in steps] != list(range(1, len(steps) + 1)):
            yield Broken(f"item {item.pk}", "has a gap in its steps")


def scores() -> Iterator[Broken]:
    rows = Attempt.objects.filter(state__in=Attempt.COUNTING).select_related("version").prefetch_related("items")
    for attempt in rows.order_by("pk").iterator(chunk_size=200):
        before = (attempt.state, attempt.score, attempt.passed, attempt.unmarked)
        total(attempt, list(attempt.items.all()))
        if (attempt.state, attempt.score, attempt.passed, attempt.unmarked) != before:
            yield Broken(f"attempt {attempt.pk}", f"says {before[1]}, its questions {attempt.score}")


def places() -> Iterator[Broken]:
    for context in Attempt.objects.order_by("context").values_list("context", flat=True).distinct():
        if owners.of(context) is None:
            yield Broken(context, "nobody owns it")
