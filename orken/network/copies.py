"""What a unit shows of its dated facts on a day: the one rule for verbs, for the coming of a day and for the proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from orken.kit.history import Dated
from orken.kit.text.sorting import sort_key
from orken.network.models import Unit, UnitName, UnitPlace, UnitTraits

NAME_FIELDS = ("name_kk", "name_ru", "name_en", "short_kk", "short_ru", "short_en")
TRAIT_FIELDS = (
    "locality", "internet", "city_kk", "city_ru", "city_en", "address", "phone", "email", "latitude", "longitude",
)  # fmt: skip
NUMBERS = ("latitude", "longitude")
CURRENT_TRAIT_FIELDS = ("locality", "internet", "city_kk", "city_ru", "city_en")
COPIES = (*NAME_FIELDS, *CURRENT_TRAIT_FIELDS, "sort_kk", "sort_ru", "exists", "parent_id")
Row = TypeVar("Row", bound=Dated)


def held(rows: Iterable[Row], day: date) -> Row | None:
    """The row that holds on the day."""
    return next((row for row in rows if row.holds(day)), None)


def nearest(rows: Sequence[Row], day: date) -> Row | None:
    """The row of the day; of a closed unit the last one before it; of a coming unit its first."""
    past = [row for row in rows if row.valid_from <= day]
    if past:
        return held(past, day) or max(past, key=lambda row: row.valid_from)
    return min(rows, key=lambda row: row.valid_from, default=None)


@dataclass
class Facts:
    """The live rows of one unit."""

    names: list[UnitName] = field(default_factory=list)
    traits: list[UnitTraits] = field(default_factory=list)
    places: list[UnitPlace] = field(default_factory=list)


def of_day(unit: Unit, facts: Facts, day: date) -> dict[str, Any]:
    """The copies that `unit` must bear on `day`.

    A closed unit keeps its last place, so that those who were in charge still see its past; a coming
    one has its first place already, so that who opened it may see it.
    """
    name, traits, place = nearest(facts.names, day), held(facts.traits, day), nearest(facts.places, day)
    assert name is not None, "a unit is opened with a name"
    copies: dict[str, Any] = {field: getattr(name, field) for field in NAME_FIELDS}
    copies |= {field: getattr(traits, field, "") for field in CURRENT_TRAIT_FIELDS}
    copies["sort_kk"] = sort_key(copies["name_kk"])
    copies["sort_ru"] = sort_key(copies["name_ru"] or copies["name_kk"])
    copies["exists"] = held(facts.places, day) is not None
    copies["parent_id"] = place.parent_id if place else unit.parent_id
    return copies


def load(ids: Sequence[int] | None = None) -> dict[int, Facts]:
    """The live facts of these units, of all when None, in three queries."""
    found: dict[int, Facts] = {}
    for model, name in ((UnitName, "names"), (UnitTraits, "traits"), (UnitPlace, "places")):
        rows: Any = model._default_manager.filter(superseded_at=None)
        if ids is not None and len(ids) <= 500:  # beyond that reading all is faster than naming them
            rows = rows.filter(unit_id__in=ids)
        for row in rows.iterator(chunk_size=2000):
            getattr(found.setdefault(row.unit_id, Facts()), name).append(row)
    return found


def stale(day: date) -> list[tuple[Unit, list[str]]]:
    """Units that show something else than their facts say of `day`, with the fields that differ."""
    facts = load()
    found = []
    for unit in Unit.objects.all().iterator(chunk_size=2000):
        known = facts.get(unit.pk)
        if known is None or not known.names:
            found.append((unit, ["no name"]))
            continue
        wrong = [name for name, value in of_day(unit, known, day).items() if getattr(unit, name) != value]
        if wrong:
            found.append((unit, wrong))
    return found
