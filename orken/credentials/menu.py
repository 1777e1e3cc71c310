"""What certificates put into the head of every page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.roles import Permission

VIEWS, ISSUES, VOUCHES = (
    holds(one) for one in (Permission.CREDENTIAL_VIEW, Permission.CREDENTIAL_ISSUE, Permission.CREDENTIAL_VOUCH)
)


def sees(request: HttpRequest) -> bool:
    return VIEWS(request) or ISSUES(request)


def reads_past(request: HttpRequest) -> bool:
    return sees(request) or VOUCHES(request)


def register() -> None:
    navigation.register("certificates", label=_("Certificates"), address="credentials:register", visible=sees, order=18)
    navigation.register("outside", label=_("Training held elsewhere"), address="credentials:outside", visible=VOUCHES, order=19, place="account")  # fmt: skip
    navigation.register("past", label=_("Past records"), address="credentials:past_records", visible=reads_past, order=19, place="account")  # fmt: skip
    navigation.register(
        "my-record", label=_("My hours and certificates"), address="credentials:mine", visible=navigation.signed_in, order=18,
        place="account",
    )  # fmt: skip
    navigation.register("verify", label=_("Check a certificate"), address="credentials:verify", order=10, place="foot")
