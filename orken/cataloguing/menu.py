"""What the school puts into the head of every page, and where other pages may lead to it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation


def register() -> None:
    navigation.register(
        "cataloguing", label=_("Cataloguing"), address="cataloguing:home", visible=navigation.signed_in, order=40
    )
