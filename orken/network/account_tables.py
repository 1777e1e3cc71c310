"""The list of accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import text_of
from orken.kit.tables.tables import Action, Column, Filter, Table
from orken.network.invitations import State, in_state, state_of
from orken.network.roles import Permission
from orken.network.tables import name_contains, spelt
from orken.network.taking_away import traced

TONES = {State.NONE: "", State.INVITED: "wait", State.EXPIRED: "stop", State.ACTIVE: "ok", State.CLOSED: ""}


def _name(person: Any) -> str:
    return format_html('<a href="{}">{}</a>', reverse("network:invite", args=[person.pk]), person.full_name())


def _state(person: Any) -> str:
    state = state_of(person)
    return format_html('<span class="tag {}">{}</span>', TONES[state], state.label)


def _until(person: Any) -> str | None:
    shown = person.code_until is not None and state_of(person) in (State.INVITED, State.EXPIRED)
    return date_format(localtime(person.code_until), "SHORT_DATE_FORMAT") if shown else None


def _seen(person: Any) -> str | None:
    account = getattr(person, "account", None)
    seen = account.last_login if account is not None else None
    return date_format(localtime(seen), "SHORT_DATE_FORMAT") if seen is not None else None


def _login(person: Any) -> str | None:
    account = getattr(person, "account", None)
    return account.login if account is not None else None


ACCOUNTS = Table(
    "accounts",
    columns=[
        Column("name", _("Full name"), _name, lambda person: person.full_name(), order=("sort_kk",), width=40),
        Column("unit", _("Library"), lambda person: text_of(person, "unit").value, order=("unit_sort",), width=60),
        Column("state", _("Account"), _state, lambda person: state_of(person).label),
        Column("login", _("Sign-in name"), _login, order=("account__login",)),
        Column("until", _("Code until"), _until, order=("code_until",), width=14),
        Column("seen", _("Last sign-in"), _seen, order=("account__last_login",), width=14),
    ],
    filters=[
        Filter("q", _("Name in any spelling"), spelt("folded")),
        Filter("library", _("Library"), name_contains("unit_sort")),
        Filter("state", _("Account"), in_state, lambda: State.choices),
    ],
    order="name",
    views=[(_("Not invited"), "state=none"), (_("Invited"), "state=invited"), (_("Code too old"), "state=expired")],
    taken_away=traced("account.taken_away", Permission.ACCOUNT_INVITE, "pk"),
)  # fmt: skip


def with_slips() -> Table:
    """The list with its bulk action; the address has the reader's language."""
    return replace(ACCOUNTS, actions=[Action("slips", _("Print slips with codes"), reverse("network:slips"))])
