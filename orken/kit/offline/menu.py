"""Her devices and the lines that wait, under her name in the head."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation


def register() -> None:
    navigation.register(
        "offline", label=_("Work without a connection"), address="offline:own", visible=navigation.signed_in, order=60,
        place="account",
    )  # fmt: skip
