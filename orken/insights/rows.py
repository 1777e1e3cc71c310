"""The rows behind a number: who was counted, what was counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db.models import QuerySet

from orken.credentials.models import Certificate, LedgerRow
from orken.insights.coverage import PEOPLE, Country, Question
from orken.insights.frames import Array
from orken.insights.reckoning import CLASSES, YEARS, chosen_rows, first_of_certificates
from orken.kit.ids import among
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.people.models import Person
from orken.training.models import Result

# What a number can be asked for: who are counted, those of the last years, the classes, the measures.
OF_PEOPLE: dict[str, tuple[str, ...]] = {
    PEOPLE: CLASSES,
    **{f"in-{years}": CLASSES[: place + 1] for place, years in enumerate(YEARS)},
    "earlier": ("earlier",),
    "paper": ("paper",),
    "never": ("never",),
}
OF_MEASURES = ("participations", "certificates", "hours")


def country_of(question: Question) -> Country:
    """What is needed to find rows, not only to count them."""
    return Country(question, {"results": ("pk",), "ledger": ("pk",)})


def people(country: Country, unit: int, own: bool, within: Scope, name: str) -> tuple[Array, int]:
    """Ids of the people that a number of the unit counts (`own`: of its own line), and how many the reader does not see.

    `within` are the subtrees whose people she may see.
    """
    classes = [CLASSES.index(one) for one in OF_PEOPLE[name]]
    _heads, group = country.group(unit)
    counted = (group == 0) if own else (group >= 0)
    counted &= np.isin(country.classes, classes)
    found = np.flatnonzero(counted)
    seen = _seen(country, found, within)
    return found[seen], int(len(found) - np.count_nonzero(seen))


def _seen(country: Country, persons: Array, within: Scope) -> Array:
    """Which of these persons are counted in a unit that the reader may see; it may have stood elsewhere on that day."""
    if within.whole:
        return np.ones(len(persons), dtype=bool)
    units = np.unique(country.homes[persons])
    allowed = Unit.objects.filter(within.q(), pk__in=among(units.tolist())).values_list("pk", flat=True)
    return np.isin(country.homes[persons], list(allowed))


def measured(country: Country, unit: int, own: bool, within: Scope, name: str) -> tuple[list[int], int]:
    """Ids of the results, certificates or rows of the ledger that a measure of the unit counts, and how many she does not see."""
    _heads, group = country.group(unit)
    counted = (group == 0) if own else (group >= 0)
    persons = np.flatnonzero(counted)
    seen = np.zeros(len(group), dtype=bool)
    seen[persons[_seen(country, persons, within)]] = True
    found: list[int] = []
    left_out = 0
    learned = country.question.learned
    for one in country.frames["results" if name == "participations" else "ledger"]:
        rows = chosen_rows(one, learned)
        if name == "certificates":
            rows = first_of_certificates(one, rows)
        person = one["person"][rows]
        known = person < len(group)
        rows, person = rows[known], person[known]
        rows, person = rows[counted[person]], person[counted[person]]
        column = "certificate" if name == "certificates" else "pk"
        found += one[column][rows[seen[person]]].tolist()
        left_out += int(np.count_nonzero(~seen[person]))
    return found, left_out


# Who asked not to be shown is counted and stands in no list.
SHOWN = {"blocked_at": None, "erased_at": None}


def persons(ids: Sequence[int]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=among(ids), **SHOWN)


def _of_shown(rows: QuerySet[Any], lead: str) -> QuerySet[Any]:
    return rows.filter(**{f"{lead}{name}": value for name, value in SHOWN.items()})


def listed(name: str, ids: Sequence[int]) -> QuerySet[Any]:
    """The rows of a measure by their ids, with what a list shows of each."""
    if name == "participations":
        rows = Result.objects.filter(pk__in=among(ids)).select_related("enrolment__person", "enrolment__run", "sheet")
        return _of_shown(rows, "enrolment__person__")
    if name == "certificates":
        held = Certificate.objects.filter(pk__in=among(ids)).select_related("person", "unit")
        return _of_shown(held, "person__")
    return _of_shown(
        LedgerRow.objects.filter(pk__in=among(ids)).select_related("person", "certificate", "outside"), "person__"
    )
