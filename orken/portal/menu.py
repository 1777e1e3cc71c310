"""What every reader finds in the head and the foot of a page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation


def demo_is_on(request: HttpRequest) -> bool:
    return bool(settings.DEMO)


def register() -> None:
    navigation.register("desk", label=_("My desk"), address="portal:desk", visible=navigation.signed_in, order=10)
    navigation.register("search", label=_("Search"), address="portal:search", order=80)
    navigation.register(
        "work",
        label=_("My background work"),
        address="jobs:mine",
        visible=navigation.signed_in,
        order=60,
        place="account",
    )
    navigation.register(
        "kit", label=_("The parts of a page"), address="ui:kit", visible=demo_is_on, order=90, place="foot"
    )
    navigation.register(
        "demo", label=_("Demo: choose who you are"), address="portal:demo", visible=demo_is_on, order=80, place="foot"
    )
