"""What an annotation is once it is read: a region on a canvas."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapely.geometry import LineString, MultiLineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from orken.conservation.vocabulary import BY_CODE, VERSION, Geometry, Words

DEFAULT_MM_PER_PX = 25.4 / 300


@dataclass(frozen=True)
class Canvas:
    """The picture: pixels and the millimetres that one of them is on the object."""

    width: int
    height: int
    mm_per_px: float = DEFAULT_MM_PER_PX

    @property
    def diagonal(self) -> float:
        return math.hypot(self.width, self.height)

    @property
    def outline(self) -> Polygon:
        return box(0, 0, self.width, self.height)

    def px(self, mm: float) -> float:
        return mm / self.mm_per_px

    def as_dict(self) -> dict[str, Any]:
        return {"width": self.width, "height": self.height, "mm_per_px": self.mm_per_px}


@dataclass(frozen=True)
class Region:
    """One damage seen: geometry in pixels of the canvas, its code (empty for a zone without a type), severity 0–4 (0: none given)."""

    id: str
    code: str
    severity: int
    geometry: BaseGeometry
    active: bool = False
    comment: Mapping[str, str] | None = None

    @property
    def kind(self) -> Geometry:
        """How the region is compared: by the geometry class of its type; a type with two classes goes by what was drawn."""
        classes = BY_CODE[self.code].geometry if self.code in BY_CODE else (Geometry.AREA,)
        if len(classes) == 1:
            return classes[0]
        drawn_as_line = isinstance(self.geometry, (LineString, MultiLineString))
        if Geometry.LINE in classes and drawn_as_line:
            return Geometry.LINE
        return next(one for one in classes if one is not Geometry.LINE)


@dataclass(frozen=True)
class Note:
    """What was repaired in an annotation."""

    where: str
    words: Words

    def as_dict(self) -> dict[str, Any]:
        return {"where": self.where, "text": self.words.as_dict()}


@dataclass(frozen=True)
class Read:
    """A document read: its canvas, its regions, its zones of «don't care», and what was repaired."""

    canvas: Canvas
    regions: tuple[Region, ...]
    dont_care: tuple[Region, ...] = ()
    notes: tuple[Note, ...] = ()
    vocabulary: str = VERSION
