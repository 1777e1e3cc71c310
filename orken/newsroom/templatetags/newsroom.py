"""`{% load newsroom %}`: how a text of news is set."""

from __future__ import annotations

import re

from django import template

register = template.Library()

NUMBER = re.compile(r"(?<=\d) (?=\w)")
INITIAL = re.compile(r"(?<=\b[^\W\d_]\.) (?=[^\W\d_])")
DASH = re.compile(r" (?=[–—] )")


@register.filter
def bound(text: str) -> str:
    """A number does not part from what it counts, an initial from its name, a dash from the word before it."""
    return DASH.sub("\u00a0", INITIAL.sub("\u00a0", NUMBER.sub("\u00a0", text)))
