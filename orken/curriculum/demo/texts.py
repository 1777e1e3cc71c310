"""How a programme of the demo is written down: texts as (kk, ru, en), hours as (lecture, practice, independent, assessment)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Texts = tuple[str, str, str]
Hours = tuple[int, int, int, int]


@dataclass(frozen=True)
class Part:
    """A module: its title, its topics, its academic hours."""

    title: Texts
    topics: Texts
    hours: Hours


@dataclass(frozen=True)
class Result:
    """An outcome with its competency and level."""

    competency: str
    level: int
    text: Texts


@dataclass(frozen=True)
class Sample:
    """A programme of the demo."""

    code: str
    unit: str
    title: Texts
    summary: Texts
    audience: Texts
    entry: Texts
    results: tuple[Result, ...]
    parts: tuple[Part, ...]
    hours: int
    days: int
    kind: str = "course"
    form: str = "own_pace"
    release: str = "none"
    final: str = "test"
    languages: str = "kk ru"
    work: str = "none"
    shows: Texts = ("", "", "")
    approval: str = "№ 1"
    approved_on: date = date(2026, 1, 28)
