"""Reading annotations: the document, its bodies, and the settling of each region on the canvas."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from orken.conservation.annotations.regions import DEFAULT_MM_PER_PX, Canvas, Note, Read, Region
from orken.conservation.annotations.selectors import MOST_VERTICES, Pen, geometry_of, valid
from orken.conservation.annotations.sentences import (
    BAD_CANVAS,
    BAD_SEVERITY,
    CLIPPED,
    EMPTY,
    NO_TYPE,
    NOT_AN_OBJECT,
    OTHER_CANVAS,
    OUTSIDE,
    REPAIRED,
    SCREEN_PIXELS,
    SIMPLIFIED,
    SWAPPED,
    TOO_LONG,
    TOO_MANY,
    UNKNOWN_TYPE,
    UNREADABLE,
    AnnotationRefused,
)  # fmt: skip
from orken.conservation.vocabulary import BY_CODE, VERSION

MOST_ANNOTATIONS = 500
MOST_SIDE = 100_000  # pixels


def parse_canvas(raw: Any) -> Canvas:
    """The canvas of a document. Raises AnnotationRefused."""
    if not isinstance(raw, Mapping):
        raise AnnotationRefused(BAD_CANVAS)
    width, height, scale = raw.get("width"), raw.get("height"), raw.get("mm_per_px", DEFAULT_MM_PER_PX)
    for side in (width, height):
        if isinstance(side, bool) or not isinstance(side, int) or not 1 <= side <= MOST_SIDE:
            raise AnnotationRefused(BAD_CANVAS)
    if isinstance(scale, bool) or not isinstance(scale, (int, float)) or not (0 < scale < 100 and math.isfinite(scale)):
        raise AnnotationRefused(BAD_CANVAS)
    assert isinstance(width, int) and isinstance(height, int)
    return Canvas(width, height, float(scale))


def parse_document(raw: Any, canvas: Canvas | None = None) -> Read:
    """A whole document of contracts.md. With `canvas` (that of the reference) the answer must be of the same picture;
    an answer drawn on a scaled view of it is refused by name, since millimetres would be wrong."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("annotations"), list):
        raise AnnotationRefused(NOT_AN_OBJECT)
    own = parse_canvas(raw["canvas"]) if "canvas" in raw or canvas is None else canvas
    if canvas is not None and (own.width, own.height) != (canvas.width, canvas.height):
        sizes = {"w": own.width, "h": own.height, "cw": canvas.width, "ch": canvas.height}
        same_shape = abs(own.width / own.height - canvas.width / canvas.height) < 0.02
        raise AnnotationRefused((SCREEN_PIXELS if same_shape else OTHER_CANVAS) % sizes)
    used = canvas or own
    regions, notes = parse_annotations(raw["annotations"], used)
    zones: tuple[Region, ...] = ()
    if raw.get("dont_care"):
        if not isinstance(raw["dont_care"], list):
            raise AnnotationRefused(NOT_AN_OBJECT)
        zones, more = parse_annotations(raw["dont_care"], used, name="dont_care", typed=False)
        notes = (*notes, *more)
    vocabulary = raw.get("vocabulary", VERSION)
    return Read(used, regions, zones, notes, vocabulary if isinstance(vocabulary, str) else VERSION)


def parse_annotations(
    raw: Sequence[Any], canvas: Canvas, *, name: str = "annotation", typed: bool = True
) -> tuple[tuple[Region, ...], tuple[Note, ...]]:
    """The regions of a list of annotations, clipped and repaired, and what was repaired. Raises AnnotationRefused.

    With `typed` false (zones of «don't care») a damage code may lack.
    """
    if len(raw) > MOST_ANNOTATIONS:
        raise AnnotationRefused(TOO_MANY % {"n": len(raw), "most": MOST_ANNOTATIONS})
    regions: list[Region] = []
    notes: list[Note] = []
    drawn: list[BaseGeometry] = []
    for place, one in enumerate(raw, start=1):
        where = f"{name} {place}"
        pen = Pen(where)
        region = _annotation(one, canvas, pen, typed)
        drawn.append(region.geometry)
        if pen.crossed:
            notes.append(Note(where, REPAIRED % {"where": where}))
        kept, said = settle(region, canvas, where)
        notes += said
        if kept is not None:
            regions.append(kept)
    _refuse_swapped(drawn, canvas)
    return tuple(regions), tuple(notes)


