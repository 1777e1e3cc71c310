"""What the app puts under the account of whoever writes questions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.roles import Permission


def register() -> None:
    navigation.register(
        "questions", label=_("Questions and exercises"), address="questions:banks", visible=holds(Permission.PROGRAMME_EDIT),
        order=41, place="account",
    )  # fmt: skip
