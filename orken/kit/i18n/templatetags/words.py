"""`{% load words %}`: texts, dates and numbers in the reader's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n import dates, numbers
from orken.kit.i18n.content import current_language, text_of
from orken.kit.text import quotes

register = template.Library()

IN_LANGUAGE = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}


@register.simple_tag
def text(row: Any, field: str, plain: bool = False) -> SafeString | str:
    """`{% text row "name" %}`: the reader's own; when it is lacking, the next one, marked with its language."""
    found = text_of(row, field)
    if not found.value or not found.missing:
        return found.value
    if plain:
        return format_html('<span lang="{}">{}</span>', found.language, found.value)
    return format_html(
        '<span lang="{}">{}</span> <span class="tag">{}</span>',
        found.language,
        found.value,
        IN_LANGUAGE[found.language],
    )


@register.filter
def in_language(code: str) -> str:
    """«in Kazakh»: the language in words, as it stands in a sentence."""
    return str(IN_LANGUAGE.get(code, code))


@register.filter
def quoted(value: Any) -> str:
    """A title in the quotation marks of the reader's language, those inside it one step deeper."""
    return quotes.quoted(str(value), current_language())


@register.filter
def date_long(value: date | None) -> str:
    return dates.long_date(value) if value else ""


@register.filter
def short_number(value: Decimal | float | None) -> str:
    """1, 0,5, 1,25: without zeros at the end."""
    return "" if value is None else numbers.short_number(value)


@register.filter
def date_short(value: date | None) -> str:
    return dates.short_date(value) if value else ""


@register.filter
def date_until(first: date, last: date) -> str:
    """`{{ run.first|date_until:run.last }}`"""
    return dates.date_range(first, last)


@register.filter
def since(value: date | None) -> str:
    return dates.since(value) if value else ""


@register.filter
def until(value: date | None) -> str:
    return dates.until(value) if value else ""


@register.filter
def on_day(value: date | None) -> str:
    return dates.on_day(value) if value else ""


@register.filter
def month_word(value: date) -> str:
    """The month as it stands after a day."""
    return dates.month_name(value.month)


@register.filter
def month_year(value: date) -> str:
    return dates.month_year(value)


@register.filter
def day_month(value: date) -> str:
    return dates.day_month(value)


@register.filter
def far(value: date) -> str:
    """How far the day is: today, in 3 days."""
    return dates.relative(value)


@register.filter
def number(value: int | float | Decimal) -> str:
    return numbers.number(value)


@register.filter
def percent(value: int | float | Decimal) -> str:
    return numbers.percent(value)
