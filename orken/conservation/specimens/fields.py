"""Random fields that a page is made of: all from one seeded generator, so that the same seed draws the same page.

Arrays are float32, rows × columns. What is coarse is drawn coarse and stretched: a field of 12 megapixels costs
a tenth of a second and no copy more than needed.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

F = NDArray[np.floating[Any]]
Rng = np.random.Generator
COARSE = 8.0  # pixels: a field without detail below this is drawn at a quarter of the size


def noise(rng: Rng, shape: tuple[int, int], scale: float, octaves: int = 4, persistence: float = 0.5) -> F:
    """Fractal noise of mean 0 and deviation about 1; `scale` is the size in pixels of its largest lumps."""
    high, wide = shape
    smallest = scale / 2 ** (octaves - 1)
    if smallest >= COARSE and min(shape) > 64:
        small = noise(rng, (-(-high // 4) + 1, -(-wide // 4) + 1), scale / 4, octaves, persistence)
        return cv2.resize(small, (small.shape[1] * 4, small.shape[0] * 4), interpolation=cv2.INTER_LINEAR)[:high, :wide]
    total = np.zeros(shape, np.float32)
    weight, power = 1.0, 0.0
    for _ in range(octaves):
        step = max(scale, 1.0)
        rows, columns = int(high / step) + 4, int(wide / step) + 4
        grid = rng.standard_normal((rows, columns), dtype=np.float32)
        if step <= 1.0:
            total += weight * grid[:high, :wide] if grid.shape >= shape else weight * _fine(rng, shape)
        else:
            # Sample between the knots by a map, so that the step need not be whole.
            at = rng.random(2)
            matrix = np.array([[1 / step, 0, 1 + at[0]], [0, 1 / step, 1 + at[1]]], np.float32)
            total += weight * cv2.warpAffine(
                grid, matrix, (wide, high), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REFLECT
            )
        power += weight * weight
        weight *= persistence
        scale /= 2
    total /= np.float32(np.sqrt(power) * 0.75)
    return total


def _fine(rng: Rng, shape: tuple[int, int]) -> F:
    return rng.standard_normal(shape, dtype=np.float32)


def blur(field: F, sigma: float) -> F:
    """Gaussian blur; a wide one is done on a smaller copy."""
    if sigma < 0.3:
        return field
    if sigma > 12 and min(field.shape[:2]) > 64:
        k = 4
        small = cv2.resize(field, None, fx=1 / k, fy=1 / k, interpolation=cv2.INTER_AREA)
        small = cv2.GaussianBlur(small, (0, 0), sigma / k)
        return cv2.resize(small, (field.shape[1], field.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.GaussianBlur(field, (0, 0), sigma)


def step(field: F, low: F | float, high: F | float) -> F:
    """0 below `low`, 1 above `high`, smooth between (turned round when low > high)."""
    below = np.asarray(low, np.float32)
    t = np.clip((field - below) / (np.asarray(high, np.float32) - below), 0, 1)
    return t * t * (3 - 2 * t)


def grids(shape: tuple[int, int]) -> tuple[F, F]:
    """Row and column numbers, open: they spread when used."""
    return (
        np.arange(shape[0], dtype=np.float32)[:, None],
        np.arange(shape[1], dtype=np.float32)[None, :],
    )


def distance(mask: NDArray[np.uint8]) -> F:
    """Pixels from each point inside `mask` to what is outside."""
    return cv2.distanceTransform(np.ascontiguousarray(mask), cv2.DIST_L2, 5)


def signed(mask: NDArray[np.uint8]) -> F:
    """Pixels to the border: above 0 inside."""
    return distance(mask) - distance(np.uint8(1) - mask)


def warp(field: NDArray[Any], dx: F, dy: F) -> NDArray[Any]:
    """What stood at (x + dx, y + dy) comes to (x, y)."""
    rows, columns = grids((field.shape[0], field.shape[1]))
    return cv2.remap(
        field, (columns + dx).astype(np.float32), (rows + dy).astype(np.float32), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip


def walk(
    rng: Rng, start: tuple[float, float], heading: float, length: float, pace: float, turn: float
) -> NDArray[np.float32]:
    """A wandering line: points (x, y) every `pace` pixels; `turn` is the deviation of the heading per pace, drawn home."""
    count = max(3, int(length / pace))
    swing = 0.0
    x, y = start
    points = [(x, y)]
    for _ in range(count):
        swing = 0.82 * swing + float(rng.normal(0, turn))
        x += pace * float(np.cos(heading + swing))
        y += pace * float(np.sin(heading + swing))
        points.append((x, y))
    return np.array(points, np.float32)
