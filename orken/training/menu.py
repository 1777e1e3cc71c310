"""What training puts into the head of every page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.roles import Permission
from orken.people.models import Account
from orken.training import selectors

SENDS, REVIEWS, MANAGES = (
    holds(one) for one in (Permission.APPLICATION_SEND, Permission.APPLICATION_REVIEW, Permission.RUN_MANAGE)
)


def in_the_office(request: HttpRequest) -> bool:
    return MANAGES(request) or holds(Permission.RUN_VIEW)(request)


def applies(request: HttpRequest) -> bool:
    return SENDS(request) or REVIEWS(request) or MANAGES(request)


def waiting(request: HttpRequest) -> int | None:
    user = request.user
    return selectors.how_many_wait_for_her_look(user) if isinstance(user, Account) else None


def register() -> None:
    navigation.register("calendar", label=_("Calendar"), address="training:calendar", order=15)
    navigation.register("training", label=_("Training"), address="training:runs", visible=in_the_office, order=16)
    navigation.register(
        "applications",
        label=_("Applications"),
        address="training:applications",
        visible=applies,
        count=waiting,
        order=17,
    )
    navigation.register(
        "my-applications", label=_("My applications"), address="training:mine", visible=navigation.signed_in, order=20,
        place="account",
    )  # fmt: skip
    navigation.register(
        "my-results", label=_("My results"), address="training:my_results", visible=navigation.signed_in, order=21,
        place="account",
    )  # fmt: skip
