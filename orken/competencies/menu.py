"""What the app puts into the head and the foot of every page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation


def register() -> None:
    navigation.register(
        "competencies", label=_("My competencies"), address="competencies:mine", visible=navigation.signed_in, order=20,
        place="account",
    )  # fmt: skip
    navigation.register(
        "framework", label=_("Framework of competencies"), address="competencies:framework", order=30, place="foot"
    )
