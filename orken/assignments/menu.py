"""What the app puts under the account and above the queues of whoever marks."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.policy import scope_of_roles
from orken.network.roles import Permission
from orken.people.models import Account


def register() -> None:
    signed_in = navigation.signed_in
    navigation.register("my-works", label=_("My works"), address="assignments:mine", visible=signed_in, order=26, place="account")  # fmt: skip
    navigation.register("assignments", label=_("Assignments"), address="assignments:written", visible=holds(Permission.PROGRAMME_EDIT), order=42, place="account")  # fmt: skip
    navigation.register("marking-works", label=_("Marking works"), address="assignments:marking", visible=_marks, order=44, place="account")  # fmt: skip
    # Both queues stand above either.
    navigation.register("queue-works", label=_("Marking works"), address="assignments:marking", visible=signed_in, order=2, place="marking")  # fmt: skip


def _marks(request: HttpRequest) -> bool:
    """Whoever organises runs or writes; a trainer comes by the page of her run."""
    account = request.user
    if not isinstance(account, Account):
        return False
    return any(scope_of_roles(account, one) for one in (Permission.RUN_MANAGE, Permission.PROGRAMME_EDIT))
