"""Who owns a component pushes it: an owner answers with what it counts for the enrolments of a run.

owners.register("attendance", minutes)     # minutes(run) gives {enrolment id: Value}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from orken.surveys.models import Invitation, Questionnaire
from orken.training import questionnaires
from orken.training.attendance import selectors as attendance
from orken.training.models import Component, Enrolment, Run
from orken.training.results.rule import Value

Owner = Callable[[Run], Mapping[int, Value]]
_owners: dict[str, Owner] = {}


def register(component: str, owner: Owner) -> None:
    _owners[component] = owner


def unregister(component: str) -> None:
    _owners.pop(component, None)


def owned() -> dict[str, Owner]:
    """Components that are counted by their owners; the others are entered by hand."""
    return dict(_owners)


def answered(run: Run) -> dict[int, Value]:
    """Who answered the questionnaire of the last day; what she said is known to nobody."""
    survey = questionnaires.survey_of(run, Questionnaire.Purpose.REACTION)
    if survey is None:
        return {}
    used = dict(Invitation.objects.filter(survey=survey, person__isnull=False).values_list("person", "used"))
    rows = Enrolment.objects.filter(run=run, person__in=used).values_list("pk", "person")
    return {pk: Value(min(1, used[person]), 1) for pk, person in rows}


def was_there(run: Run) -> dict[int, Value]:
    """The minutes of each, of all that the run has."""
    return {pk: Value(one.there, one.of) for pk, one in attendance.minutes_of(run).items()}


def register_all() -> None:
    register(Component.ATTENDANCE, was_there)
    register(Component.QUESTIONNAIRE, answered)
