"""Who may see, judge and edit: the framework belongs to the country, a profile to the person and her library."""

from __future__ import annotations

from datetime import date

from orken.network import policy
from orken.network.models import Appointment, Unit
from orken.network.roles import Permission
from orken.people.models import Account, Person


def may_edit(account: Account | None) -> bool:
    """The framework is one for the country: whoever edits it acts over the country's unit."""
    if account is None:
        return False
    scope = policy.scope(account, Permission.COMPETENCY_EDIT)
    return bool(scope) and Unit.objects.filter(scope.q(), kind=Unit.Kind.COUNTRY).exists()


def require_edit(account: Account) -> None:
    """Raise OutOfScope for anybody else."""
    if not may_edit(account):
        raise policy.OutOfScope("the framework of competencies")


def stands_in(person: Person, scope: policy.Scope, on: date | None = None) -> bool:
    """Whether one of her posts of the day stands in `scope`."""
    return bool(scope) and Appointment.objects.at(on).filter(scope.q("unit__path"), person=person).exists()


def may_view(account: Account, person: Person) -> bool:
    """She herself, and those who see the competencies of a library where she works."""
    return account.person_id == person.pk or stands_in(person, policy.scope(account, Permission.COMPETENCY_VIEW))


def may_judge(account: Account, person: Person) -> bool:
    """Her head and her methodologists, and nobody about herself."""
    return account.person_id != person.pk and stands_in(person, policy.scope(account, Permission.COMPETENCY_JUDGE))


def require_judge(account: Account, person: Person) -> None:
    if not may_judge(account, person):
        raise policy.OutOfScope(f"competencies of person {person.pk}")
