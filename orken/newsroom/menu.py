"""What the newsroom puts into the head and the foot of every page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.roles import Permission

WRITES, PUBLISHES = holds(Permission.NEWS_WRITE), holds(Permission.NEWS_PUBLISH)


def at_the_desk(request: HttpRequest) -> bool:
    return WRITES(request) or PUBLISHES(request)


def register() -> None:
    navigation.register("news", label=_("News"), address="newsroom:list", order=14)
    navigation.register(
        "newsroom", label=_("Newsroom"), address="newsroom:desk", visible=at_the_desk, order=44, place="account"
    )
    for order, (slug, label) in enumerate(
        (("about", _("About Orken")), ("contacts", _("Contacts")), ("schools", _("Schools"))), 10
    ):
        navigation.register(f"page-{slug}", label=label, address=_address(slug), order=order, place="foot")


def _address(slug: str) -> Callable[[], str]:
    return lambda: reverse("newsroom:page", args=[slug])
