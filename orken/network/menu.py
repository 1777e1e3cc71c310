"""What the network puts into the head of every page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.network import policy
from orken.network.roles import Permission
from orken.people.models import Account


def holds(permission: Permission) -> Callable[[HttpRequest], bool]:
    """Whether the reader holds `permission` anywhere; her roles are read once per request."""

    def visible(request: HttpRequest) -> bool:
        user = getattr(request, "user", None)
        return isinstance(user, Account) and bool(policy.scope(user, permission))

    return visible


def register() -> None:
    navigation.register(
        "units", label=_("Libraries"), address="network:units", visible=holds(Permission.UNIT_VIEW), order=20
    )
    navigation.register(
        "staff", label=_("Staff"), address="network:staff", visible=holds(Permission.STAFF_VIEW), order=30
    )
    navigation.register(
        "held", label=_("What is held about me"), address="network:held", visible=navigation.signed_in, order=8,
        place="account",
    )  # fmt: skip
    navigation.register(
        "requests", label=_("Requests about data"), address="network:data_requests",
        visible=holds(Permission.PERSON_DECIDE), order=25, place="account",
    )  # fmt: skip
    navigation.register(
        "accounts", label=_("Who signs in"), address="network:accounts", visible=holds(Permission.ACCOUNT_INVITE),
        order=20, place="account",
    )  # fmt: skip
    navigation.register(
        "own", label=_("My sign-in"), address="network:own_account", visible=navigation.signed_in, order=5,
        place="account",
    )  # fmt: skip
    navigation.register(
        "trail", label=_("Trail"), address="network:trail", visible=holds(Permission.AUDIT_VIEW), order=90
    )
    navigation.register(
        "works", label=_("The system"), address="network:works", visible=holds(Permission.JOBS_VIEW), order=95
    )
    navigation.register(
        "roles",
        label=_("Who may do what"),
        address="network:roles",
        visible=navigation.signed_in,
        order=10,
        place="account",
    )
