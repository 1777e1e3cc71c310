"""What light, fire, damp and flies do to the whole surface."""

from __future__ import annotations

import cv2
import numpy as np

from orken.conservation.specimens.damages.splits import _edge_point
from orken.conservation.specimens.damages.wear import hairs, turned
from orken.conservation.specimens.fields import Rng, blur, distance, grids, noise, step
from orken.conservation.specimens.sheet import Damage, Sheet


def mat_burn(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """C7: the window of a mat: a rectangle with a ruler-sharp border, within it the paper browned, outside it as it was."""
    px, leaf = sheet.px, sheet.leaf
    share = (0.34, 0.42, 0.52, 0.6)[severity - 1]
    wide, high = (leaf.x1 - leaf.x0) * share, (leaf.y1 - leaf.y0) * share
    for _ in range(8):
        x0 = float(rng.uniform(leaf.x0 + px(8), leaf.x1 - px(8) - wide))
        y0 = float(rng.uniform(leaf.y0 + px(8), leaf.y1 - px(8) - high))
        if sheet.free(sheet.window(x0, y0, x0 + wide, y0 + high), 0.35):
            break
    box = sheet.window(x0 - px(6), y0 - px(6), x0 + wide + px(6), y0 + high + px(6))
    u, v = turned(box, x0 + wide / 2, y0 + high / 2, float(rng.normal(0, 0.006)), sheet.mm_per_px)
    half_w, half_h = wide / 2 * sheet.mm_per_px, high / 2 * sheet.mm_per_px
    inside = np.minimum(half_w - np.abs(u), half_h - np.abs(v)) + 0.04 * noise(rng, box.shape, px(3), 2)
    lit = step(inside, -0.18, 0.22)
    uneven = np.clip(1 + 0.07 * noise(rng, box.shape, px(30), 3) + 0.04 * noise(rng, box.shape, px(2), 2), 0.7, 1.2)
    sheet.stain(box, lit * uneven * (0.26, 0.36, 0.48, 0.6)[severity - 1], (196, 148, 86), uv=(66, 54, 40))
    rim = np.exp(-((inside / 0.5) ** 2)) * 0.18 + np.exp(-np.maximum(inside, 0) / 2.5) * (inside > 0) * 0.14
    sheet.stain(box, rim * uneven, (150, 100, 52))
    return sheet.note("C7", severity, box, (inside > 0) & (sheet.paper[box.at] > 127))


def burn(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """C9: fire came from an edge: paper gone, a black crumbling rim, then brown that pales inward, blisters and soot."""
    px = sheet.px
    size = (10, 18, 29, 44)[severity - 1] * rng.uniform(0.9, 1.1)
    for _ in range(14):
        x, y, _heading = _edge_point(rng, sheet)
        if sheet.free(sheet.around(x, y, px(size * 1.2)), 0.25) and sheet.spares(x, y, px(size)):
            break
    box = sheet.around(x, y, px(size * 2.2))
    rows, columns = grids(box.shape)
    far = np.hypot(columns + box.x0 - x, rows + box.y0 - y) * np.float32(sheet.mm_per_px)
    level = size * (0.72 + 0.16 * noise(rng, box.shape, px(size * 0.6), 3)) - far
    level = level + 0.8 * noise(rng, box.shape, px(3), 4, 0.6) + 0.2 * noise(rng, box.shape, px(0.5), 2)
    gone = step(level, -0.05, 0.15)
    out = np.maximum(-level, 0)
    paper = sheet.paper[box.at] > 127
    scorch = np.exp(-((out / (size * 0.42)) ** 1.3)) * (level < 0)
    wide = np.exp(-((out / (size * 0.8)) ** 1.6)) * (level < 0)
    sheet.stain(box, wide * 0.40 * np.clip(0.9 + 0.2 * noise(rng, box.shape, px(9), 3), 0, 1.2), (214, 170, 104), uv=(90, 72, 48))  # fmt: skip
    sheet.stain(box, scorch * 0.78, (122, 74, 36), uv=(36, 26, 20))
    char = step(out + 0.6 * noise(rng, box.shape, px(1.6), 3), 2.6 + 0.5 * severity, 0.6) * (level < 0)
    sheet.cover(box, char * 0.92, np.clip(np.array((34, 28, 25), np.float32) + noise(rng, box.shape, px(0.35), 3)[..., None] * 9, 8, 90))  # fmt: skip
    sheet.glow(box, char * 0.95, (10, 9, 9))
    crackle = np.abs(noise(rng, box.shape, px(1.8), 3))
    sheet.cover(box, char * step(crackle, 0.12, 0.02) * 0.45, (104, 92, 82))
    ash = (noise(rng, box.shape, px(0.35), 2) > 2.1) & (out < size * 0.7) & (level < 0)
    sheet.stain(box, blur(ash.astype(np.float32), 0.7) * 0.7, (40, 34, 30))
    sheet.lift(box, char * 0.16 * noise(rng, box.shape, px(2), 3) + scorch * noise(rng, box.shape, px(7), 2) * 0.14)
    sheet.thin(box, 1 + char * 1.2 + scorch * 0.3)
    sheet.cut(box, gone)
    return sheet.note("C9", severity, box, ((wide > 0.30) | (gone > 0.5)) & paper)


def cockling(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """W3: the leaf no longer lies flat: waves that run from an edge inward, light and shade across them, nothing stained."""
    px, leaf = sheet.px, sheet.leaf
    size = (46, 62, 82, 110)[severity - 1]
    x, y = sheet.spot(rng, size * 0.8, margin=2)
    if rng.random() < 0.6:
        x = float(leaf.x1 - px(size * 0.25))
    box = sheet.around(x, y, px(size * 0.62))
    box = sheet.window(max(box.x0, leaf.x0), max(box.y0, leaf.y0), min(box.x1, leaf.x1), min(box.y1, leaf.y1))
    u, v = turned(box, x, y, float(rng.normal(0.1, 0.25)), sheet.mm_per_px)
    zone = step(np.hypot(u / (size * 0.5), v / (size * 0.42)) + 0.14 * noise(rng, box.shape, px(size * 0.4), 3), 1.0, 0.55)  # fmt: skip
    long = (13, 12, 11, 10)[severity - 1]
    wave = np.sin(v * 2 * np.pi / long + 1.6 * noise(rng, box.shape, px(26), 2))
    wave = wave * (0.75 + 0.3 * noise(rng, box.shape, px(20), 2)) + 0.35 * noise(rng, box.shape, px(7), 2)
    high = (0.42, 0.62, 0.85, 1.1)[severity - 1]
    sheet.lift(box, zone * wave * high)
    # In even light a wave shows as a breath of shade on the side that turns away.
    slope = np.cos(v * 2 * np.pi / long + 1.6 * noise(rng, box.shape, px(26), 2))
    sheet.stain(box, zone * np.clip(slope, 0, 1) * (0.08 + 0.03 * severity), (140, 122, 96))
    sheet.cover(box, zone * np.clip(-slope, 0, 1) * (0.05 + 0.02 * severity), (252, 246, 232))
    return sheet.note("W3", severity, box, (zone > 0.4) & (sheet.paper[box.at] > 127))


def blocking(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """W5: the next leaf has stuck: torn islands of it, with its own print mirrored, lie fused on this page, skin pulled off between."""
    px = sheet.px
    size = (20, 30, 44, 64)[severity - 1] * rng.uniform(0.9, 1.1)
    x, y = sheet.spot(rng, size, margin=4)
    box = sheet.around(x, y, px(size * 0.8))
    rows, columns = grids(box.shape)
    far = np.hypot(columns + box.x0 - x, (rows + box.y0 - y) * 1.25) / px(size / 2)
    zone = step(far + 0.2 * noise(rng, box.shape, px(size * 0.4), 3), 1.0, 0.75)
    torn = noise(rng, box.shape, px(6), 4, 0.6) + 0.25 * noise(rng, box.shape, px(0.6), 3)
    stuck = step(torn, -0.15, -0.02) * zone
    to_rim = distance((stuck > 0.5).astype(np.uint8)) * np.float32(sheet.mm_per_px)
    from_rim = distance((stuck < 0.5).astype(np.uint8)) * np.float32(sheet.mm_per_px)
    other = np.clip(np.array((226, 218, 200), np.float32) + noise(rng, box.shape, px(3), 4)[..., None] * 4, 0, 255)
    sheet.stain(box, zone * 0.12, (190, 160, 110))
    sheet.cover(box, stuck * 0.92, other)
    mirror = np.roll(sheet.ink[box.at][:, ::-1], int(px(2.3)), 0).astype(np.float32) / 255
    skinned = np.clip(0.6 + 0.5 * noise(rng, box.shape, px(2), 3), 0, 1)
    sheet.stain(box, mirror * stuck * skinned * 0.72, (58, 50, 46))
    sheet.cover(box, np.exp(-((to_rim / 0.8) ** 2)) * stuck * 0.6, (250, 246, 236))
    sheet.stain(box, np.exp(-((from_rim / 0.3) ** 2)) * (stuck < 0.5) * zone * 0.5, (104, 86, 66))
    bare = zone * (1 - stuck)
    sheet.cover(box, bare * 0.4 * np.clip(0.5 + 0.5 * noise(rng, box.shape, px(0.8), 3), 0, 1), (240, 234, 220))
    hairs(rng, sheet, box, (to_rim < 0.5) & (stuck > 0.5), 140 + 80 * severity, 0.8, amount=0.8)
    shine = step(noise(rng, box.shape, px(4), 2), 0.6, 1.4) * bare
    sheet.cover(box, shine * 0.2, (255, 252, 244))
    sheet.lift(box, stuck * (0.16 + 0.05 * noise(rng, box.shape, px(2), 3)))
    sheet.thin(box, 1 + stuck * 0.7)
    sheet.glow(box, stuck * 0.4, (150, 154, 150))
    return sheet.note("W5", severity, box, (zone > 0.45) & (sheet.paper[box.at] > 127))


def specks(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """B5: flies sat here: round raised dots, almost black, glossy, each with a thin brown stain; here and there a smear."""
    px = sheet.px
    spread = (22, 30, 42, 58)[severity - 1]
    x, y = sheet.spot(rng, spread * 1.4)
    box = sheet.around(x, y, px(spread * 1.1))
    dots, stains, gloss = (np.zeros(box.shape, np.uint8) for _ in range(3))
    for _ in range((22, 46, 90, 160)[severity - 1]):
        at = np.clip(rng.normal(0, spread * 0.42, 2), -spread, spread)
        cx, cy = x - box.x0 + px(at[0]), y - box.y0 + px(at[1])
        r = float(np.clip(rng.lognormal(-0.85, 0.35), 0.22, 0.85))
        axes = (int(px(r) * 8), int(px(r * rng.uniform(0.75, 1)) * 8))
        turn = float(rng.uniform(0, 180))
        middle = (int(cx * 8), int(cy * 8))
        cv2.ellipse(dots, middle, axes, turn, 0, 360, int(rng.integers(190, 256)), -1, cv2.LINE_AA, 3)
        cv2.ellipse(stains, middle, (int(axes[0] * 1.7), int(axes[1] * 1.7)), turn, 0, 360, 150, -1, cv2.LINE_AA, 3)
        up = (int((cx - px(r * 0.3)) * 8), int((cy - px(r * 0.3)) * 8))
        cv2.circle(gloss, up, max(2, int(px(r * 0.22) * 8)), 200, -1, cv2.LINE_AA, 3)
        if rng.random() < 0.12:
            end = (int((cx + px(rng.normal(0, 1.8))) * 8), int((cy + px(rng.uniform(0.8, 2.6))) * 8))
            cv2.line(stains, middle, end, 210, max(1, round(px(r * 0.8))), cv2.LINE_AA, 3)
    body = dots.astype(np.float32) / 255
    sheet.stain(box, blur(stains.astype(np.float32) / 255, px(0.15)) * 0.45, (156, 112, 64), uv=(60, 48, 36))
    sheet.cover(box, body * 0.92, (44, 33, 27))
    sheet.glow(box, body, (12, 11, 14))
    sheet.cover(box, gloss.astype(np.float32) / 255 * body * 0.35, (170, 160, 150))
    sheet.lift(box, blur(body, max(0.4, px(0.1))) * 0.22)
    sheet.thin(box, 1 + body * 1.5)
    seen = (cv2.dilate(dots, np.ones((3, 3), np.uint8)) > 60) & (sheet.paper[box.at] > 127)
    return sheet.note("B5", severity, box, seen)
