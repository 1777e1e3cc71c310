"""What letters put into the head of every page: the count of those not read yet."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from orken.kit.audit import words
from orken.kit.ui import navigation
from orken.network.menu import holds
from orken.network.roles import Permission
from orken.notices import selectors
from orken.notices.kinds import kinds
from orken.notices.models import Delivery, LetterText
from orken.people.models import Account


def unread(request: HttpRequest) -> int | None:
    user = getattr(request, "user", None)
    return selectors.unread(user) if isinstance(user, Account) else None


def _title_of(row: LetterText) -> str:
    return str(kinds[row.kind].title) if row.kind in kinds else row.subject


def register() -> None:
    words.register(
        about={"notice": _("Letters")},
        verbs={
            "notice.handed_over": _("passed a letter on by hand"),
            "notice.text_written": _("changed the text of a letter"),
            "notice.list_taken_away": _("took the list of letters away as a file"),
            "notice.preferences_set": _("chose how letters come"),
        },
        fields={"subject": _("Subject"), "body": _("Text"), "notice.handed_over.by": _("By which way")},
        values={"notice.handed_over.by": Delivery.Channel},
        things={"notices.lettertext": words.rows_of("notices.LetterText", text=_title_of)},
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
