"""The 39 types of damage (conservation.md §1.1): geometry, urgency, kin, look-alikes, signs and first aid.

Definitions are our own; Kazakh terms wait for the terminologists of the National Library, the kin table
and the urgencies for its restorers. The order is the order of the printed table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orken.conservation.vocabulary import texts
from orken.conservation.vocabulary.words import Words

VERSION = "2026.1"


class Group(StrEnum):
    """The groups of the table, named by the letter that a code begins with."""

    MECHANICAL = "M"
    CHEMICAL = "C"
    WATER = "W"
    BIOLOGICAL = "B"
    SURFACE = "S"
    REPAIR = "R"
    BINDING = "K"
    PARCHMENT = "P"

    @property
    def words(self) -> Words:
        return _GROUPS[self.value]


_GROUPS = {
    "M": Words("механикалық", "механические", "mechanical"),
    "C": Words("химиялық", "химические", "chemical"),
    "W": Words("су әсері", "водные", "water"),
    "B": Words("биологиялық", "биологические", "biological"),
    "S": Words("беткі", "поверхностные", "surface"),
    "R": Words("бұрынғы жөндеу", "прежний ремонт", "earlier repair"),
    "K": Words("түптеме", "переплёт", "binding"),
    "P": Words("пергамент, фото", "пергамен, фото", "parchment, photograph"),
}


class Geometry(StrEnum):
    """How a damage lies on the leaf, and so how two drawings of it are compared."""

    AREA = "area"
    LINE = "line"
    SCATTER = "scatter"
    OBJECT = "object"

    @property
    def words(self) -> Words:
        return {
            "area": Words("аймақ", "область", "area"),
            "line": Words("сызық", "линия", "line"),
            "scatter": Words("шашыранды өріс", "рассеянное поле", "scatter field"),
            "object": Words("зат бөлігі", "часть предмета", "part of the object"),
        }[self.value]


@dataclass(frozen=True)
class Damage:
    """One type. `urgency` is the least and the most: 3 today, 2 within weeks, 1 planned, 0 watch.

    `weight` is its share in a grade: 3 and 2 by
    conservation.md §5, else 1.5 where it never waits (urgency 2 and more), 1 where it may. `kin` earn a part of the credit
    for the type when one is taken for the other; `lookalikes` never do, since their first aid differs.
    """

    code: str
    name: Words
    geometry: tuple[Geometry, ...]
    urgency: tuple[int, int]
    signs: Words
    first_aid: Words
    weight: float
    kin: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = ()

    @property
    def group(self) -> Group:
        return Group(self.code[0])

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


A, L, S, O = (Geometry.AREA,), (Geometry.LINE,), (Geometry.SCATTER,), (Geometry.OBJECT,)  # noqa: E741 - the letters of the table

# The share of the type's credit that a mistaken kin earns.
KIN: dict[frozenset[str], float] = {
    frozenset(pair): share
    for *pair, share in (
        ("C1", "B2", 0.5),
        ("B2", "S1", 0.4),
        ("M1", "M3", 0.4),
        ("M2", "B3", 0.4),
        ("M2", "B4", 0.5),
        ("W2", "W1", 0.5),
        ("W2", "C2", 0.4),
        ("C2", "C3", 0.5),
        ("K1", "K3", 0.5),
        ("R1", "R2", 0.5),
    )
}
SAME_GROUP = 0.2
# First aid differs, so one taken for the other earns nothing for the type. B3 with live insects against
# old holes is one code: there the flag `active` decides.
LOOKALIKES: frozenset[frozenset[str]] = frozenset({frozenset({"B1", "S1"}), frozenset({"C4", "W4"})})

_ROWS: tuple[tuple[str, tuple[Geometry, ...], tuple[int, int], float], ...] = (
    ("M1", L, (1, 2), 2),
    ("M2", A, (1, 2), 2),
    ("M3", L, (0, 1), 1),
    ("M4", A, (1, 1), 1),
    ("M5", (Geometry.LINE, Geometry.OBJECT), (0, 1), 1),
    ("M6", L, (1, 2), 1),
    ("C1", S, (1, 1), 1),
    ("C2", A, (1, 1), 1),
    ("C3", A, (2, 2), 1.5),
    ("C4", A, (2, 3), 3),
    ("C5", A, (2, 2), 1.5),
    ("C6", A, (1, 2), 1),
    ("C7", A, (1, 1), 1),
    ("C8", O, (1, 1), 1),
    ("C9", A, (2, 2), 1.5),
    ("C10", A, (0, 1), 1),
    ("W1", A, (1, 1), 1),
    ("W2", A, (1, 2), 2),
    ("W3", A, (0, 1), 1),
    ("W4", A, (1, 1), 1),
    ("W5", O, (3, 3), 1.5),
    ("B1", A, (3, 3), 3),
    ("B2", A, (2, 2), 1.5),
    ("B3", S, (2, 3), 2),
    ("B4", A, (2, 2), 1.5),
    ("B5", S, (1, 3), 1),
    ("S1", A, (0, 1), 1),
    ("S2", (Geometry.AREA, Geometry.OBJECT), (0, 1), 1),
    ("S3", O, (0, 0), 1),
    ("S4", A, (3, 3), 1.5),
    ("R1", A, (1, 2), 1),
    ("R2", A, (0, 1), 1),
    ("K1", O, (1, 2), 1),
    ("K2", O, (1, 2), 1),
    ("K3", O, (1, 2), 1),
    ("K4", A, (1, 2), 1),
    ("K5", O, (0, 0), 1),
    ("P1", A, (2, 2), 1.5),
    ("P2", A, (1, 2), 1),
)


def _others(code: str, pairs: object) -> tuple[str, ...]:
    assert isinstance(pairs, (dict, frozenset))
    return tuple(sorted(other for pair in pairs if code in pair for other in pair if other != code))


DAMAGES: tuple[Damage, ...] = tuple(
    Damage(
        code=code,
        name=texts.NAMES[code],
        geometry=geometry,
        urgency=urgency,
        signs=texts.SIGNS[code],
        first_aid=texts.FIRST_AID[code],
        weight=weight,
        kin=_others(code, KIN),
        lookalikes=_others(code, LOOKALIKES),
    )
    for code, geometry, urgency, weight in _ROWS
)
BY_CODE: dict[str, Damage] = {one.code: one for one in DAMAGES}


def damage(code: str) -> Damage:
    """Raises KeyError for a code that is not in the table."""
    return BY_CODE[code]


def kin_share(one: str, other: str) -> float:
    """The type's credit t when `one` was there and `other` was said (conservation.md §5): 1 the same, 0.4–0.5 kin,
    0 look-alikes with another first aid, 0.2 the same group, else 0."""
    if one == other:
        return 1.0
    pair = frozenset({one, other})
    if pair in LOOKALIKES:
        return 0.0
    if pair in KIN:
        return KIN[pair]
    return SAME_GROUP if one[0] == other[0] else 0.0
