"""The four lights of the examination: what the camera sees of a sheet under each."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from orken.conservation.specimens.fields import F, Rng, blur, grids, noise, step
from orken.conservation.specimens.sheet import NORMAL, U8, Sheet

STRIP = 512  # rows that are lit at a time: full-size float copies are what made the prototype need 4 GB


def _slopes(sheet: Sheet, strength: float) -> tuple[F, F]:
    high = sheet.relief
    dx = cv2.Sobel(high, cv2.CV_32F, 1, 0, ksize=3, scale=strength / 8 / sheet.mm_per_px)
    dy = cv2.Sobel(high, cv2.CV_32F, 0, 1, ksize=3, scale=strength / 8 / sheet.mm_per_px)
    return dx, dy


def _shadow(sheet: Sheet, reach: float, depth: float) -> F:
    """The soft shadow that the leaf throws on the board, down and to the right."""
    move = int(sheet.px(reach))
    small = cv2.resize(sheet.paper, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    moved = cv2.warpAffine(
        small, np.array([[1, 0, move / 2], [0, 1, move / 2]], np.float32), (small.shape[1], small.shape[0])
    )
    soft = blur(moved, max(0.6, sheet.px(reach) * 0.35))
    return 1 - cv2.resize(soft, (sheet.shape[1], sheet.shape[0])) * np.float32(depth)


def _grain(sheet: Sheet, rng: Rng, strength: float) -> Callable[[slice], F]:
    """The grain of the camera: drawn for one strip and shifted for the others, where the eye cannot follow it."""
    wide = sheet.shape[1]
    drawn = rng.standard_normal((STRIP, wide + 997), dtype=np.float32) * np.float32(strength)

    def grain(rows: slice) -> F:
        shift = (rows.start // STRIP * 331) % 997
        return drawn[: rows.stop - rows.start, shift : shift + wide]

    return grain


def _strips(sheet: Sheet, paint: Callable[[slice], F]) -> U8:
    out = np.empty((*sheet.shape, 3), np.uint8)
    for top in range(0, sheet.shape[0], STRIP):
        rows = slice(top, min(top + STRIP, sheet.shape[0]))
        out[rows] = np.clip(paint(rows) + 0.5, 0, 255).astype(np.uint8)
    return out


def normal(sheet: Sheet, rng: Rng) -> U8:
    """Even light from the upper left, as a reading-room camera gives it."""
    dx, dy = _slopes(sheet, 0.34)
    shadow = _shadow(sheet, 0.7, 0.5)
    high, wide = sheet.shape

    grain = _grain(sheet, rng, 1.5)

    def paint(rows: slice) -> F:
        paper = sheet.paper[rows].astype(np.float32)[..., None] / 255
        light = np.clip(1 - dx[rows] - dy[rows] * 0.8, 0.55, 1.35)[..., None]
        face = sheet.colour[rows].astype(np.float32) * light
        under = sheet.board[rows].astype(np.float32) * shadow[rows][..., None]
        y, x = np.arange(rows.start, rows.stop, dtype=np.float32)[:, None], grids((1, wide))[1]
        fall = 1 - 0.10 * (((x - wide / 2) / wide) ** 2 + ((y - high / 2) / high) ** 2) * 2
        seen = (under + (face - under) * paper) * fall[..., None]
        return seen + grain(rows)[..., None]

    return _strips(sheet, paint)


def raking(sheet: Sheet, rng: Rng) -> U8:
    """Light from the left, nearly along the surface: relief tells itself, colours hardly."""
    dx, dy = _slopes(sheet, 3.4)
    shadow = _shadow(sheet, 1.6, 0.75)

    grain = _grain(sheet, rng, 2.0)

    def paint(rows: slice) -> F:
        paper = sheet.paper[rows].astype(np.float32)[..., None] / 255
        light = np.clip(0.62 + dx[rows] * 0.9 + dy[rows] * 0.12, 0.06, 1.5)[..., None]
        face = sheet.colour[rows].astype(np.float32)
        face = (face * 0.75 + face.mean(axis=2, keepdims=True) * 0.25) * light * np.array([1.06, 1.0, 0.9], np.float32)
        under = sheet.board[rows].astype(np.float32) * shadow[rows][..., None] * 0.5
        seen = under + (face - under) * paper
        return seen + grain(rows)[..., None]

    return _strips(sheet, paint)


def ultraviolet(sheet: Sheet, rng: Rng) -> U8:
    """Fluorescence: size and fibres glow bluish, stains swallow or give their own colour."""

    grain = _grain(sheet, rng, 3.0)

    def paint(rows: slice) -> F:
        paper = sheet.paper[rows].astype(np.float32)[..., None] / 255
        # A lamp for ultraviolet still gives some violet light.
        under = sheet.board[rows].astype(np.float32) * np.array([0.22, 0.19, 0.5], np.float32)
        seen = under + (sheet.uv[rows].astype(np.float32) - under) * paper
        return seen + grain(rows)[..., None]

    return _strips(sheet, paint)


def transmitted(sheet: Sheet, rng: Rng) -> U8:
    """On a light table: thin places and holes are bright, thick ones, ink and tape dark."""
    glow = noise(rng, sheet.shape, sheet.px(90), 2) * 3
    through = np.exp(-np.arange(256, dtype=np.float32) / NORMAL * 0.8)
    share = step(through, 0.5, 0.97)  # where hardly any paper is left, the white of the table comes
    tint, pale = np.array([1.0, 0.86, 0.62], np.float32), np.array([1.0, 0.99, 0.95], np.float32)
    colour = through[:, None] * (tint + (pale - tint) * share[:, None]) * 252
    colour *= (1.3 - 0.3 * share)[:, None]
    grain = _grain(sheet, rng, 1.5)

    def paint(rows: slice) -> F:
        density = sheet.density[rows]
        seen = np.stack([cv2.LUT(density, np.ascontiguousarray(colour[:, one])) for one in range(3)], axis=2)
        return seen + (glow[rows] * cv2.LUT(density, through) + grain(rows))[..., None]

    return _strips(sheet, paint)
