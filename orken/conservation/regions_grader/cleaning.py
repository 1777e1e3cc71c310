"""Marks as they are graded: empty ones dropped, exact copies merged, at most sixty, in an order of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import shapely

from orken.conservation.annotations import Note, Region, settle
from orken.conservation.regions_grader.shapes import Scale, Shape
from orken.conservation.vocabulary import Geometry, Words

MOST_MARKS = 60
SAME = 0.98  # the overlap from which two marks of one type are the same mark drawn twice

TOO_SMALL = Words(
    "%(where)s: 4 мм²-ден кіші белгі есепке алынбады.",
    "%(where)s: метка меньше 4 мм² не учтена.",
    "%(where)s: a mark smaller than 4 mm² was left out.",
)
TWICE = Words(
    "%(n)d белгі екі рет салынған, бір рет есептелді.",
    "Меток, нарисованных дважды: %(n)d; учтены один раз.",
    "%(n)d marks were drawn twice and counted once.",
)
OVER_CAP = Words(
    "Белгі %(n)d; ең үлкен %(most)d белгі бағаланды.",
    "Меток %(n)d; оценены %(most)d самых крупных.",
    "There are %(n)d marks; the %(most)d largest were graded.",
)


@dataclass(frozen=True)
class Cleaned:
    """The marks that are graded, how many there were without copies, and what was said about the rest."""

    shapes: list[Shape]
    count: int
    notes: list[Note]


def clean(regions: Iterable[Region], scale: Scale) -> Cleaned:
    """Valid, on the canvas, not tiny, once each; independent of the order and the direction they were drawn in."""
    notes: list[Note] = []
    kept: list[Shape] = []
    for place, region in enumerate(regions, start=1):
        where = region.id or f"annotation {place}"
        settled, said = settle(region, scale.canvas, where)
        notes += said
        if settled is None:
            continue
        shape = Shape(settled, scale)
        tiny = shapely.get_dimensions(settled.geometry) == 2 and settled.geometry.area < scale.least_area
        if tiny and settled.kind in (Geometry.AREA, Geometry.LINE):
            notes.append(Note(where, TOO_SMALL % {"where": where}))
            continue
        kept.append(shape)
    kept.sort(key=_order)
    single = _without_copies(kept)
    if len(single) < len(kept):
        notes.append(Note("", TWICE % {"n": len(kept) - len(single)}))
    graded = single
    if len(single) > MOST_MARKS:
        notes.append(Note("", OVER_CAP % {"n": len(single), "most": MOST_MARKS}))
        # `single` stands in its own order, which a stable sort keeps among equals.
        largest = sorted(range(len(single)), key=lambda place: -round(single[place].area, 3))[:MOST_MARKS]
        graded = [single[place] for place in sorted(largest)]
    return Cleaned(graded, len(single), notes)


def _order(shape: Shape) -> tuple[str, int, bool, bytes]:
    """An order of the marks' own: by type, severity and place, whatever order and direction they were drawn in."""
    normal = shapely.get_coordinates(shapely.normalize(shape.region.geometry)).round(2)
    return shape.code, shape.severity, shape.region.active, normal.tobytes()


def _without_copies(shapes: list[Shape]) -> list[Shape]:
    """One of marks of the same type that cover the same place; the first in order stays, with the graver severity last."""
    found: list[Shape] = []
    tree = shapely.STRtree([shape.region.geometry for shape in shapes]) if shapes else None
    gone: set[int] = set()
    for place, shape in enumerate(shapes):
        if place in gone or tree is None:
            continue
        found.append(shape)
        for other in tree.query(shape.region.geometry):
            twin = shapes[int(other)]
            if int(other) <= place or int(other) in gone or twin.code != shape.code:
                continue
            if _alike(shape, twin):
                gone.add(int(other))
    return found


def _alike(one: Shape, other: Shape) -> bool:
    a, b = one.region.geometry.bounds, other.region.geometry.bounds
    if max(abs(p - q) for p, q in zip(a, b, strict=True)) > one.scale.tolerance / 2:
        return False
    common = one.body.intersection(other.body).area
    whole = one.area + other.area - common
    return bool(whole > 0 and common / whole >= SAME)
