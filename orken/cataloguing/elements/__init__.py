"""What a record says, whatever format says it: format-neutral elements.

An element is what a cataloguer decides about: the title, the main access point, the extent. The maps of
`marc21.py` and `unimarc.py` bring a record to elements, so work in one format is graded against an
expert who worked in the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from orken.cataloguing.elements import marc21, unimarc
from orken.cataloguing.elements.table import AREAS, BY_NAME, ELEMENTS, Area, Element, Kind
from orken.cataloguing.elements.values import Value
from orken.cataloguing.record import Record

__all__ = ["AREAS", "BY_NAME", "ELEMENTS", "Area", "Description", "Element", "Kind", "Value", "describe", "family"]

FAMILIES = {"marc21": "marc21", "unimarc": "unimarc", "rusmarc": "unimarc", "kazmarc": "unimarc"}


class UnknownProfile(Exception):
    """No map of elements is known for this profile."""


@dataclass(frozen=True)
class Description:
    """A record as elements. `elsewhere` are the fields that no element reads."""

    record: Record
    profile: str
    values: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    elsewhere: tuple[Value, ...] = ()

    def __getitem__(self, name: str) -> tuple[Value, ...]:
        return self.values.get(name, ())


def family(profile: str) -> str:
    """The family of a profile: «marc21» or «unimarc». Raises UnknownProfile."""
    try:
        return FAMILIES[profile]
    except KeyError:
        raise UnknownProfile(profile) from None


_MAPS: dict[str, Callable[[Record], tuple[dict[str, tuple[Value, ...]], tuple[Value, ...]]]] = {
    "marc21": marc21.read,
    "unimarc": unimarc.read,
}


def describe(record: Record, profile: str) -> Description:
    """The elements of `record`, read by the rules of `profile`."""
    values, elsewhere = _MAPS[family(profile)](record)
    return Description(record, profile, values, elsewhere)
