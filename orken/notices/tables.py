"""The log of what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from orken.kit.tables.tables import Action, Column, Filter, Table
from orken.network.roles import Permission
from orken.network.tables import name_contains
from orken.network.taking_away import traced
from orken.notices.kinds import kinds, ordered
from orken.notices.selectors import STANDING, standing, stands


def _subject(notice: Any) -> str:
    return format_html('<a href="{}">{}</a>', reverse("notices:message", args=[notice.pk]), notice.subject)


def _standing(notice: Any) -> str:
    tone, words = STANDING[standing(notice)]
    return format_html('<span class="tag {}">{}</span>', tone, words)


def _kind(notice: Any) -> Any:
    kind = kinds.get(notice.kind)
    return kind.title if kind is not None else notice.kind


def _choices() -> Sequence[tuple[str, str | Promise]]:
    return [(kind.code, kind.title) for kind in ordered()]


def _states() -> Sequence[tuple[str, str | Promise]]:
    return [(word, words) for word, (_tone, words) in STANDING.items()]


SENT = Table(
    "sent-notices",
    columns=[
        Column("subject", _("Letter"), _subject, lambda notice: notice.subject, order=("subject_kk",), width=50),
        Column("person", _("To whom"), lambda notice: notice.person.full_name(), order=("person__sort_kk",), width=40),
        Column("at", _("When"), lambda notice: date_format(localtime(notice.created_at), "SHORT_DATETIME_FORMAT"), lambda notice: notice.created_at, order=("created_at",), width=18),
        Column("standing", _("How it stands"), _standing, lambda notice: STANDING[standing(notice)][1]),
        Column("kind", _("Kind"), _kind, order=("kind",), shown=False, width=30),
        Column("by", _("Caused by"), lambda notice: notice.by_name or _("the system"), order=("by_name",), shown=False, width=30),
    ],
    filters=[
        Filter("q", _("To whom"), name_contains("person__sort_kk", "person__sort_ru")),
        Filter("kind", _("Kind"), lambda code: Q(kind=code), _choices),
        Filter("standing", _("How it stands"), stands, _states),
    ],
    order="-at",
    views=[(_("Not arrived"), "standing=failed"), (_("No address"), "standing=no_address")],
    taken_away=traced("notice.list_taken_away", Permission.NOTICE_VIEW, "person_id"),
)  # fmt: skip


def with_paper() -> Table:
    """The list with its bulk action; the address has the reader's language."""
    return replace(SENT, actions=[Action("paper", _("Print for those without mail"), reverse("notices:paper"))])
