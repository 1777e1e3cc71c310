"""`{% load signin %}`: browsers by the names that people know."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from orken.people.accounts.browsers import named

register = template.Library()


@register.filter
def browser(user_agent: str) -> str:
    """«Chrome, Windows»; a word where the browser does not say."""
    known = [part for part in named(user_agent) if part]
    return ", ".join(known) or _("an unknown browser")
