"""What happens to the writing: it fades, it eats the paper, somebody stamps over it."""

from __future__ import annotations

import cv2
import numpy as np

from orken.conservation.specimens.fields import Rng, blur, distance, grids, noise, step, walk
from orken.conservation.specimens.sheet import Damage, Sheet, Window


def _zone(rng: Rng, sheet: Sheet, size: tuple[float, float]) -> Window | None:
    """A part of the leaf of about `size` mm that is rich in ink and free of other damages."""
    px, leaf = sheet.px, sheet.leaf
    best, most = None, 0.0
    for _ in range(14):
        x = float(
            rng.uniform(leaf.x0 + px(size[0] * 0.5), max(leaf.x0 + px(size[0] * 0.5) + 1, leaf.x1 - px(size[0] * 0.5)))
        )
        y = float(
            rng.uniform(leaf.y0 + px(size[1] * 0.5), max(leaf.y0 + px(size[1] * 0.5) + 1, leaf.y1 - px(size[1] * 0.5)))
        )
        box = sheet.window(x - px(size[0] / 2), y - px(size[1] / 2), x + px(size[0] / 2), y + px(size[1] / 2))
        rich = float(sheet.ink[box.at][::4, ::4].mean()) * (1.0 if sheet.free(box, 0.2) else 0.25)
        if rich > most:
            best, most = box, rich
    return best if most > 3 else None


