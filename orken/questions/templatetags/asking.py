"""`{% load asking %}`: texts of questions in a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from orken.kit.i18n.content import current_language
from orken.questions import texts

register = template.Library()


@register.simple_tag
def rich(public: Mapping[str, Any], ident: str = "") -> SafeString:
    """A text with paragraphs and pictures, in its own language."""
    address = f"/{current_language()}/questions/picture/{{}}/"
    shown = texts.shown(public["text"], bool(public.get("html")), address)
    mark = format_html(' id="{}"', ident) if ident else ""
    return format_html('<div class="asked"{} lang="{}">{}</div>', mark, public["lang"], shown)


@register.simple_tag
def inline(public: Mapping[str, Any]) -> SafeString:
    """A text within a line, marked where it is in another language than the page."""
    shown = texts.line(public["text"], bool(public.get("html")))
    if public.get("lang", current_language()) == current_language():
        return format_html("{}", shown)
    return format_html('<span lang="{}">{}</span>', public["lang"], shown)


@register.simple_tag(takes_context=True)
def ask(context: Context, item: Any) -> SafeString:
    """The part of the kind, with what it needs and the page's own token."""
    assert context.template is not None, "a page is being rendered"
    with context.push(public=item.view, name=item.name, save_url=item.save_url, shut=item.shut, **item.more):
        return context.template.engine.get_template(item.template).render(context)
