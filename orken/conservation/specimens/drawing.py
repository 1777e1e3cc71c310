"""A whole specimen from its recipe and seed: four pictures and the reference, the same bytes for the same recipe.

    drawn = drawing.draw(Recipe(leaf, seed=417, damages=(("W2", 3), ("C1", 2))), mm_per_px=0.1)
    for light, picture in drawn.pictures(): …
    drawn.regions          # what an ideal examiner would mark

A recipe, its seed and the masks stay on the server: whoever has the seed can draw the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import cv2
import numpy as np
import shapely

from orken.conservation.annotations import Canvas, Region
from orken.conservation.specimens import leaves, lights
from orken.conservation.specimens.damages import CUTTING, DRAWN, ON_PAPER, edges, misplaced
from orken.conservation.specimens.fields import blur
from orken.conservation.specimens.leaves import STOCKS, Leaf
from orken.conservation.specimens.sheet import NORMAL, U8, Damage, Sheet, Window

VERSION = "2"
"""Raised when the same recipe would draw another page: a stored reference belongs to the version it was drawn by."""
LIGHTS = ("normal", "raking", "uv", "transmitted")
MOST_PIXELS = 40_000_000


@dataclass(frozen=True)
class Recipe:
    """What to draw: the leaf, the seed, the damages (code, severity) in any order; the same code may come twice."""

    leaf: Leaf
    seed: int
    damages: tuple[tuple[str, int], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "leaf": asdict(self.leaf),
            "seed": self.seed,
            "damages": [list(one) for one in self.damages],
            "version": VERSION,
        }

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Recipe:
        return cls(
            Leaf(**raw["leaf"]),
            int(raw["seed"]),
            tuple((str(code), int(severity)) for code, severity in raw["damages"]),
        )


@dataclass(frozen=True)
class Drawn:
    """A specimen drawn."""

    sheet: Sheet
    rng: np.random.Generator

    @property
    def canvas(self) -> Canvas:
        high, wide = self.sheet.shape
        return Canvas(wide, high, self.sheet.mm_per_px)

    @property
    def regions(self) -> tuple[Region, ...]:
        """The reference. Ids are plain numbers: they tell nothing of the order of drawing."""
        ordered = sorted(self.sheet.found, key=lambda one: (one.geometry.bounds[1], one.geometry.bounds[0]))
        return tuple(
            Region(f"r{place}", one.code, one.severity, one.geometry, active=one.active)
            for place, one in enumerate(ordered, start=1)
        )

    def manifest(self) -> list[dict[str, Any]]:
        """Per damage: type, severity, millimetres of its box, hash of its mask."""
        mm = self.sheet.mm_per_px
        return [
            {
                "code": one.code, "severity": one.severity, "active": one.active, "mask": one.mask_hash,
                "area_mm2": round(float(one.mask.sum()) * mm * mm, 2),
            }
            for one in self.sheet.found
        ]  # fmt: skip

    def pictures(self) -> Iterator[tuple[str, U8]]:
        """The four lights one after another, so that only one of them stands in memory."""
        yield "normal", lights.normal(self.sheet, self.rng)
        yield "raking", lights.raking(self.sheet, self.rng)
        yield "uv", lights.ultraviolet(self.sheet, self.rng)
        yield "transmitted", lights.transmitted(self.sheet, self.rng)


def draw(recipe: Recipe, mm_per_px: float) -> Drawn:
    """Draw the recipe. Raises ValueError when the picture would be too large or a damage is unknown."""
    wide, high = (one / mm_per_px for one in recipe.leaf.canvas)
    if wide * high > MOST_PIXELS:
        raise ValueError(f"a specimen has at most {MOST_PIXELS} pixels")
    if wrong := misplaced((code for code, _severity in recipe.damages), recipe.leaf.stock, recipe.leaf.layout):
        raise ValueError(f"{', '.join(wrong)} does not come upon {recipe.leaf.stock}, {recipe.leaf.layout}")
    rng = np.random.default_rng([int(VERSION), recipe.seed])
    sheet = leaves.draw(rng, recipe.leaf, mm_per_px)
    edges.ageing(rng, sheet, STOCKS[recipe.leaf.stock].browning)
    damage(rng, sheet, recipe.damages)
    return Drawn(sheet, rng)


def compose(scan: U8, mm_per_px: float, seed: int, damages: tuple[tuple[str, int], ...]) -> Drawn:
    """Draw damages on a scan of a sound page (rows × columns × 3): the picture is the Library's, the damage is ours.

    The leaf is what is bright and large on the scan; its ink what is much darker than the paper about it.
    """
    high, wide = scan.shape[:2]
    if high * wide > MOST_PIXELS:
        raise ValueError(f"a specimen has at most {MOST_PIXELS} pixels")
    if wrong := sorted({code for code, _severity in damages if code in DRAWN} - set(ON_PAPER)):
        raise ValueError(f"{', '.join(wrong)} does not come upon a leaf of paper")
    rng = np.random.default_rng([int(VERSION), seed, 1])
    leaf, paper = _leaf_of(scan)
    grey = cv2.cvtColor(scan, cv2.COLOR_RGB2GRAY)
    ground = blur(cv2.dilate(grey, np.ones((9, 9), np.uint8)).astype(np.float32), 3.0 / mm_per_px)
    darker = np.clip((ground - grey) / np.maximum(ground, 1), 0, 1)
    ink = (np.clip((darker - 0.22) / 0.35, 0, 1) * paper).astype(np.uint8)
    texture = (grey.astype(np.float32) - blur(grey.astype(np.float32), 1.2 / mm_per_px)) * (ink < 40)
    sheet = Sheet(
        mm_per_px, leaf, scan.copy(), (grey[..., None] * np.array([0.42, 0.47, 0.64])).astype(np.uint8),
        (texture * 0.0012).astype(np.float32),
        np.clip(NORMAL + texture * 1.2 + ink * 0.3, 20, 255).astype(np.uint8), paper, ink,
        np.where(paper[..., None] > 127, np.uint8(66), scan).astype(np.uint8),
    )  # fmt: skip
    sheet.density[paper == 0] = 0
    damage(rng, sheet, damages)
    return Drawn(sheet, rng)


def _leaf_of(scan: U8) -> tuple[Window, U8]:
    """The window of the page and its cover; the whole picture when the page fills it."""
    grey = cv2.cvtColor(scan, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    level, _found = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = cv2.morphologyEx((small > level * 0.75).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    contours, _tree = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(contours, key=cv2.contourArea, default=None)
    whole = Window(0, 0, scan.shape[1], scan.shape[0])
    if largest is None or cv2.contourArea(largest) > 0.93 * small.size or cv2.contourArea(largest) < 0.2 * small.size:
        return whole, np.full(grey.shape, 255, np.uint8)
    mask = np.zeros(small.shape, np.uint8)
    cv2.drawContours(mask, [largest], -1, 255, cv2.FILLED)
    x, y, w, h = cv2.boundingRect(largest)
    cover = (cv2.resize(mask, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_CUBIC) > 127).astype(
        np.uint8
    ) * 255
    return Window(x * 8, y * 8, min((x + w) * 8, scan.shape[1]), min((y + h) * 8, scan.shape[0])), cover


def damage(rng: np.random.Generator, sheet: Sheet, wanted: tuple[tuple[str, int], ...]) -> None:
    """Draw the damages in the order in which they come upon a leaf; a place that is cut away later leaves the reference too."""
    unknown = sorted({code for code, _severity in wanted} - set(DRAWN))
    if unknown:
        raise ValueError(f"no drawing of {', '.join(unknown)}")
    for code, make in DRAWN.items():
        for _code, severity in (one for one in wanted if one[0] == code):
            make(rng, sheet, severity)
    _without_what_is_gone(sheet)


GONE = ("M2", "B4")


def _without_what_is_gone(sheet: Sheet) -> None:
    """A stain on a piece that is missing is no longer there: the losses are taken out of the damages under them."""
    losses = [one for one in sheet.found if one.code in GONE]
    kept: list[Damage] = []
    for one in sheet.found:
        geometry = one.geometry
        for gone in losses if one.code not in GONE else ():
            geometry = geometry.difference(gone.geometry)
        if geometry.is_empty or (one.geometry.area and geometry.area < 0.2 * one.geometry.area):
            continue
        if geometry.geom_type == "GeometryCollection":
            parts = [part for part in shapely.get_parts(geometry) if part.area or not one.geometry.area]
            geometry = shapely.union_all([part for part in parts if part.length])
        mask = one.mask & (sheet.paper[one.window.at] > 60) if one.code not in CUTTING else one.mask
        kept.append(Damage(one.code, one.severity, one.window, mask, geometry, one.active))
    sheet.found[:] = kept