def fading(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """C6: where light fell the ink has gone brown and thin and the paper paler; the border is soft and follows the light."""
    size = ((46, 30), (64, 44), (84, 60), (104, 84))[severity - 1]
    zone = _zone(rng, sheet, (size[0] * 0.85, size[1] * 0.85))
    if zone is None:
        return None
    px = sheet.px
    x, y = (zone.x0 + zone.x1) / 2, (zone.y0 + zone.y1) / 2
    box = sheet.window(x - px(size[0] * 0.62), y - px(size[1] * 0.62), x + px(size[0] * 0.62), y + px(size[1] * 0.62))
    rows, columns = grids(box.shape)
    turn = rng.normal(0, 0.12)
    dx, dy = columns + box.x0 - x, rows + box.y0 - y
    u, v = dx * np.cos(turn) + dy * np.sin(turn), -dx * np.sin(turn) + dy * np.cos(turn)
    deep = np.minimum(px(size[0] / 2) - np.abs(u), px(size[1] / 2) - np.abs(v)) * np.float32(sheet.mm_per_px)
    lit = step(deep + 1.6 * noise(rng, box.shape, px(24), 3), -2.0, 4.5)
    ink = blur(sheet.ink[box.at].astype(np.float32) / 255, max(0.5, px(0.06)))
    ground = blur(sheet.colour[box.at].astype(np.float32), px(2.6))
    # The ground under the ink, as it is beside it: brightest of the near surroundings.
    bare = cv2.dilate(
        cv2.resize(sheet.colour[box.at], None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA),
        np.ones((5, 5), np.uint8),
    )
    bare = blur(cv2.resize(bare, (box.shape[1], box.shape[0])).astype(np.float32), px(0.8))
    loss = (0.45, 0.62, 0.77, 0.88)[severity - 1]
    uneven = np.clip(1 + 0.10 * noise(rng, box.shape, px(5), 4) + 0.08 * noise(rng, box.shape, px(0.4), 3), 0.6, 1.15)
    brown = bare * np.array((0.80, 0.68, 0.50), np.float32)
    weight = np.clip(ink * 1.25, 0, 1) * lit * loss * uneven
    sheet.cover(box, np.clip(weight, 0, 0.95), bare * 0.45 + brown * 0.55)
    sheet.cover(box, lit * 0.13, np.maximum(ground, bare) * np.array((1.03, 1.03, 1.06), np.float32))
    sheet.glow(box, lit * ink * 0.35, (110, 116, 132))
    seen = (lit > 0.5) & (sheet.paper[box.at] > 127)
    words = (
        cv2.morphologyEx(
            (ink > 0.25).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((int(px(7)) | 1, int(px(12)) | 1), np.uint8)
        )
        > 0
    )
    words = cv2.dilate(words.astype(np.uint8), np.ones((int(px(2.5)) | 1, int(px(2.5)) | 1), np.uint8)) > 0
    return sheet.note("C6", severity, box, seen & words)


def corrosion(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """C4: heavy strokes stand in a brown halo that strikes through; at their hearts the paper cracks and drops out."""
    size = ((32, 21), (41, 28), (58, 41), (84, 62))[severity - 1]
    zone = _zone(rng, sheet, size)
    if zone is None:
        return None
    px = sheet.px
    box = zone
    rows, columns = grids(box.shape)
    deep = np.minimum(np.minimum(columns, box.shape[1] - columns), np.minimum(rows, box.shape[0] - rows)) * np.float32(
        sheet.mm_per_px
    )
    within = step(deep + 2.2 * noise(rng, box.shape, px(18), 3), 0.5, 7)
    ink = sheet.ink[box.at].astype(np.float32) / 255
    near, wide = blur(ink, px(0.45)), blur(ink, px(1.15))
    rise = 1 + 0.28 * noise(rng, box.shape, px(2.5), 3)
    power = (0.55, 0.75, 0.95, 1.1)[severity - 1]
    sheet.stain(box, np.clip(wide * 1.35 * rise * power, 0, 0.66) * within, (186, 134, 76), uv=(46, 38, 34))
    sheet.stain(box, np.clip(near * 1.15 * rise * power, 0, 0.82) * within, (140, 88, 44), uv=(22, 18, 18))
    sheet.stain(box, ink * within * 0.5, (58, 34, 22), uv=(12, 10, 12))
    sheet.thin(box, 1 + near * within * 0.35)
    if severity >= 3:
        # Cracks run along the strokes; where ink lay heaviest, bits have fallen out. What fell is sharp and dark at the rim.
        heavy = step(blur(ink, px(0.35)), 0.42, 0.75) * within
        flaw = noise(rng, box.shape, px(1.6), 4, 0.6)
        fallen = step(flaw * 0.55 + heavy * 1.9 - (1.9 if severity == 3 else 1.55), 0.0, 0.10) * step(ink, 0.35, 0.7)
        layer = np.zeros(box.shape, np.uint8)
        seeds = np.argwhere((heavy > 0.5) & (ink > 0.6))
        for y, x in seeds[rng.integers(0, len(seeds), min(len(seeds), 14 * severity))] if len(seeds) else ():
            path = walk(
                rng, (float(x), float(y)), rng.uniform(0, 6.3), px(rng.uniform(1.2, 4.0)), max(1.0, px(0.2)), 0.55
            )
            cv2.polylines(
                layer, [(path * 8).round().astype(np.int32)], False, 255, max(1, round(px(0.09))), cv2.LINE_AA, 3
            )
        crack = layer.astype(np.float32) / 255 * step(near, 0.2, 0.45)
        gone = np.clip(np.maximum(fallen, crack * 0.9), 0, 1)
        rim = np.exp(-((distance((gone < 0.5).astype(np.uint8)) / px(0.16)) ** 2)) * (gone < 0.5)
        sheet.stain(box, rim * 0.5 * (gone.max() > 0.5), (66, 40, 26))
        sheet.cut(box, step(gone, 0.3, 0.7))
    words = cv2.morphologyEx(
        (ink * within > 0.2).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((int(px(6)) | 1, int(px(9)) | 1), np.uint8)
    )
    words = cv2.dilate(words, np.ones((int(px(2)) | 1, int(px(2)) | 1), np.uint8)) > 0
    return sheet.note("C4", severity, box, words & (sheet.paper[box.at] > 127))


def stamp(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """S3: a round library stamp in violet ink: unevenly inked, its letters filled, a shade double where the hand rocked."""
    px = sheet.px
    radius = float(rng.uniform(12, 16))
    x, y = sheet.spot(rng, radius * 2.2)
    box = sheet.around(x, y, px(radius * 1.25))
    face = np.zeros(box.shape, np.uint8)
    middle = (int((x - box.x0) * 8), int((y - box.y0) * 8))
    for r, thick in ((radius, 0.55), (radius - 1.3, 0.22), (radius * 0.58, 0.25)):
        cv2.circle(face, middle, int(px(r) * 8), 255, max(1, round(px(thick))), cv2.LINE_AA, 3)
    for place in range(24):  # the ring of letters, as short strokes that no longer can be read
        angle = 2 * np.pi * place / 24 + 0.13
        for part in range(int(rng.integers(2, 4))):
            r0, r1 = radius * 0.66 + part * 0.9, radius * 0.66 + part * 0.9 + float(rng.uniform(0.8, 2.2))
            tilt = angle + float(rng.normal(0, 0.035))
            a = (int((x - box.x0 + px(r0) * np.cos(tilt)) * 8), int((y - box.y0 + px(r0) * np.sin(tilt)) * 8))
            b = (
                int((x - box.x0 + px(min(r1, radius - 1.8)) * np.cos(angle)) * 8),
                int((y - box.y0 + px(min(r1, radius - 1.8)) * np.sin(angle)) * 8),
            )
            cv2.line(face, a, b, 255, max(1, round(px(0.42))), cv2.LINE_AA, 3)
    for row in (-0.22, 0.02, 0.26):
        width = radius * (0.40 - abs(row) * 0.5)
        a = (int((x - box.x0 - px(width)) * 8), int((y - box.y0 + px(radius * row)) * 8))
        b = (int((x - box.x0 + px(width)) * 8), int((y - box.y0 + px(radius * row)) * 8))
        cv2.line(face, a, b, 255, max(1, round(px(0.9))), cv2.LINE_AA, 3)
    cover = face.astype(np.float32) / 255
    rows, columns = grids(box.shape)
    press = np.clip(
        0.72
        + 0.3
        * (
            (columns / box.shape[1] - 0.5) * rng.uniform(-1.6, 1.6)
            + (rows / box.shape[0] - 0.5) * rng.uniform(-1.6, 1.6)
        ),
        0.1,
        1,
    )
    patchy = step(noise(rng, box.shape, px(0.6), 4, 0.65), -1.5, 0.5)
    shifted = np.roll(cover, (round(px(0.35)), round(px(0.25))), (0, 1)) * 0.3
    amount = np.clip(np.maximum(blur(cover, max(0.5, px(0.07))), shifted) * press * patchy, 0, 1)
    sheet.stain(box, amount * 0.8, (86, 66, 138), uv=(60, 40, 90))
    sheet.stain(box, blur(cover, px(0.4)) * 0.08, (150, 130, 180))
    round_mask = np.hypot(columns + box.x0 - x, rows + box.y0 - y) < px(radius + 0.6)
    return sheet.note("S3", severity, box, round_mask & (sheet.paper[box.at] > 127))
