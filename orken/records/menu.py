"""What the app puts under the account: the register of papers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.roles import Permission


def register() -> None:
    navigation.register(
        "papers", label=_("Official papers"), address="records:papers", visible=holds(Permission.RECORD_VIEW), order=41,
        place="account",
    )  # fmt: skip
