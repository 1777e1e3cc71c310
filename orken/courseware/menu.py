"""What the app puts into the head of every page; writing stands under the account, the head is full enough."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.roles import Permission


def register() -> None:
    navigation.register(
        "courses", label=_("Writing courses"), address="courseware:courses", visible=holds(Permission.PROGRAMME_EDIT), order=41, place="account"
    )  # fmt: skip
