"""What the school of conservation puts into the head of every page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation


def register() -> None:
    navigation.register(
        "specimens", label=_("Lab"), address="conservation:specimens", visible=navigation.signed_in, order=45
    )
