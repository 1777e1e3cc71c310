"""What the app puts under the account: her own questionnaires, and the work of those who ask."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.roles import Permission


def register() -> None:
    navigation.register(
        "own-surveys", label=_("Questionnaires for me"), address="surveys:mine", visible=navigation.signed_in,
        order=24, place="account",
    )  # fmt: skip
    navigation.register(
        "surveys", label=_("Questionnaires and surveys"), address="surveys:list",
        visible=holds(Permission.SURVEY_VIEW), order=42, place="account",
    )  # fmt: skip
