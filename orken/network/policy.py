"""Where an account may act: one scope answers both «may she?» and «which rows may she see?»."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from orken.network.models import RoleAssignment, Unit
from orken.network.roles import PERMISSIONS, WITHOUT_SECOND_STEP, Permission, Role
from orken.people.accounts import second_steps
from orken.people.models import Account


class OutOfScope(Exception):
    """The unit is not in the account's scope; the page answers 404 before any other rule."""


@dataclass(frozen=True)
class Grant:
    """One role over one subtree."""

    role: Role
    unit_id: int
    path: str
    whole: bool  # over the country itself


@dataclass(frozen=True)
class Scope:
    """The subtrees in which an account holds a permission."""

    paths: tuple[str, ...]
    whole: bool = False  # the country with all that stands in it: rows need not be asked where they stand

    def __bool__(self) -> bool:
        return bool(self.paths)

    def contains(self, path: str) -> bool:
        return any(path.startswith(own) for own in self.paths)

    def q(self, field: str = "path") -> Q:
        """The same rule as a condition on rows; `field` leads to a unit's path («unit__path»)."""
        if self.whole or "" in self.paths:  # the operator's own commands act on everything
            return Q(pk__isnull=False)  # not an empty Q: «everything or …» of that would be only the «…»
        condition = Q(pk__in=[])
        for path in self.paths:
            condition |= Q(**{f"{field}__within": path})
        return condition


def grants(account: Account) -> tuple[Grant, ...]:
    """Today's roles of the account, read once per request (kept on the account object)."""
    found: tuple[Grant, ...] | None = getattr(account, "_grants", None)
    if found is None:
        found = tuple(
            Grant(Role(row.role), row.unit_id, row.unit.path, row.unit.kind == Unit.Kind.COUNTRY)
            for row in assignments(account)
        )
        account._grants = found  # type: ignore[attr-defined]  # a memo for one request
    return found


def assignments(account: Account) -> list[RoleAssignment]:
    """The rows behind them with their units: the same question as `grants`, asked once."""
    found: list[RoleAssignment] | None = getattr(account, "_assignments", None)
    if found is None:
        rows = RoleAssignment.objects.at().filter(person=account.person_id).select_related("unit")
        found = list(rows.order_by("unit__path", "role"))
        account._assignments = found  # type: ignore[attr-defined]  # a memo for one request
    return found


def scope(account: Account, permission: Permission) -> Scope:
    """The subtrees in which `account` holds `permission`, without those inside another.

    What opens other people's data holds nowhere until she has set up a second step of sign-in.
    """
    if permission not in WITHOUT_SECOND_STEP and owes_second_step(account):
        return Scope(())
    return scope_of_roles(account, permission)


def scope_of_roles(account: Account, permission: Permission) -> Scope:
    """The same by her roles alone, for work that goes on behind the page when nobody signs in."""
    held = [grant for grant in grants(account) if permission in PERMISSIONS[grant.role]]
    paths = sorted({grant.path for grant in held})
    outer: list[str] = []
    for path in paths:
        if not any(path.startswith(kept) for kept in outer):
            outer.append(path)
    return Scope(tuple(outer), whole=any(grant.whole for grant in held))


def owes_second_step(account: Account) -> bool:
    """Whether her roles open other people's data and she signs in with a password alone (decision 0011)."""
    held = {permission for grant in grants(account) for permission in PERMISSIONS[grant.role]}
    if held <= WITHOUT_SECOND_STEP or second_steps.came_by_the_demo_door(account):
        return False
    return not second_steps.has_one(account)


def allows(account: Account, permission: Permission, unit: Unit) -> bool:
    return scope(account, permission).contains(unit.path)


def require(account: Account, permission: Permission, unit: Unit) -> None:
    """Raise OutOfScope unless `account` holds `permission` over `unit`."""
    if not allows(account, permission, unit):
        raise OutOfScope(f"{permission} over {unit.code}")


def nearest(permission: Permission, path: str, *, besides: int | None = None) -> list[Account]:
    """Who is asked about something that stands at `path`: of those who hold the permission over it the nearest, whoever signs in.

    Not the person `besides`, whom it is about. By roles alone: whoever has to be told need not sit at the page.
    """
    ids = [int(part) for part in path.split("/") if part]
    found: dict[str, list[Account]] = {}
    for account in Account.objects.filter(
        is_active=True, person__role_assignments__unit__in=ids, person__role_assignments__superseded_at=None
    ).distinct():
        for own in scope_of_roles(account, permission).paths:
            if path.startswith(own) and account.person_id != besides:
                found.setdefault(own, []).append(account)
    return found[max(found, key=len)] if found else []
