"""What discussions put into the head of every page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation


def register() -> None:
    navigation.register(
        "my-discussions", label=_("My discussions"), address="discussion:mine", visible=navigation.signed_in, order=23, place="account"
    )  # fmt: skip
