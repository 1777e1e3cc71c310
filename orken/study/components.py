"""What a course gives to the result of its run: lessons read and exercises passed, counted when somebody asks."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from orken.study import policy
from orken.study.models import Offering
from orken.study.selectors import group
from orken.study.services.opening import EXERCISES, LESSONS
from orken.training.models import Run
from orken.training.results import owners
from orken.training.results.rule import Value


def register() -> None:
    owners.register(LESSONS, lessons, label=_("lessons of the course"))
    owners.register(EXERCISES, exercises, label=_("exercises of the course"))


def _offering(run: Run) -> Offering | None:
    if not policy.has_lessons(run):
        return None  # a run in a room costs no question
    return Offering.objects.select_related("run__host", "version").filter(run=run).first()


def lessons(run: Run, people: Collection[int]) -> dict[int, Value]:
    """So many lessons of so many; one question of a run without a course."""
    offering = _offering(run)
    if offering is None:
        return {}
    return {
        line.enrolment.pk: Value(line.progress.done, line.progress.of)
        for line in group(offering)
        if line.enrolment.pk in set(people)
    }


def exercises(run: Run, people: Collection[int]) -> dict[int, Value]:
    """So many exercises passed of so many; nothing where the course has none that is open."""
    offering = _offering(run)
    if offering is None:
        return {}
    found = {}
    for line in group(offering):
        if line.enrolment.pk in set(people) and line.progress.exercises:
            found[line.enrolment.pk] = Value(
                sum(one.passed for one in line.progress.exercises), len(line.progress.exercises)
            )
    return found
