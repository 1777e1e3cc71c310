"""A sheet on the camera stand: what every damage changes and every light shows.

One canvas is the photograph: a dark board, on it the leaf, a ruler and a grey card. Damages work on windows, so
that a page of 12 megapixels stays far under 1 GB.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from orken.conservation.specimens.fields import F, Rng

U8 = NDArray[np.uint8]
SCATTERED = frozenset({"C1", "B3", "B5"})  # spots count one by one (vocabulary: geometry class S)
NORMAL = 128  # optical density of the clean leaf in transmitted light; 0 is a hole


@dataclass(frozen=True)
class Window:
    """A rectangle of the canvas, cut to it."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def shape(self) -> tuple[int, int]:
        return self.y1 - self.y0, self.x1 - self.x0

    @property
    def at(self) -> tuple[slice, slice]:
        return slice(self.y0, self.y1), slice(self.x0, self.x1)

    @property
    def empty(self) -> bool:
        return self.x1 <= self.x0 or self.y1 <= self.y0


@dataclass(frozen=True)
class Damage:
    """One damage drawn: its code, severity, exact mask (in a window) and geometry in pixels of the canvas."""

    code: str
    severity: int
    window: Window
    mask: U8  # 0 or 1
    geometry: BaseGeometry
    active: bool = False

    @property
    def mask_hash(self) -> str:
        """Of the packed mask and its place: proof that a page drawn anew is the page that was marked."""
        packed = np.packbits(self.mask.astype(bool)).tobytes()
        return hashlib.sha256(f"{self.window}".encode() + packed).hexdigest()


@dataclass
class Sheet:
    """The leaf and its surroundings. `leaf` is the rectangle of the paper in the canvas."""

    mm_per_px: float
    leaf: Window
    colour: U8  # rows × columns × 3, what the surface reflects
    uv: U8  # what it gives back under ultraviolet
    relief: F  # height in mm
    density: U8  # in transmitted light
    paper: U8  # 255 where there is paper
    ink: U8  # cover of the text
    board: U8  # what lies under and beside the leaf
    found: list[Damage] = field(default_factory=list)
    taken: list[Window] = field(default_factory=list)

    @property
    def shape(self) -> tuple[int, int]:
        return self.colour.shape[0], self.colour.shape[1]

    def px(self, mm: float) -> float:
        return mm / self.mm_per_px

    def window(self, x0: float, y0: float, x1: float, y1: float) -> Window:
        high, wide = self.shape
        return Window(
            int(min(max(x0, 0), wide)),
            int(min(max(y0, 0), high)),
            int(min(max(x1, 0), wide)),
            int(min(max(y1, 0), high)),
        )

    def around(self, x: float, y: float, radius: float) -> Window:
        return self.window(x - radius, y - radius, x + radius, y + radius)

    # --- what damages do to the surface ---

    def stain(
        self, window: Window, amount: F, tint: tuple[int, int, int], *, uv: tuple[int, int, int] | None = None
    ) -> None:
        """Lay a transparent colour: the surface keeps its texture, only darker and of that hue."""
        targets = [(self.colour[window.at], tint)] + ([(self.uv[window.at], uv)] if uv is not None else [])
        paper = self.paper[window.at]
        for rows in _strips(window.shape[0]):
            a = np.clip(amount[rows], 0, 1)
            a *= paper[rows] > 0
            for target, hue in targets:
                for channel in range(3):
                    part = target[rows, :, channel]
                    factor = a * np.float32(hue[channel] / 255 - 1)
                    factor += 1
                    factor *= part
                    factor += np.float32(0.5)
                    part[...] = factor

    def cover(self, window: Window, amount: F, paint: F | tuple[int, int, int]) -> None:
        """Lay an opaque colour (one, or an array of the window's shape)."""
        self._mix(self.colour, window, amount, paint)

    def glow(self, window: Window, amount: F, light: tuple[int, int, int]) -> None:
        """Fluoresce: under ultraviolet the surface gives `light` back."""
        self._mix(self.uv, window, amount, light)

    def thin(self, window: Window, factor: F) -> None:
        """Multiply the density in transmitted light."""
        was = self.density[window.at].astype(np.float32)
        self.density[window.at] = np.clip(was * factor, 0, 255).astype(np.uint8)

    def lift(self, window: Window, by: F) -> None:
        """Raise the surface by `by` mm; where the window ends on the leaf the change dies away, so that no seam shows."""
        rows, columns = window.shape
        reach = max(2.0, self.px(4))
        y, x = np.arange(rows, dtype=np.float32), np.arange(columns, dtype=np.float32)
        down = np.minimum(
            y if window.y0 > self.leaf.y0 else reach, (rows - 1 - y) if window.y1 < self.leaf.y1 else reach
        )
        along = np.minimum(
            x if window.x0 > self.leaf.x0 else reach, (columns - 1 - x) if window.x1 < self.leaf.x1 else reach
        )
        ease = np.clip(np.broadcast_to(down, (rows,)) / reach, 0, 1)[:, None] * np.clip(
            np.broadcast_to(along, (columns,)) / reach, 0, 1
        )
        self.relief[window.at] += (by * ease).astype(np.float32)

    def cut(self, window: Window, gone: F) -> None:
        """Take paper away where `gone` is 1: the board shows, ink and relief go with it."""
        keep = 1 - np.clip(gone, 0, 1)
        self.paper[window.at] = (self.paper[window.at] * keep).astype(np.uint8)
        self.density[window.at] = (self.density[window.at] * keep).astype(np.uint8)
        self.ink[window.at] = (self.ink[window.at] * keep).astype(np.uint8)

    @staticmethod
    def _mix(target: U8, window: Window, amount: F, paint: F | tuple[int, int, int]) -> None:
        inner = target[window.at]
        for rows in _strips(window.shape[0]):
            a = np.clip(amount[rows], 0, 1)
            for channel in range(3):
                part = inner[rows, :, channel]
                hue = np.float32(paint[channel]) if isinstance(paint, tuple) else paint[rows, :, channel]
                mixed = hue - part.astype(np.float32)
                mixed *= a
                mixed += part
                mixed += np.float32(0.5)
                part[...] = np.clip(mixed, 0, 255, out=mixed)

    # --- what is written down ---

    def note(
        self, code: str, severity: int, window: Window, mask: NDArray[np.generic], *, line: BaseGeometry | None = None,
        active: bool = False,
    ) -> Damage | None:  # fmt: skip
        """Write the damage into the reference. The mask is cut to the leaf as it was; nothing is noted when nothing is seen."""
        exact = (np.asarray(mask) > 0).astype(np.uint8)
        geometry = line if line is not None else outline(exact, window, self.px(0.25))
        if line is None and geometry is not None and code not in SCATTERED:
            geometry = settled(geometry, self.px(1))
        if geometry is None or geometry.is_empty or not exact.any():
            return None
        if line is None and not geometry.is_valid:
            parts = [part for part in shapely.get_parts(shapely.make_valid(geometry)) if part.area > 0]
            geometry = shapely.union_all(parts)
        damage = Damage(code, severity, window, exact, geometry, active)
        self.found.append(damage)
        self.taken.append(window)
        return damage

    def free(self, window: Window, share: float = 0.15) -> bool:
        """Whether few of the noted damages stand in `window` already."""
        area = max(1, window.shape[0] * window.shape[1])
        for other in self.taken:
            wide = min(window.x1, other.x1) - max(window.x0, other.x0)
            high = min(window.y1, other.y1) - max(window.y0, other.y0)
            if wide > 0 and high > 0 and wide * high > share * min(area, max(1, other.shape[0] * other.shape[1])):
                return False
        return True

    def spares(self, x: float, y: float, radius: float) -> bool:
        """Whether a piece of this size could go without taking most of a noted damage with it."""
        gone = Point(x, y).buffer(radius)
        for one in self.found:
            whole = one.geometry.area or one.geometry.length
            taken = one.geometry.intersection(gone)
            if whole and (taken.area or taken.length) > 0.45 * whole:
                return False
        return True

    def spot(self, rng: Rng, size: float, *, margin: float = 6.0) -> tuple[float, float]:
        """A place on the leaf for something of `size` mm, away from what is there already when that can be."""
        half = self.px(size / 2)
        edge = self.px(margin) + half
        x, y = (self.leaf.x0 + self.leaf.x1) / 2, (self.leaf.y0 + self.leaf.y1) / 2
        for _ in range(24):
            x = float(rng.uniform(min(self.leaf.x0 + edge, x), max(self.leaf.x1 - edge, x)))
            y = float(rng.uniform(min(self.leaf.y0 + edge, y), max(self.leaf.y1 - edge, y)))
            if self.free(self.around(x, y, half)):
                break
        return x, y


