"""Noise: what a record holds beyond anything an expert has. It cannot earn, and it costs up to twenty points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stdnum import isbn, issn

from orken.cataloguing.elements import BY_NAME, Area, Description, Element, Kind, Value
from orken.cataloguing.elements.table import ACCESS_POINTS
from orken.cataloguing.grading.matching import foreign
from orken.cataloguing.grading.results import Penalty, Reason

MOST = 20.0
PER_ACCESS_POINT = 4.0
PER_VARIANT = 1.0
FREE_FIELDS, FREE_NOTES = 3, 2  # local fields and a note of one's own are normal work
LONG, PER_LONG = 600, 2.0
VARIANT = Element("variant", "", Area.ACCESS, 0, Kind.TEXT)
# Titles that a variant title may repeat in another form.
_TITLES = ("title", "parallel", "part", "other_title", "variant", "series", "host")


@dataclass(frozen=True)
class Noise:
    """Penalties, foreign access points by element, and valid standard numbers of other publications."""

    penalties: tuple[Penalty, ...] = ()
    foreign: Mapping[str, list[Value]] = field(default_factory=dict)
    other_numbers: tuple[Value, ...] = ()

    @property
    def foreign_count(self) -> int:
        return sum(len(values) for values in self.foreign.values())


def noise_of(answer: Description, experts: Sequence[Description], pool: Mapping[str, tuple[Value, ...]]) -> Noise:
    strange: dict[str, list[Value]] = {}
    found: list[Penalty] = []
    names = (*pool.get("main", ()), *pool.get("added", ()))
    titles = [value for name in _TITLES for value in pool.get(name, ())]
    for name in ACCESS_POINTS:
        element = VARIANT if name == "variant" else BY_NAME[name]
        known: Sequence[Value] = (
            titles if name == "variant" else names if name in ("main", "added") else pool.get(name, ())
        )
        own = tuple(value for value in answer[name] if value.text != "under title")
        others = [value for value in foreign(element, own, known) if not _misspelt_number(name, value)]
        if others:
            strange[name] = others
        for value in others:
            price = PER_VARIANT if name == "variant" else PER_ACCESS_POINT
            found.append(Penalty(price, Reason("foreign", {"own": value.shown}), "noise", value.tag, value.occurrence))
    found += _unread(answer, experts)
    found += _notes(answer, pool)
    found += _long(answer, pool)
    return Noise(tuple(_limited(found)), strange, tuple(strange.get("number", ())))


def _misspelt_number(name: str, value: Value) -> bool:
    """A standard number that fails its check digit is a slip (a rule charges it), not another publication's."""
    if name != "number":
        return False
    kind, _colon, digits = value.text.partition(":")
    return not (isbn.is_valid(digits) if kind == "isbn" else issn.is_valid(digits))


def _unread(answer: Description, experts: Sequence[Description]) -> list[Penalty]:
    known = {value.key for expert in experts for value in expert.elsewhere}
    others = [value for value in answer.elsewhere if value.key not in known]
    beyond = len(others) - FREE_FIELDS
    if beyond <= 0:
        return []
    tags = ", ".join(sorted({value.tag for value in others}))
    return [Penalty(float(beyond), Reason("unread", {"tags": tags}), "noise", others[0].tag)]


def _notes(answer: Description, pool: Mapping[str, tuple[Value, ...]]) -> list[Penalty]:
    found: list[Penalty] = []
    for name in ("note", "keyword"):
        own = foreign(BY_NAME[name], answer[name], pool.get(name, ()))
        beyond = len(own) - FREE_NOTES
        if beyond > 0:
            found.append(Penalty(float(beyond), Reason("notes", {"count": len(own)}), "noise", own[0].tag))
    return found


def _long(answer: Description, pool: Mapping[str, tuple[Value, ...]]) -> list[Penalty]:
    """A value far longer than any expert's of its element: the record as a dustbin."""
    found: list[Penalty] = []
    everything = [(name, value) for name, values in answer.values.items() for value in values]
    everything += [("", value) for value in answer.elsewhere]
    for name, value in everything:
        longest = max((len(other.shown) for other in pool.get(name, ())), default=0)
        length = max(len(value.shown), len(value.text))
        if length > max(LONG, 3 * longest):
            found.append(
                Penalty(PER_LONG * -(-(length - LONG) // 500), Reason("long", {"tag": value.tag}), "noise", value.tag)
            )
    return found


def _limited(penalties: list[Penalty]) -> list[Penalty]:
    left = MOST
    kept: list[Penalty] = []
    for one in penalties:
        points = min(left, one.points)
        left -= points
        kept.append(Penalty(points, one.reason, one.kind, one.tag, one.occurrence))
    return kept
