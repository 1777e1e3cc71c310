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
COARSE = 5.0  # pixels: a field without detail below this is drawn at a quarter of the size


def noise(rng: Rng, shape: tuple[int, int], scale: float, octaves: int = 4, persistence: float = 0.5) -> F:
    """Fractal noise of mean 0 and deviation about 1; `scale` is the size in pixels of its largest lumps."""
    weights = [persistence**place for place in range(octaves)]
    scales = [max(scale / 2**place, 1.0) for place in range(octaves)]
    coarse = sum(one >= COARSE for one in scales) if min(shape) > 64 else 0
    if coarse:
        # What is coarse is drawn at a quarter of the size, all of it together, and stretched once.
        small = (-(-shape[0] // 4) + 1, -(-shape[1] // 4) + 1)
        total = np.zeros(small, np.float32)
        for step, weight in zip(scales[:coarse], weights[:coarse], strict=True):
            total += weight * _lumps(rng, small, step / 4)
        total = cv2.resize(total, (small[1] * 4, small[0] * 4), interpolation=cv2.INTER_LINEAR)
        total = total[: shape[0], : shape[1]]
    else:
        total = np.zeros(shape, np.float32)
    for step, weight in zip(scales[coarse:], weights[coarse:], strict=True):
        lumps = _lumps(rng, shape, step)
        lumps *= np.float32(weight)
        total += lumps
    total *= np.float32(1 / (np.sqrt(sum(weight * weight for weight in weights)) * 0.75))
    return total


def _lumps(rng: Rng, shape: tuple[int, int], step: float) -> F:
    """One octave: random knots every `step` pixels, smooth between."""
    high, wide = shape
    if step <= 1.0:
        return rng.standard_normal(shape, dtype=np.float32)
    knots = rng.standard_normal((int(high / step) + 4, int(wide / step) + 4), dtype=np.float32)
    # Sample between the knots by a map, so that the step need not be whole.
    at = rng.random(2)
    matrix = np.array([[1 / step, 0, 1 + at[0]], [0, 1 / step, 1 + at[1]]], np.float32)
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(knots, matrix, (wide, high), flags=flags, borderMode=cv2.BORDER_REFLECT)


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
