"""Grading records as they come from people: read, check, describe, grade. The one door for pages, commands and kinds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from orken.cataloguing import checker
from orken.cataloguing.calibration import Agreement, agreement
from orken.cataloguing.elements import describe
from orken.cataloguing.grading import Expert, Marked, Terms, grade
from orken.cataloguing.profiles import Profile
from orken.cataloguing.record import Record
from orken.cataloguing.tasks import material


def expert(record: Record, profile: Profile) -> Expert:
    """An expert's record made ready: elements and the checker's messages about it."""
    return Expert(describe(record, profile.code), tuple(checker.check(record, profile)))


@lru_cache(maxsize=256)
def experts_of(code: str, format: str, seed: int = 0) -> tuple[Expert, ...]:
    """The experts of a book of the school, ready to grade by. Raises KeyError."""
    from orken.cataloguing import profiles

    return tuple(expert(record, profiles.get(format)) for record in material.experts(code, format, seed))


def mark(record: Record, profile: Profile, experts: Sequence[Expert], terms: Terms | None = None) -> Marked:
    """Grade `record`, read by `profile`, against `experts`, who may have worked in another format."""
    issues = tuple(checker.check(record, profile))
    return grade(describe(record, profile.code), experts, issues=issues, terms=terms)


@lru_cache(maxsize=256)
def agreement_of(code: str, format: str) -> Agreement:
    """How the experts of a book agree in `format`."""
    return agreement(experts_of(code, format))
