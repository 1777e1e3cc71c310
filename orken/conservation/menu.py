"""What the school of conservation puts into the head of every page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.roles import Permission


def register() -> None:
    navigation.register(
        "specimens", label=_("Lab"), address="conservation:specimens", visible=navigation.signed_in, order=45
    )
    navigation.register(
        "passports",
        label=_("Condition"),
        address="conservation:passports",
        visible=holds(Permission.CONDITION_VIEW),
        order=46,
    )
