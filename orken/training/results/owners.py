"""Who owns a component pushes it: an owner answers with what it counts for the enrolments of a run.

    owners.register("attendance", minutes)                              # minutes(run, enrolments) gives {enrolment id: Value}
    owners.register("final", attempts)                                  # a test on screen: those who took it; others by hand
    owners.register("lessons", done, label=_("lessons of the course"))  # a component of its own

A run of which the owner counts nothing costs no more than its question: it answers with an empty dict.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from orken.surveys.models import Questionnaire
from orken.training import questionnaires
from orken.training.attendance import selectors as attendance
from orken.training.models import Component, Enrolment, Run
from orken.training.results import components
from orken.training.results.components import Text
from orken.training.results.rule import Value

Owner = Callable[[Run, Collection[int]], Mapping[int, Value]]
_owners: dict[str, Owner] = {}


def register(component: str, owner: Owner, *, label: Text = "") -> None:
    """`label` names a component that the office does not know; a rule can ask for it from then on."""
    _owners[component] = owner
    if label:
        components.bring(component, label)


def unregister(component: str) -> None:
    _owners.pop(component, None)
    components.take_back(component)


def owned() -> dict[str, Owner]:
    """Components that are counted by their owners, in one order; the others are entered by hand."""
    return dict(sorted(_owners.items()))


def answered(run: Run, people: Collection[int]) -> dict[int, Value]:
    """Who was asked the questionnaire of the last day and whether she answered; what she said is known to nobody."""
    asked = questionnaires.source(run, Questionnaire.Purpose.REACTION)
    rows = Enrolment.objects.filter(run=run, person__survey_invitations__survey__source=asked)
    return {pk: Value(min(1, used), 1) for pk, used in rows.values_list("pk", "person__survey_invitations__used")}


def was_there(run: Run, people: Collection[int]) -> dict[int, Value]:
    """The minutes of each, of all that the run has."""
    return {pk: Value(one.there, one.of) for pk, one in attendance.minutes_of(run, among=people).items()}


def register_all() -> None:
    register(Component.ATTENDANCE, was_there)
    register(Component.QUESTIONNAIRE, answered)
