"""What the app puts under the account."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.network.policy import scope_of_roles
from orken.network.roles import Permission
from orken.people.models import Account


def register() -> None:
    navigation.register("my-attempts", label=_("My tests and exercises"), address="attempts:mine", visible=navigation.signed_in, order=25, place="account")  # fmt: skip
    navigation.register("marking", label=_("Marking answers"), address="attempts:marking", visible=_marks, order=43, place="account")  # fmt: skip
    navigation.register("queue-answers", label=_("Marking answers"), address="attempts:marking", visible=navigation.signed_in, order=1, place="marking")  # fmt: skip


def _marks(request: HttpRequest) -> bool:
    """Whoever organises runs or writes exercises; a trainer comes by the page of her run."""
    account = request.user
    if not isinstance(account, Account):
        return False
    return any(scope_of_roles(account, one) for one in (Permission.RUN_MANAGE, Permission.PROGRAMME_EDIT))
