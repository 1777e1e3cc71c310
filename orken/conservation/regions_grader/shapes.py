"""Regions made ready for comparing: bodies with an area, tolerance in millimetres, the location of one on another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from orken.conservation.annotations import Canvas, Region
from orken.conservation.vocabulary import Geometry

LEAST_TOLERANCE_MM = 1.5
TOLERANCE_OF_DIAGONAL = 0.006
LINE_TOLERANCE = 1.6
LEAST_AREA_MM2 = 4.0
NOTHING, FULL, STRICT = 0.25, 0.75, 0.995  # f between which the credit for the place rises (decision 0055)
THINNING_MM = 0.25  # outlines are thinned by a sixth of the tolerance: nothing that is graded
QUADRANT = 4  # segments of a quarter circle when buffering: half a percent of the radius
FIELD_REACH = 4.0  # spots of one scatter nearer than this many tolerances make one field


@dataclass(frozen=True)
class Scale:
    """The canvas with its tolerance in pixels; `lenient` where experts are compared with each other."""

    canvas: Canvas
    lenient: bool = False

    @cached_property
    def tolerance(self) -> float:
        """tau: 1.5 mm, or 0.6 % of the diagonal where the picture is large."""
        return max(self.canvas.px(LEAST_TOLERANCE_MM), TOLERANCE_OF_DIAGONAL * self.canvas.diagonal)

    @property
    def line_tolerance(self) -> float:
        return LINE_TOLERANCE * self.tolerance

    @property
    def tool(self) -> float:
        """Half the width that a lonely point or line stands for."""
        return self.tolerance / 2

    @property
    def least_area(self) -> float:
        return LEAST_AREA_MM2 / self.canvas.mm_per_px**2


def _dimension(geometry: BaseGeometry) -> int:
    return int(shapely.get_dimensions(geometry))


@dataclass(frozen=True, eq=False)
class Shape:
    """A region ready to be compared."""

    region: Region
    scale: Scale

    @property
    def code(self) -> str:
        return self.region.code

    @property
    def severity(self) -> int:
        return self.region.severity

    @property
    def kind(self) -> Geometry:
        return self.region.kind

    @cached_property
    def drawn(self) -> BaseGeometry:
        thin = THINNING_MM / self.scale.canvas.mm_per_px
        simple = self.region.geometry.simplify(thin, preserve_topology=True)
        return self.region.geometry if simple.is_empty else simple

    @cached_property
    def linear(self) -> bool:
        return _dimension(self.drawn) == 1

    @cached_property
    def body(self) -> BaseGeometry:
        """With an area: a point or a line gets the width of the tool."""
        if _dimension(self.drawn) == 2:
            return self.drawn
        wide = self.drawn.buffer(self.scale.tool, quad_segs=QUADRANT)
        return wide.intersection(self.scale.canvas.outline)

    @cached_property
    def area(self) -> float:
        return float(self.body.area)

    @cached_property
    def reach(self) -> float:
        return self.scale.line_tolerance if self.kind is Geometry.LINE else self.scale.tolerance

    @cached_property
    def plus(self) -> BaseGeometry:
        """The body grown by the tolerance of its kind, cut to the canvas."""
        source = self.drawn if self.linear and self.kind is Geometry.LINE else self.body
        grown = source.buffer(self.reach, quad_segs=QUADRANT)
        return grown.intersection(self.scale.canvas.outline)

    @cached_property
    def wide(self) -> BaseGeometry:
        """Grown by the tolerance of lines, for comparing with one."""
        if self.kind is Geometry.LINE:
            return self.plus
        return self.drawn.buffer(self.scale.line_tolerance, quad_segs=QUADRANT).intersection(self.scale.canvas.outline)

    @cached_property
    def grown(self) -> BaseGeometry:
        """The body grown by the plain tolerance."""
        if self.kind is not Geometry.LINE:
            return self.plus
        return self.body.buffer(self.scale.tolerance, quad_segs=QUADRANT).intersection(self.scale.canvas.outline)

    @cached_property
    def spots(self) -> Sequence[BaseGeometry]:
        return list(getattr(self.body, "geoms", [self.body]))

    @cached_property
    def field(self) -> BaseGeometry:
        """The ground over which the spots of a scatter lie: spots joined where they stand near each other."""
        if len(self.spots) == 1:
            return self.plus
        reach = FIELD_REACH * self.scale.tolerance
        joined = self.body.buffer(reach, quad_segs=2).buffer(-reach + self.scale.tolerance, quad_segs=2)
        return joined.intersection(self.scale.canvas.outline)


def prepare(regions: Iterable[Region], scale: Scale) -> list[Shape]:
    return [Shape(region, scale) for region in regions]


def location(mark: Shape, wanted: Shape) -> float:
    """f: the harmonic mean of how much of the mark lies on the region and how much of the region is under the mark."""
    precision, recall = _overlap(mark, wanted)
    return 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0


def placed(f: float, wanted: Shape) -> float:
    """l: none up to 0.25, full where all of it lies right: the tolerance in millimetres is in f already, so that a
    hand which shakes loses nothing, and a box about a stain does. The field of a scatter has no outline: there 0.75 is
    full, and so it is between experts, whose outlines differ by taste."""
    full = FULL if wanted.kind is Geometry.SCATTER or wanted.scale.lenient else STRICT
    return min(1.0, max(0.0, (f - NOTHING) / (full - NOTHING)))


def _overlap(mark: Shape, wanted: Shape) -> tuple[float, float]:
    if mark.area <= 0 or wanted.area <= 0:
        return 0.0, 0.0
    if wanted.kind is Geometry.LINE and wanted.linear:
        if mark.linear:
            length, whole = mark.drawn.length, wanted.drawn.length
            return (
                mark.drawn.intersection(wanted.plus).length / length,
                wanted.drawn.intersection(mark.wide).length / whole,
            )
        inside = mark.body.intersection(wanted.plus).area / mark.area
        return inside, wanted.drawn.intersection(mark.wide).length / wanted.drawn.length
    if wanted.kind is Geometry.LINE:
        inside = mark.body.intersection(wanted.plus).area / mark.area
        return inside, mark.wide.intersection(wanted.body).area / wanted.area
    if wanted.kind is Geometry.SCATTER and len(wanted.spots) > 1:
        inside = mark.body.intersection(wanted.field).area / mark.area
        shapely.prepare(mark.grown)
        touched = numpy.count_nonzero(shapely.intersects(mark.grown, wanted.spots))
        return inside, float(touched) / len(wanted.spots)
    inside = mark.body.intersection(wanted.plus).area / mark.area
    if wanted.kind is Geometry.OBJECT:
        return inside, 1.0 if mark.body.intersects(wanted.body) else 0.0
    return inside, mark.grown.intersection(wanted.body).area / wanted.area


def overlap_share(one: BaseGeometry, other: BaseGeometry) -> float:
    """Intersection over union."""
    common = one.intersection(other).area
    whole = one.area + other.area - common
    return float(common / whole) if whole > 0 else 0.0


def joined(shapes: Sequence[Shape]) -> BaseGeometry:
    """One geometry of fragments: lines stay lines when all are."""
    if all(shape.linear for shape in shapes):
        return shapely.union_all([shape.drawn for shape in shapes])
    return shapely.union_all([shape.body for shape in shapes])


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Only the parts with an area."""
    parts = [part for part in getattr(geometry, "geoms", [geometry]) if isinstance(part, (Polygon, MultiPolygon))]
    return shapely.union_all(parts) if parts else Polygon()
