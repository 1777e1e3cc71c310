"""Two versions side by side: only the lines that differ, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from orken.kit.text.marking import Sided
from orken.questions import content, selectors
from orken.questions.models import ExerciseVersion, QuestionVersion


@dataclass(frozen=True)
class Line(Sided):
    what: str
    before: str | None
    after: str | None


def questions(old: QuestionVersion, new: QuestionVersion) -> list[Line]:
    return list(_between(_flat(old.payload), _flat(new.payload)))


def exercises(old: ExerciseVersion, new: ExerciseVersion) -> list[Line]:
    return list(_between(_rules(old), _rules(new)))


def _rules(version: ExerciseVersion) -> dict[str, str]:
    found = {}
    for name in content.FIELDS:
        field = version._meta.get_field(name)
        shown = getattr(version, f"get_{name}_display", None)
        value = shown() if shown else getattr(version, name)
        found[str(getattr(field, "verbose_name", name))] = "" if value is None else str(value)
    for place, slot in enumerate(selectors.whole(version), start=1):
        found[_("Place %(n)s") % {"n": place}] = f"{getattr(slot, 'called', '')} · {slot.mark}"
    return found


def _flat(value: Any, begin: str = "") -> dict[str, str]:
    """A payload as lines: «options · 2 · text · kk»."""
    if isinstance(value, Mapping):
        parts = [(str(key), one) for key, one in value.items() if key != "key"]
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        parts = [(str(place), one) for place, one in enumerate(value, start=1)]
    else:
        return {begin: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}
    found: dict[str, str] = {}
    for key, one in parts:
        found |= _flat(one, f"{begin} · {key}" if begin else key)
    return found


def _between(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Line]:
    for what in [*old, *(one for one in new if one not in old)]:
        if old.get(what, "") != new.get(what, ""):
            yield Line(what, old.get(what), new.get(what))
