"""What becomes of ink and paint by water, copper, weak binders and the page opposite."""

from __future__ import annotations

import cv2
import numpy as np

from orken.conservation.specimens.damages.inks import _zone
from orken.conservation.specimens.damages.wear import turned
from orken.conservation.specimens.fields import F, Rng, blur, distance, grids, noise, step
from orken.conservation.specimens.sheet import Damage, Sheet, Window


def _words(sheet: Sheet, amount: F, wide: float = 8.0) -> np.ndarray:
    """Where writing stands: its lines closed to a block, as a person would outline it."""
    px = sheet.px
    kernel = np.ones((int(px(wide * 0.8)) | 1, int(px(wide)) | 1), np.uint8)
    closed = cv2.morphologyEx((amount > 0.12).astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    return cv2.dilate(closed, np.ones((int(px(1.6)) | 1, int(px(1.6)) | 1), np.uint8)) > 0


def _soft(rng: Rng, sheet: Sheet, box: Window, inner: float = 5.0) -> F:
    """1 in the middle of a window, 0 at its border, wavering."""
    rows, columns = grids(box.shape)
    deep = np.minimum(np.minimum(columns, box.shape[1] - columns), np.minimum(rows, box.shape[0] - rows))
    away = deep * np.float32(sheet.mm_per_px) + 2.4 * noise(rng, box.shape, sheet.px(15), 3)
    return step(away, 0.5, inner)


def bleeding(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """W4: water made the ink run: letters feathered and blurred, a violet-grey cloud drawn down from each line."""
    zone = _zone(rng, sheet, ((34, 24), (48, 32), (64, 44), (86, 60))[severity - 1])
    if zone is None:
        return None
    px, box = sheet.px, zone
    soft = _soft(rng, sheet, box)
    ink: F = sheet.ink[box.at].astype(np.float32) / 255
    run = np.zeros(box.shape, np.float32)
    reach = (1.6, 2.6, 4.0, 6.0)[severity - 1]
    drift = noise(rng, box.shape, px(4), 3)
    for part in range(1, 13):
        down = int(px(reach * part / 12))
        moved = np.zeros_like(ink)
        if down < box.shape[0]:
            moved[down:] = ink[: box.shape[0] - down]
        run += blur(moved, px(0.18 + 0.05 * part)) * (1 - part / 14)
    run = np.clip(run / 5.2 * np.clip(0.8 + 0.45 * drift, 0, 1.6), 0, 1)
    feather = blur(ink, px(0.32)) * np.clip(0.7 + 0.5 * noise(rng, box.shape, px(0.5), 3), 0, 1.4)
    tint = ((96, 84, 128), (86, 96, 128), (108, 92, 78))[int(rng.integers(3))]
    power = (0.55, 0.68, 0.8, 0.9)[severity - 1]
    bare = np.array((226, 216, 194), np.float32)
    sheet.cover(box, np.clip(ink * soft * power * 0.75, 0, 0.85), bare * np.array([c / 255 for c in tint], np.float32) * 1.15 * np.ones((*box.shape, 1), np.float32))  # fmt: skip
    sheet.stain(box, np.clip(run * soft * power, 0, 0.75), tint, uv=(40, 36, 60))
    sheet.stain(box, np.clip(feather * soft * power, 0, 0.8), tint)
    sheet.stain(box, soft * 0.06 * np.clip(noise(rng, box.shape, px(7), 3), 0, 1), (200, 196, 206))
    sheet.lift(box, soft * noise(rng, box.shape, px(11), 2) * 0.08)
    return sheet.note("W4", severity, box, _words(sheet, np.maximum(run, ink) * soft) & (sheet.paper[box.at] > 127))


def offset(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """C10: the print of the page that lay opposite, mirrored, in pale brown, out of line with the words here."""
    px = sheet.px
    size = ((50, 40), (66, 54), (84, 74), (104, 100))[severity - 1]
    zone = _zone(rng, sheet, size)
    if zone is None:
        return None
    box = zone
    soft = _soft(rng, sheet, box, 7.0)
    back = sheet.ink[box.at][:, ::-1].astype(np.float32) / 255
    back = np.roll(back, (int(px(rng.uniform(1.8, 3.2))), int(px(rng.uniform(-6, 6)))), (0, 1))
    ghost = blur(back, max(0.5, px(0.10))) * np.clip(0.75 + 0.3 * noise(rng, box.shape, px(7), 3), 0.1, 1.2)
    ghost *= np.clip(1.1 - 0.6 * np.clip(noise(rng, box.shape, px(0.5), 2), 0, 1), 0.2, 1)
    sheet.stain(box, np.clip(ghost * soft * (0.42, 0.56, 0.7, 0.82)[severity - 1], 0, 0.85), (122, 94, 62), uv=(60, 52, 44))  # fmt: skip
    sheet.stain(box, blur(back, px(1.2)) * soft * 0.10, (196, 160, 108))
    return sheet.note("C10", severity, box, _words(sheet, ghost * soft, 6.0) & (sheet.paper[box.at] > 127))


def _panel(rng: Rng, sheet: Sheet, size: float) -> tuple[Window, float, float]:
    x, y = sheet.spot(rng, size, margin=8)
    return sheet.around(x, y, sheet.px(size * 0.85)), x, y


def copper(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """C5: a green painted border burns: brown-green haloes along it, the paper under it dark, cracked and falling out."""
    px = sheet.px
    size = (22, 30, 40, 54)[severity - 1] * rng.uniform(0.95, 1.1)
    box, x, y = _panel(rng, sheet, size)
    u, v = turned(box, x, y, float(rng.normal(0, 0.02)), sheet.mm_per_px)
    ring = np.maximum(np.abs(u), np.abs(v)) + 0.06 * noise(rng, box.shape, px(2), 3)
    leafy = np.hypot(u, v) * (1 + 0.22 * np.cos(8 * np.arctan2(v, u)))
    paint = np.maximum(step(np.abs(ring - size * 0.42), 1.7, 1.35), step(leafy, size * 0.24, size * 0.225))
    paint = paint * np.clip(0.86 + 0.16 * noise(rng, box.shape, px(1.5), 4), 0.3, 1.05)
    near, wide = blur(paint, px(0.9)), blur(paint, px(2.4))
    power = (0.5, 0.68, 0.85, 1.0)[severity - 1] * np.clip(0.85 + 0.3 * noise(rng, box.shape, px(5), 3), 0.3, 1.3)
    sheet.stain(box, np.clip(wide * 1.2 * power, 0, 0.6), (178, 150, 86), uv=(54, 46, 34))
    sheet.stain(box, np.clip(near * power, 0, 0.8), (128, 100, 46), uv=(30, 26, 20))
    green = np.array(((66, 124, 92), (78, 130, 84))[int(rng.integers(2))], np.float32)
    dulled = green * (1 - 0.30 * np.clip(power, 0, 1)[..., None]) + np.array((30, 18, 6), np.float32) * np.clip(power, 0, 1)[..., None] * 0.6  # fmt: skip
    sheet.cover(box, paint * 0.9, dulled + noise(rng, box.shape, px(0.3), 2)[..., None] * 5)
    sheet.thin(box, 1 + paint * 0.5)
    if severity >= 3:
        flaw = noise(rng, box.shape, px(2.2), 4, 0.6)
        gone = step(flaw + (0.25 if severity == 4 else 0), 1.0, 1.15) * step(paint, 0.5, 0.8)
        rim = np.exp(-((distance((gone < 0.5).astype(np.uint8)) / px(0.25)) ** 2)) * (gone < 0.5)
        sheet.stain(box, rim * 0.6 * (gone.max() > 0.5), (60, 44, 22))
        sheet.cut(box, gone)
    return sheet.note("C5", severity, box, (np.clip(wide * 1.2 * power, 0, 1) > 0.16))


def flaking(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """S4: a painted panel whose colour lifts in cupped flakes: bare paper between, each flake with a lit rim and a shadow."""
    px = sheet.px
    size = (22, 30, 42, 58)[severity - 1] * rng.uniform(0.95, 1.1)
    box, x, y = _panel(rng, sheet, size)
    u, v = turned(box, x, y, float(rng.normal(0, 0.02)), sheet.mm_per_px)
    inside = np.minimum(size * 0.5 - np.abs(u), size * 0.36 - np.abs(v))
    panel = step(inside + 0.08 * noise(rng, box.shape, px(2), 3), -0.1, 0.15)
    # Craquelure: the borders between the nearest of many points.
    count = max(40, int(size * size * 0.72 / (2.6 if severity < 3 else 1.9)))
    seeds = np.full(box.shape, 255, np.uint8)
    seeds[rng.integers(0, box.shape[0], count), rng.integers(0, box.shape[1], count)] = 0
    _far, labels = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    seams = (cv2.morphologyEx(labels.astype(np.float32), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0).astype(np.uint8)  # fmt: skip
    to_seam = distance(1 - seams) * np.float32(sheet.mm_per_px)
    crack = np.exp(-((to_seam / 0.10) ** 2))
    lots = rng.random(int(labels.max()) + 1).astype(np.float32)
    clustered = lots[labels] + 0.22 * noise(rng, box.shape, px(9), 3)
    lost = (clustered < (0.16, 0.27, 0.4, 0.55)[severity - 1]).astype(np.float32)
    kept = panel * (1 - blur(lost, max(0.4, px(0.04))))
    base = np.array(((150, 58, 46), (58, 78, 128), (176, 132, 60))[int(rng.integers(3))], np.float32)
    tone = base + noise(rng, box.shape, px(1.6), 4)[..., None] * 7 + (v / size)[..., None] * 16
    frame = np.exp(-(((inside - 2.2) / 0.4) ** 2))
    tone = tone + (np.array((206, 178, 104), np.float32) - tone) * frame[..., None] * 0.85
    sheet.stain(box, panel * 0.12, (206, 180, 140))
    sheet.cover(box, kept * 0.95, tone)
    sheet.stain(box, crack * kept * 0.55, (70, 50, 40))
    gap = distance((lost < 0.5).astype(np.uint8)) * np.float32(sheet.mm_per_px)
    sheet.cover(box, np.exp(-((gap / 0.12) ** 2)) * kept * 0.5, (238, 224, 200))
    under = np.roll(kept, (int(px(0.25)), int(px(0.25))), (0, 1)) * lost * panel
    sheet.stain(box, under * 0.35, (92, 74, 54))
    crumbs = (noise(rng, box.shape, px(0.3), 2) > 2.3) & (inside < 0) & (inside > -7)
    sheet.cover(box, blur(crumbs.astype(np.float32), 0.6) * 0.8, base * np.ones((*box.shape, 1), np.float32))
    sheet.lift(box, kept * (np.exp(-to_seam / 0.4) * 0.10 + 0.03))
    sheet.thin(box, 1 + kept * 0.8)
    return sheet.note("S4", severity, box, (panel > 0.5) & (sheet.paper[box.at] > 127))
