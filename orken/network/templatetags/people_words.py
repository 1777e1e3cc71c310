"""`{% load people_words %}`: small questions that pages about people ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of_key(found: Mapping[Any, Any], key: Any) -> Any:
    """What stands under `key`; nothing when it is absent."""
    return found.get(key, ())
