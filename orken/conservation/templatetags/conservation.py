"""`{% load conservation %}`: the tabs of the School, and sealed texts in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from orken.kit.i18n.content import ORDER, current_language
from orken.network import policy
from orken.network.roles import Permission
from orken.people.models import Account

register = template.Library()


@register.inclusion_tag("conservation/parts/tabs.html", takes_context=True)
def school_tabs(context: Context, here: str) -> dict[str, Any]:
    """The rooms of the School that this reader may enter; `here` is the one she stands in."""
    account = context["request"].user
    tabs = [
        ("specimens", _("Lab")),
        ("cards", _("Cards of damage")),
        ("cases", _("Treatment")),
        ("read_climate", _("Reading a chart")),
    ]
    if isinstance(account, Account) and policy.scope(account, Permission.CONDITION_VIEW):
        tabs = [("passports", _("Passports")), ("rooms", _("Climate")), *tabs]
    return {"tabs": [(reverse(f"conservation:{name}"), label, name == here) for name, label in tabs]}


@register.filter
def said(words: Mapping[str, str] | None) -> str:
    """A text sealed in Kazakh and Russian, for the reader; an English one gets the Russian, as elsewhere (`kit.i18n.content`)."""
    if not words:
        return ""
    return next(words[code] for code in ORDER[current_language()] if code in words)
