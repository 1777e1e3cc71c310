"""What the school of conservation puts into the head of every page: one door; its tabs lead on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation


def register() -> None:
    navigation.register(
        "conservation", label=_("Conservation"), address="conservation:hub", visible=navigation.signed_in, order=45
    )
