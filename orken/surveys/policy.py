"""Who writes questionnaires, opens surveys and reads results: by the unit to which they belong."""

from __future__ import annotations

from django.db.models import Q

from orken.network import policy
from orken.network.models import Unit
from orken.network.policy import OutOfScope, Scope
from orken.network.roles import Permission
from orken.people.models import Account
from orken.surveys.models import Questionnaire, Survey


def editing(account: Account) -> Scope:
    return policy.scope(account, Permission.SURVEY_EDIT)


def reading(account: Account) -> Scope:
    return policy.scope(account, Permission.SURVEY_VIEW)


FOR_ALL = (Unit.Kind.COUNTRY, Unit.Kind.REPUBLICAN, Unit.Kind.SCHOOL)


def usable(account: Account) -> Q:
    """Questionnaires that she may ask with: of her own units, and those that the centre wrote for the whole country."""
    scope = editing(account)
    return scope.q("unit__path") | Q(unit__kind__in=FOR_ALL) if scope else Q(pk__in=[])


def require_writing(account: Account, questionnaire: Questionnaire) -> None:
    """Raise OutOfScope unless she writes questionnaires of this unit."""
    if not editing(account).contains(questionnaire.unit.path):
        raise OutOfScope(questionnaire.code)


def require_asking(account: Account, unit: Unit) -> None:
    """Raise OutOfScope unless she opens surveys of this unit."""
    if not editing(account).contains(unit.path):
        raise OutOfScope(unit.code)


def may_lead(account: Account, survey: Survey) -> bool:
    return editing(account).contains(survey.unit.path)
