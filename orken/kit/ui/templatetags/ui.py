"""`{% load ui %}`: icons, the head of the page, and the small computations that pictures need."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString

from orken.kit.ui import navigation as registry
from orken.kit.ui.icons import ICONS

register = template.Library()

NATIVE = {"kk": ("Қаз", "Қазақша"), "ru": ("Рус", "Русский"), "en": ("Eng", "English")}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The line icon `name`, hidden from screen readers: a word stands beside it or in `.vh`."""
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>', ICONS[name]
    )


@register.simple_tag(takes_context=True)
def include_with(context: Context, name: str, variables: dict[str, Any]) -> SafeString:
    """`{% include_with template variables %}`: a part that another app gave, with the variables that it gave for it."""
    assert context.template is not None, "a page is being rendered"
    with context.push(**variables):
        return context.template.engine.get_template(name).render(context)


@register.simple_tag(takes_context=True)
def navigation(context: Context, place: str = "head") -> list[registry.Item]:
    """`{% navigation as items %}`: what this reader may open; empty on error pages."""
    return registry.items(context.get("request"), place)


@register.simple_tag(takes_context=True)
def page_languages(context: Context) -> list[dict[str, Any]]:
    """This page in the three languages: code, short and full native name, address, current."""
    request: HttpRequest | None = context.get("request")
    here = request.get_full_path() if request else "/"
    current = context.get("LANGUAGE_CODE")
    return [
        {
            "code": code,
            "short": NATIVE[code][0],
            "name": NATIVE[code][1],
            "address": _in_language(here, code) if request else f"/{code}/",
            "current": code == current,
        }
        for code, _ in settings.LANGUAGES
    ]


def _in_language(address: str, code: str) -> str:
    """The same address in another language: only its first part differs. To look it up among all would cost a page a tenth."""
    first, slash, rest = address[1:].partition("/")
    if slash and first in dict(settings.LANGUAGES):
        return f"/{code}/{rest}"
    return translate_url(address, code)


@register.inclusion_tag("ui/parts/ring.html")
def ring(got: int, owed: int, of_text: str, *, waiting: int = 0, label: str) -> dict[str, Any]:
    """How much of what is owed is there: the dash is in the units of what is owed; `waiting` is not counted yet."""
    whole = max(owed, 1)
    shown = min(got, whole)
    return {
        "whole": str(whole), "got": str(shown), "waiting": str(min(waiting, whole - shown)) if waiting else "",
        "got_text": got, "of_text": of_text, "label": label,
    }  # fmt: skip


@register.inclusion_tag("ui/parts/levels.html")
def levels(have: int, need: int, label: str, most: int = 4) -> dict[str, Any]:
    """A level from 0 to `most` in cells: reached is blue, lacking is warm, a black tick stands at what is needed."""
    width = 100 / most
    cells = [
        {
            "x": f"{place * width:.2f}",
            "width": f"{width - 1:.2f}",
            "fill": "a" if place < have else "g" if place < need else "d",
        }
        for place in range(most)
    ]
    return {"cells": cells, "tick": f"{need * width - 1:.2f}" if need else "", "label": label}


@register.filter
def in_order(tiles: Any) -> list[Any]:
    """Tiles by their row and column, with None where the map is empty; rows of seven."""
    places = {(tile.row, tile.column): tile for tile in tiles}
    last = max((row for row, _ in places), default=-1)
    return [places.get((row, column)) for row in range(last + 1) for column in range(7)]


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """The query of this page with `changes` made; an empty value takes the key out; the page number starts anew."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}" if query else "?"
