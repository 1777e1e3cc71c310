"""The trail in the reader's words: each app says how its verbs, fields and values are called.

    words.register(verbs={"unit.opened": _("opened a unit")}, fields={"name_kk": _("Name in Kazakh")}, values={"internet": Unit.Internet})  # a TextChoices

A day is written as a day of the language, a choice by its label; what nobody named is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise

from orken.kit.audit.models import AuditEvent
from orken.kit.i18n.dates import short_date

Text = str | Promise
LONGEST = 400  # letters of one line of the trail
_verbs: dict[str, Text] = {}
_fields: dict[str, Text] = {}
_values: dict[str, Any] = {}


def register(
    *,
    verbs: Mapping[str, Text] | None = None,
    fields: Mapping[str, Text] | None = None,
    values: Mapping[str, Any] | None = None,
) -> None:
    _verbs.update(verbs or {})
    _fields.update(fields or {})
    _values.update(values or {})


def verbs() -> list[tuple[str, Text]]:
    return list(_verbs.items())


def verb_of(event: AuditEvent) -> Text:
    return _verbs.get(event.verb, event.verb)


def changes_of(event: AuditEvent) -> str:
    """«Name in Kazakh: old → new; Since: 25 November 2026»."""
    lines = []
    for key, value in event.after.items():
        old = event.before.get(key)
        if not value and not old:
            continue
        label, new = _fields.get(key, key), _said(key, value)
        lines.append(f"{label}: {_said(key, old)} → {new}" if key in event.before else f"{label}: {new}")
    return "; ".join(lines)[:LONGEST]


def _said(key: str, value: Any) -> str:
    if value in (None, "", []):
        return "—"
    if isinstance(value, (list, tuple)):
        return ", ".join(_said(key, one) for one in value)
    if key in _values and value in _values[key].values:
        return str(_values[key](value).label)
    if isinstance(value, str) and len(value) == 10 and value[4:5] == value[7:8] == "-":
        try:
            return short_date(date.fromisoformat(value))
        except ValueError:
            return value
    return str(value)
