"""`{% load proceedings %}`: lengths, states and titles as the pages of recordings say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from orken.credentials.templatetags.credentials import academic
from orken.kit.i18n.content import current_language, text_of
from orken.kit.text.sorting import sort_key
from orken.meetings.selectors.programme import said
from orken.proceedings import chapters
from orken.proceedings.models import Recording

register = template.Library()
COLOURS: dict[str, str] = {"hidden": "wait", "shown": "ok", "back": "stop"}


@register.filter
def clocked(seconds: int) -> str:
    """«12:30»."""
    return chapters.clock(seconds)


@register.filter
def academic_hours(minutes: int) -> str:
    return academic(minutes)


@register.simple_tag
def recording_tag(recording: Recording) -> SafeString:
    return format_html('<span class="tag {}">{}</span>', COLOURS[recording.state], recording.get_state_display())


@register.simple_tag
def text_value(row: Any, field: str) -> str:
    """A text of a row in the reader's language, without the mark of a missing one: for attributes."""
    return text_of(row, field).value


@register.filter
def by_region(institutions: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Institutions by region and name, in the order of the reader's language; a volume of earlier days may know no regions."""
    language = current_language()

    def place(one: Mapping[str, Any]) -> tuple[bool, str, str]:
        region = said(one.get("region") or {}, language)[0]
        return not region, sort_key(region), sort_key(said(one["name"], language)[0])

    return sorted(institutions, key=place)


@register.filter
def of_talk(titles: Mapping[int, Any], talk: int | None) -> Any:
    return titles.get(talk) if talk else None


@register.filter
def not_held(parts: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Places of the programme that were not held; a volume of earlier days does not say."""
    return [one for one in parts if not one.get("held", True)]
