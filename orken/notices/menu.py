"""What letters put into the head of every page: the count of those not read yet."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orken.kit.audit import words
from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.roles import Permission
from orken.notices import selectors
from orken.people.models import Account


def unread(request: HttpRequest) -> int | None:
    user = getattr(request, "user", None)
    return selectors.unread(user) if isinstance(user, Account) else None


def register() -> None:
    words.register(
        verbs={
            "notice.handed_over": _("passed a letter on by hand"),
            "notice.text_written": _("changed the text of a letter"),
        }
    )
    navigation.register(
        "notices", label=_("Letters"), address="notices:inbox", visible=navigation.signed_in, count=unread, order=18
    )
    navigation.register(
        "how-letters-come", label=_("How letters come to me"), address="notices:preferences", order=10, place="own"
    )
    navigation.register(
        "sent", label=_("Letters that were sent"), address="notices:sent", visible=holds(Permission.NOTICE_VIEW),
        order=30, place="account",
    )  # fmt: skip
    navigation.register(
        "texts", label=_("Texts of letters"), address="notices:texts", visible=holds(Permission.NOTICE_TEXTS),
        order=40, place="account",
    )  # fmt: skip
