"""Who writes and publishes a course: whoever holds the permission over the unit that owns it, two people for each version."""

from __future__ import annotations

from django.db.models import Q

from orken.courseware.models import Course, CourseVersion
from orken.curriculum.policy import ISSUERS
from orken.network import policy
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.network.roles import Permission
from orken.people.models import Account

__all__ = ["ISSUERS", "editable", "has_written", "in_scope", "may_edit", "may_publish", "publishable", "require_edit", "require_publish"]  # fmt: skip


def editable(account: Account) -> Scope:
    """Where she writes courses."""
    return policy.scope(account, Permission.PROGRAMME_EDIT)


def publishable(account: Account) -> Scope:
    return policy.scope(account, Permission.PROGRAMME_PUBLISH)


def in_scope(scope: Scope) -> Q:
    """The courses of a scope, as a condition on courses."""
    return scope.q("unit__path")


def may_edit(account: Account, course: Course) -> bool:
    return editable(account).contains(course.unit.path)


def may_publish(account: Account, course: Course) -> bool:
    return publishable(account).contains(course.unit.path)


def has_written(account: Account, version: CourseVersion) -> bool:
    """Whoever wrote in a version is not the second person who reads it."""
    return version.authors.filter(pk=account.pk).exists()


def require_edit(account: Account, unit: Unit) -> None:
    policy.require(account, Permission.PROGRAMME_EDIT, unit)


def require_publish(account: Account, unit: Unit) -> None:
    policy.require(account, Permission.PROGRAMME_PUBLISH, unit)