def _strips(rows: int) -> list[slice]:
    """Rows in pieces: what is worked on stays in the cache, and no full-size copies are made."""
    return [slice(top, min(top + 256, rows)) for top in range(0, rows, 256)]


def outline(mask: U8, window: Window, tolerance: float) -> BaseGeometry | None:
    """The polygons (with holes) round the ones of `mask`, in pixels of the canvas; specks under 4 pixels are left out."""
    contours, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE, offset=(window.x0, window.y0))
    if tree is None:
        return None
    parts = []
    for place, contour in enumerate(contours):
        if tree[0][place][3] >= 0 or len(contour) < 4:
            continue  # a hole; taken with its ring below
        holes = []
        child = tree[0][place][2]
        while child >= 0:
            if len(contours[child]) >= 4 and cv2.contourArea(contours[child]) > tolerance**2 * 4:
                holes.append(contours[child][:, 0, :].astype(float) + 0.5)
            child = tree[0][child][0]
        # A contour runs through the middles of the border pixels: half a pixel out is the true edge. Holes are taken
        # out one by one: where a ring is a pixel wide its two borders run through the same points.
        grown = shapely.make_valid(Polygon(contour[:, 0, :].astype(float) + 0.5)).buffer(0.5, join_style="mitre")
        if holes:
            inner = [shapely.make_valid(Polygon(hole)).buffer(-0.5, join_style="mitre") for hole in holes]
            grown = grown.difference(shapely.union_all(inner))
        grown = shapely.make_valid(grown.simplify(tolerance))
        parts += [one for one in getattr(grown, "geoms", [grown]) if isinstance(one, Polygon) and one.area >= 4]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def settled(geometry: BaseGeometry, mm: float) -> BaseGeometry | None:
    """An area as a person would outline it: bays under a millimetre closed, crumbs and pinholes under 4 mm² left out.

    The exact mask stays as it is; this is what marks are compared with.
    """
    closed = geometry.buffer(0.8 * mm).buffer(-0.8 * mm).simplify(0.15 * mm)
    least = 4 * mm * mm
    parts = [
        Polygon(part.exterior, [ring for ring in part.interiors if Polygon(ring).area >= least])
        for part in getattr(closed, "geoms", [closed])
        if isinstance(part, Polygon) and part.area >= least
    ]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def line_of(points: NDArray[np.float32], tolerance: float) -> LineString:
    return LineString(points.astype(float)).simplify(tolerance)


def lines_of(all_points: list[NDArray[np.float32]], tolerance: float) -> BaseGeometry:
    lines = [line_of(points, tolerance) for points in all_points]
    return lines[0] if len(lines) == 1 else MultiLineString(lines)