def _annotation(raw: Any, canvas: Canvas, pen: Pen, typed: bool) -> Region:
    where = pen.where
    if not isinstance(raw, Mapping):
        raise AnnotationRefused(UNREADABLE % {"where": where})
    code, severity, active, comment = _bodies(raw.get("body"), where)
    if typed and not code:
        raise AnnotationRefused(NO_TYPE % {"where": where})
    name = raw.get("id", "")
    return Region(
        name[:200] if isinstance(name, str) else "", code, severity,
        geometry_of(raw.get("target"), canvas, pen), active, comment,
    )  # fmt: skip


def _bodies(raw: Any, where: str) -> tuple[str, int, bool, dict[str, str] | None]:
    code, severity, active = "", 0, False
    comment: dict[str, str] = {}
    for body in raw if isinstance(raw, list) else [raw]:
        if not isinstance(body, Mapping):
            continue
        value = body.get("value")
        if not isinstance(value, str):
            continue
        match body.get("purpose"):
            case "classifying":
                if value not in BY_CODE:
                    raise AnnotationRefused(UNKNOWN_TYPE % {"where": where, "value": value[:40]})
                code = value
            case "assessing":
                found = re.fullmatch(r"severity:([1-4])", value.strip())
                if not found:
                    raise AnnotationRefused(BAD_SEVERITY % {"where": where, "value": value[:40]})
                severity = int(found[1])
            case "tagging":
                active = active or value == "active"
            case "commenting":
                language = body.get("language")
                comment[language if language in ("kk", "ru", "en") else "kk"] = value[:2000]
            case _:
                pass
    return code, severity, active, comment or None


def settle(region: Region, canvas: Canvas, where: str = "annotation") -> tuple[Region | None, list[Note]]:
    """The region made valid, of one kind of parts, thinned and cut to the canvas; None when nothing is left of it."""
    notes: list[Note] = []
    named = {"where": where}
    geometry = region.geometry
    if not geometry.is_valid or geometry.geom_type == "GeometryCollection":
        geometry = _one_kind(valid(geometry))
    if shapely.get_num_coordinates(geometry) > MOST_VERTICES:
        geometry = _thinned(geometry)
        notes.append(Note(where, SIMPLIFIED % named))
    if shapely.get_num_coordinates(geometry) > MOST_VERTICES:
        n = int(shapely.get_num_coordinates(geometry))
        raise AnnotationRefused(TOO_LONG % {**named, "n": n, "most": MOST_VERTICES})
    x0, y0, x1, y1 = geometry.bounds if not geometry.is_empty else (0, 0, 0, 0)
    if x0 < 0 or y0 < 0 or x1 > canvas.width or y1 > canvas.height:
        geometry = _one_kind(geometry.intersection(canvas.outline))
        if geometry.is_empty:
            return None, [*notes, Note(where, OUTSIDE % named)]
        notes.append(Note(where, CLIPPED % named))
    if geometry.is_empty:
        return None, [*notes, Note(where, EMPTY % named)]
    return replace(region, geometry=geometry), notes


def _one_kind(geometry: BaseGeometry) -> BaseGeometry:
    """Of a mixed collection only its parts of the highest dimension."""
    if geometry.geom_type != "GeometryCollection":
        return geometry
    parts = [one for part in geometry.geoms for one in getattr(part, "geoms", [part])]
    highest = max((shapely.get_dimensions(part) for part in parts), default=-1)
    if highest < 0:
        return geometry
    return shapely.union_all([part for part in parts if shapely.get_dimensions(part) == highest])


def _thinned(geometry: BaseGeometry) -> BaseGeometry:
    """With fewer points and nearly the same outline."""
    for step in (0.5, 1.0, 2.0):
        geometry = _one_kind(valid(geometry.simplify(step)))
        if shapely.get_num_coordinates(geometry) <= MOST_VERTICES:
            break
    return geometry


def _refuse_swapped(drawn: Sequence[BaseGeometry], canvas: Canvas) -> None:
    """On an oblong canvas most marks of somebody who mixed the axes up run over the short side and fit the long one.

    Told from the points before clipping, and only when every mark would fit the other way round, so that one
    careless rectangle over the edge is cut and not refused.
    """
    bounds = [one.bounds for one in drawn if not one.is_empty]
    if not bounds:
        return
    x1, y1 = max(one[2] for one in bounds), max(one[3] for one in bounds)
    over_x, over_y = x1 > canvas.width * 1.02, y1 > canvas.height * 1.02
    fits_swapped = x1 <= canvas.height and y1 <= canvas.width and min(min(one[:2]) for one in bounds) >= 0
    middles_out = sum(
        (one[0] + one[2]) / 2 > canvas.width or (one[1] + one[3]) / 2 > canvas.height for one in bounds
    )  # fmt: skip
    if (over_x or over_y) and fits_swapped and middles_out:
        raise AnnotationRefused(SWAPPED)
