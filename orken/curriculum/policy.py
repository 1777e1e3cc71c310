"""Who writes and publishes a programme: whoever holds the permission over the unit that owns it."""

from __future__ import annotations

from django.db.models import Q

from orken.curriculum.models import Programme
from orken.network import policy
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.network.roles import Permission
from orken.people.models import Account

# Kinds of units that may own and issue a programme.
ISSUERS = (Unit.Kind.SCHOOL, Unit.Kind.REPUBLICAN, Unit.Kind.REGIONAL, Unit.Kind.SYSTEM)


def editable(account: Account) -> Scope:
    """Where she writes programmes."""
    return policy.scope(account, Permission.PROGRAMME_EDIT)


def publishable(account: Account) -> Scope:
    return policy.scope(account, Permission.PROGRAMME_PUBLISH)


def in_scope(scope: Scope) -> Q:
    """The programmes of a scope, as a condition on programmes."""
    return scope.q("unit__path")


def may_edit(account: Account, programme: Programme) -> bool:
    return editable(account).contains(programme.unit.path)


def may_publish(account: Account, programme: Programme) -> bool:
    return publishable(account).contains(programme.unit.path)


def require_edit(account: Account, unit: Unit) -> None:
    policy.require(account, Permission.PROGRAMME_EDIT, unit)


def require_publish(account: Account, unit: Unit) -> None:
    policy.require(account, Permission.PROGRAMME_PUBLISH, unit)
