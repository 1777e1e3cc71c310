"""A rubric: criteria with their weight, each with levels from least to most. Pure: what is chosen comes to per cent.

Kept as plain data, so that the same words have the same fingerprint:
    [{"key": "c1", "weight": 2, "kk": …, "ru": …, "en": …, "levels": [{"points": 0, "kk": …, "ru": …, "en": …}, …]}]
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from orken.kit.i18n.content import ORDER, current_language

MOST_CRITERIA, MOST_LEVELS = 8, 5
CENT = Decimal("0.01")
Data = list[dict[str, Any]]


@dataclass(frozen=True)
class Level:
    """One step of a criterion: its points and its words."""

    number: int
    points: int
    texts: Mapping[str, str]

    @property
    def text(self) -> str:
        return in_language(self.texts)


@dataclass(frozen=True)
class Criterion:
    """What is looked at, how much it weighs, and its levels."""

    key: str
    weight: int
    texts: Mapping[str, str]
    levels: tuple[Level, ...]

    @property
    def text(self) -> str:
        return in_language(self.texts)

    @property
    def most(self) -> int:
        return max((level.points for level in self.levels), default=0)


def in_language(texts: Mapping[str, str]) -> str:
    """The reader's language, else the one that she understands likelier."""
    return next((texts[code] for code in ORDER[current_language()] if texts.get(code)), "")


def read(data: Iterable[Mapping[str, Any]]) -> list[Criterion]:
    return [
        Criterion(
            str(one["key"]), int(one.get("weight", 1)), _texts(one),
            tuple(Level(n, int(level.get("points", 0)), _texts(level)) for n, level in enumerate(one.get("levels", []))),
        )
        for one in data
    ]  # fmt: skip


def _texts(told: Mapping[str, Any]) -> dict[str, str]:
    return {code: str(told.get(code, "")) for code in ("kk", "ru", "en")}


def score(criteria: Sequence[Criterion], chosen: Mapping[str, int]) -> Decimal:
    """Per cent: each criterion gives its share of its own most, by weight. Raises KeyError when one is not chosen."""
    whole = sum(one.weight for one in criteria)
    got = sum((Decimal(one.levels[chosen[one.key]].points * one.weight) / one.most for one in criteria), Decimal(0))
    return (100 * got / whole).quantize(CENT) if whole else Decimal(0)


def complete(criteria: Sequence[Criterion], chosen: Mapping[str, int]) -> bool:
    """Whether every criterion has one of its levels."""
    return {one.key for one in criteria} == set(chosen) and all(
        0 <= chosen[one.key] < len(one.levels) for one in criteria
    )


def fingerprint(data: Data) -> str:
    """Equal exactly when the words, points and weights are equal and stand in the same order."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def problems(data: Data) -> list[str]:
    """Why nobody can mark by it yet, in words."""
    found = []
    if not data:
        found.append(_("The rubric has no criterion yet."))
    for one in read(data):
        if not one.texts["kk"]:
            found.append(_("A criterion has no words in Kazakh."))
        if len(one.levels) < 2:
            found.append(_("“%(criterion)s”: at least two levels are needed.") % {"criterion": one.text})
        elif one.most < 1 or len({level.points for level in one.levels}) < len(one.levels):
            found.append(_("“%(criterion)s”: every level has points of its own, the best at least one.") % {"criterion": one.text})  # fmt: skip
        if any(not level.texts["kk"] for level in one.levels):
            found.append(_("“%(criterion)s”: a level has no words in Kazakh.") % {"criterion": one.text})
    return found


def new_key(data: Data) -> str:
    """A key that no criterion of this rubric has had."""
    taken = [int(one["key"][1:]) for one in data if str(one.get("key", ""))[1:].isdecimal()]
    return f"c{max(taken, default=0) + 1}"
