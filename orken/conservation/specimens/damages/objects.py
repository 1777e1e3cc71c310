"""What happens to bindings, parchment and photographs: drawn on a cover, a skin, a print instead of a leaf of paper."""

from __future__ import annotations

import cv2
import numpy as np

from orken.conservation.specimens.damages.splits import _edge_point
from orken.conservation.specimens.damages.wear import hairs, turned
from orken.conservation.specimens.fields import F, Rng, blur, distance, grids, noise, step, walk
from orken.conservation.specimens.leaves import SPINE
from orken.conservation.specimens.sheet import Damage, Sheet, Window

BLOCK, BOARD, THREAD = (222, 208, 176), (150, 132, 108), (214, 200, 168)


def _strip(sheet: Sheet, top: float, low: float, left: float, right: float) -> Window:
    """A part of the cover: shares of its height, millimetres from its left side."""
    leaf, px = sheet.leaf, sheet.px
    high = leaf.y1 - leaf.y0
    return sheet.window(leaf.x0 + px(left), leaf.y0 + top * high, leaf.x0 + px(right), leaf.y0 + low * high)


def _block(rng: Rng, sheet: Sheet, box: Window, where: F) -> None:
    """Backs of sections with their linings, as they show where the spine is off."""
    rows, _columns = grids(box.shape)
    mm = rows * np.float32(sheet.mm_per_px)
    tone = np.array(BLOCK, np.float32) + noise(rng, box.shape, sheet.px(2.5), 4)[..., None] * 6
    sheet.cover(box, where * 0.97, tone)
    glue = np.clip(0.5 + 0.6 * noise(rng, box.shape, sheet.px(5), 3), 0, 1)
    sheet.stain(box, where * glue * 0.4, (150, 104, 58))
    for place in np.arange(18, box.shape[0] * sheet.mm_per_px, 34):
        cord = np.exp(-(((mm - place) / 1.1) ** 2)) * np.ones((1, box.shape[1]), np.float32)
        twist = 0.75 + 0.25 * np.sin(np.arange(box.shape[1], dtype=np.float32)[None, :] * 2 * np.pi / max(2.0, sheet.px(1.1)))  # fmt: skip
        sheet.cover(box, where * cord * 0.85, np.array(THREAD, np.float32) * twist[..., None] * np.ones((box.shape[0], 1, 1), np.float32))  # fmt: skip
        sheet.lift(box, where * cord * 0.5)


def spine(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """K1: the spine has split and hangs: the back of the sections shows with glue and cords, the cloth's torn edge curls beside it."""
    share = (0.22, 0.38, 0.58, 0.9)[severity - 1]
    top = float(rng.choice([0.0, 1 - share]))
    box = _strip(sheet, top, top + share, 0, SPINE + 6)
    px = sheet.px
    rows, columns = grids(box.shape)
    x = columns * np.float32(sheet.mm_per_px)
    border = SPINE * 0.8 + 1.2 * noise(rng, box.shape, px(9), 4, 0.6) + 0.3 * noise(rng, box.shape, px(0.6), 2)
    inner = rows * np.float32(sheet.mm_per_px)
    end = share * (sheet.leaf.y1 - sheet.leaf.y0) * sheet.mm_per_px
    cap = (end - inner) if top == 0 else inner
    level = np.minimum(border - x, cap - 1.5 + 1.4 * noise(rng, box.shape, px(5), 3))
    level = level + x * 0 if share > 0.8 else level
    open_ = step(level, -0.1, 0.15)
    _block(rng, sheet, box, open_)
    out = np.maximum(-level, 0)
    curl = np.exp(-out / 1.6) * (level < 0)
    sheet.cover(box, np.exp(-((out / 0.4) ** 2)) * (level < 0) * 0.7, (206, 192, 164))
    sheet.stain(box, np.exp(-np.maximum(level, 0) / 1.2) * (level > 0) * 0.55, (60, 48, 36))
    sheet.lift(box, curl * 0.9 - open_ * 0.5)
    hairs(rng, sheet, box, (np.abs(level) < 0.5), 120 + 60 * severity, 1.2, amount=0.8)
    return sheet.note("K1", severity, box, (level > -1.2) & (sheet.paper[box.at] > 127))


def sewing(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """K2: in the gutter the sewing holes are torn to slots, threads hang loose, the leaf stands free of its section."""
    px, leaf = sheet.px, sheet.leaf
    count = (3, 4, 5, 6)[severity - 1]
    box = sheet.window(leaf.x0 - px(7), leaf.y0, leaf.x0 + px(16), leaf.y1)
    rows, columns = grids(box.shape)
    x = (columns + box.x0 - leaf.x0) * np.float32(sheet.mm_per_px)
    y = (rows + box.y0 - leaf.y0) * np.float32(sheet.mm_per_px)
    long = (leaf.y1 - leaf.y0) * sheet.mm_per_px
    gone = np.zeros(box.shape, np.float32)
    threads = np.zeros(box.shape, np.uint8)
    for place in range(count):
        at = long * (place + 0.6 + float(rng.uniform(-0.08, 0.08))) / (count + 0.2)
        deep = float(rng.uniform(3.0, 4.5)) + severity
        slot = np.abs(y - at - 0.3 * noise(rng, box.shape, px(2), 2)) / (0.35 + 0.16 * severity)
        gone = np.maximum(gone, step(np.maximum(slot, x / deep), 1.1, 0.9) * (x > -1))
        for _ in range(2):
            path = walk(rng, (px(7 + deep * float(rng.uniform(0, 0.8))), px(at) + leaf.y0 - box.y0), float(rng.choice([np.pi, 0.0])) + float(rng.normal(0, 0.9)), px(float(rng.uniform(5, 9 + severity))), max(1.0, px(0.4)), 0.22)  # fmt: skip
            cv2.polylines(threads, [(path * 8).round().astype(np.int32)], False, 255, max(1, round(px(0.42))), cv2.LINE_AA, 3)  # fmt: skip
    paper = sheet.paper[box.at] > 127
    ragged = step(x + 0.7 * noise(rng, box.shape, px(4), 4, 0.6) + 0.2 * noise(rng, box.shape, px(0.5), 2), 0.9 + 0.3 * severity, 0.4)  # fmt: skip
    gone = np.maximum(gone, ragged * (x > -1))
    reach = distance((gone < 0.5).astype(np.uint8)) * np.float32(sheet.mm_per_px)
    glue = np.exp(-x.clip(0) / 3.5) * np.clip(0.6 + 0.5 * noise(rng, box.shape, px(4), 3), 0, 1)
    sheet.stain(box, glue * 0.35, (176, 130, 76))
    sheet.cover(box, np.exp(-((reach / 0.4) ** 2)) * (gone < 0.5) * 0.55, (246, 240, 222))
    sheet.cut(box, gone)
    hairs(rng, sheet, box, (reach < 0.5) & (gone < 0.5) & paper & (x < 8), 120, 0.6)
    line = threads.astype(np.float32) / 255
    shade = np.roll(blur(line, px(0.2)), (int(px(0.35)), int(px(0.35))), (0, 1))
    sheet.stain(box, shade * 0.4, (90, 74, 54))
    twist = 0.85 + 0.15 * np.sin((rows + columns) * 2 * np.pi / max(2.0, px(0.6)))
    sheet.cover(box, line * 0.95, np.array(THREAD, np.float32) * twist[..., None])
    sheet.paper[box.at] = np.maximum(sheet.paper[box.at], (line * 255).astype(np.uint8))
    sheet.density[box.at] = np.maximum(sheet.density[box.at], (line * 150).astype(np.uint8))
    seen = (x > -0.5) & (x < 9 + severity) & (y > 0) & (y < long)
    return sheet.note("K2", severity, box, seen)


def joint(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """K3: the cover has split along its joint: a long dark gap, pale cloth threads across it, the board a little out of line."""
    px = sheet.px
    share = (0.25, 0.45, 0.7, 0.98)[severity - 1]
    top = float(rng.choice([0.0, 1 - share]))
    box = _strip(sheet, top, top + share, SPINE - 8, SPINE + 10)
    rows, columns = grids(box.shape)
    x = columns * np.float32(sheet.mm_per_px) - 8
    along = rows / max(1, box.shape[0] - 1)
    shut = along if top == 0 else 1 - along
    taper = np.clip(1.06 - shut, 0, 1) ** 0.6 if share < 0.9 else np.ones_like(shut)
    half = (0.5 + 0.42 * severity) * taper
    way = 0.5 * noise(rng, box.shape, px(16), 3) + 0.22 * noise(rng, box.shape, px(1.2), 3)
    level = half - np.abs(x - way)
    gap = step(level, -0.08, 0.12)
    deep = np.clip(level / np.maximum(half, 0.2), 0, 1)
    sheet.cover(box, gap * 0.96, np.array((92, 78, 60), np.float32) * (1.15 - 0.75 * deep)[..., None])
    out = np.maximum(-level, 0)
    sheet.cover(box, np.exp(-((out / 0.45) ** 2)) * (level < 0) * 0.7, (204, 190, 160))
    sheet.stain(box, np.exp(-out / 1.5) * (level < 0) * 0.25, (86, 70, 52))
    sheet.lift(box, np.where(x > 0, 0.7, 0) * np.exp(-np.abs(x) / 9) * taper - gap * 0.8)
    strings = np.zeros(box.shape, np.uint8)
    for _ in range(5 + 7 * severity):
        at = (px(8 - 2.2), float(rng.uniform(0.02, 0.98)) * box.shape[0])
        path = walk(rng, at, float(rng.normal(0, 0.5)), px(float(rng.uniform(1.5, 4.2))), max(1.0, px(0.2)), 0.25)
        cv2.polylines(strings, [(path * 8).round().astype(np.int32)], False, 255, max(1, round(px(0.16))), cv2.LINE_AA, 3)  # fmt: skip
    sheet.cover(box, strings.astype(np.float32) / 255 * 0.85, THREAD)
    return sheet.note("K3", severity, box, (level > -1.0) & (sheet.paper[box.at] > 127))


def red_rot(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """K4: the leather turns to rusty powder: its grain gone in patches, a velvety orange-brown under it, dust beside."""
    px = sheet.px
    size = (36, 52, 72, 98)[severity - 1] * rng.uniform(0.9, 1.1)
    x, y = sheet.spot(rng, size * 0.8, margin=1)
    box = sheet.around(x, y, px(size * 0.75))
    rows, columns = grids(box.shape)
    far = np.hypot(columns + box.x0 - x, rows + box.y0 - y) / px(size / 2)
    zone = step(far + 0.24 * noise(rng, box.shape, px(size * 0.35), 4), 1.05, 0.5)
    bare = step(noise(rng, box.shape, px(5), 5, 0.62) + 1.7 * zone, 0.7, 1.25) * step(zone, 0.05, 0.3)
    powder = np.array((156, 88, 52), np.float32) + noise(rng, box.shape, px(0.3), 3)[..., None] * 11 + noise(rng, box.shape, px(4), 3)[..., None] * 7  # fmt: skip
    sheet.stain(box, zone * 0.35, (190, 112, 70))
    sheet.cover(box, bare * 0.9, np.clip(powder, 0, 255))
    rim = np.exp(-((distance((bare < 0.5).astype(np.uint8)) * np.float32(sheet.mm_per_px) / 0.25) ** 2)) * (bare < 0.5)
    sheet.stain(box, rim * 0.45, (70, 40, 26))
    dust = (noise(rng, box.shape, px(0.25), 2) > 1.9) & (zone > 0.05)
    sheet.cover(box, blur(dust.astype(np.float32), 0.6) * 0.7, (176, 104, 62))
    crack = step(np.abs(noise(rng, box.shape, px(7), 3)), 0.05, 0.01) * zone
    sheet.stain(box, crack * 0.6, (60, 34, 22))
    sheet.lift(box, -bare * 0.14 + bare * noise(rng, box.shape, px(0.4), 2) * 0.03)
    return sheet.note("K4", severity, box, (zone > 0.4) & (sheet.paper[box.at] > 127))


def corners(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """K5: the board's corner has gone soft: the covering worn through, the grey board beneath split into leaves."""
    px, leaf = sheet.px, sheet.leaf
    size = (7, 11, 17, 25)[severity - 1] * rng.uniform(0.9, 1.1)
    low = bool(rng.random() < 0.6)
    x, y = float(leaf.x1), float(leaf.y1 if low else leaf.y0)
    box = sheet.around(x, y, px(size * 1.6))
    u, v = turned(box, x, y, 0.0, sheet.mm_per_px)
    a, b = -u, (-v if low else v)
    away = (a + b) / np.sqrt(2) + 0.5 * noise(rng, box.shape, px(4), 4, 0.6)
    paper = sheet.paper[box.at] > 127
    round_ = step(np.hypot(a - size * 0.35, b - size * 0.35) - size * 0.42, -0.1, 0.2) * step(away, size * 0.42, size * 0.32)  # fmt: skip
    worn = step(away, size * 1.0, size * 0.9)
    layers = np.sin(away * 2 * np.pi / 1.15 + 1.2 * noise(rng, box.shape, px(3), 3))
    tone = np.array(BOARD, np.float32) + (layers * 20)[..., None] + noise(rng, box.shape, px(0.4), 3)[..., None] * 8
    sheet.cover(box, worn * 0.95, np.clip(tone, 0, 255))
    out = np.maximum(away - size * 0.95, 0)
    sheet.cover(box, np.exp(-((out / 0.4) ** 2)) * (away > size * 0.95) * 0.55, (206, 192, 166))
    sheet.stain(box, np.exp(-out / 3) * (away > size * 0.9) * 0.22, (90, 74, 56))
    sheet.lift(box, worn * layers * 0.25 - worn * 0.3)
    sheet.cut(box, round_ * (severity > 1))
    hairs(rng, sheet, box, (np.abs(away - size * 0.95) < 0.6) & paper, 60 + 30 * severity, 1.0, amount=0.75)
    return sheet.note("K5", severity, box, (away < size) & paper)


def gelatinised(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """P1: heat and water drew the skin together: glassy, horn-brown, see-through at an edge, with hard ridges that run into it."""
    px = sheet.px
    size = (24, 36, 52, 74)[severity - 1] * rng.uniform(0.9, 1.1)
    for _ in range(8):
        x, y, heading = _edge_point(rng, sheet)
        if sheet.free(sheet.around(x, y, px(size)), 0.3):
            break
    box = sheet.around(x, y, px(size * 1.35))
    u, v = turned(box, x, y, heading, sheet.mm_per_px)
    far = np.hypot(u, v * 0.85) + size * 0.12 * noise(rng, box.shape, px(size * 0.5), 3)
    hard = step(far, size, size * 0.55)
    horn = step(far, size * 0.75, size * 0.3)
    sheet.stain(box, hard * 0.34, (214, 176, 116), uv=(120, 110, 90))
    sheet.stain(box, horn * (0.34 + 0.06 * severity), (176, 136, 84), uv=(66, 52, 36))
    smooth = blur(sheet.colour[box.at].astype(np.float32), px(0.35))
    sheet.cover(box, horn * 0.6, smooth)
    angle = np.arctan2(v, np.maximum(u, 0) + 3)
    ridge = np.sin(angle * (13 + 2 * severity) + 1.3 * noise(rng, box.shape, px(14), 2))
    shine = step(ridge, 0.72, 1.0) * hard
    sheet.cover(box, shine * (0.10 + 0.03 * severity), (255, 248, 230))
    sheet.stain(box, step(-ridge, 0.5, 1.0) * hard * 0.20, (120, 86, 48))
    sheet.lift(box, hard * ridge * (0.25 + 0.12 * severity))
    sheet.thin(box, 1 - horn * 0.5)
    shrunk = step(u - (0.06 + 0.03 * severity) * size * np.clip(1 - np.abs(v) / size, 0, 1) - 0.5 * ridge, 0.2, -0.2) * (np.abs(v) < size)  # fmt: skip
    paper = sheet.paper[box.at] > 127
    sheet.cut(box, shrunk)
    return sheet.note("P1", severity, box, (hard > 0.45) & paper)


def silvered(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """P2: from an edge a bluish mirror lies over the darks, and the gelatine lifts in curled scales that bare the white paper."""
    px = sheet.px
    reach = (14, 20, 28, 38)[severity - 1] * rng.uniform(0.9, 1.1)
    for _ in range(8):
        x, y, heading = _edge_point(rng, sheet)
        if sheet.free(sheet.around(x, y, px(reach)), 0.3):
            break
    box = sheet.around(x, y, px(reach * 1.9))
    u, v = turned(box, x, y, heading, sheet.mm_per_px)
    level = 1 - np.hypot(u / reach, v / (reach * 1.55)) + 0.14 * noise(rng, box.shape, px(9), 3)
    zone = step(level, 0.02, 0.35)
    dark = 1 - sheet.colour[box.at].mean(axis=2).astype(np.float32) / 255
    mirror = zone * np.clip(0.25 + dark * 1.2, 0, 1) * np.clip(0.8 + 0.2 * noise(rng, box.shape, px(3), 3), 0, 1)
    sheen = np.array((138, 158, 186), np.float32) + noise(rng, box.shape, px(5), 3)[..., None] * 9
    sheet.cover(box, np.clip(mirror * (0.5 + 0.08 * severity), 0, 0.9), np.clip(sheen, 0, 255))
    scales = noise(rng, box.shape, px(2.6), 4, 0.6)
    lost = step(scales + (0.16 * severity - 0.2) + 1.1 * (zone - 1), 0.92, 1.0) * (zone > 0.2)
    rim_out = distance((lost < 0.5).astype(np.uint8)) * np.float32(sheet.mm_per_px)
    sheet.cover(box, lost * 0.95, (236, 230, 216))
    if lost.max() > 0.5:
        sheet.stain(box, np.roll(np.exp(-((rim_out / 0.35) ** 2)), (int(px(0.3)), int(px(0.3))), (0, 1)) * lost * 0.5, (90, 84, 78))  # fmt: skip
        sheet.cover(box, np.exp(-((rim_out / 0.22) ** 2)) * (lost < 0.5) * zone * 0.6, (206, 214, 224))
    sheet.lift(box, np.exp(-rim_out / 0.6) * (lost < 0.5) * zone * 0.16)
    return sheet.note("P2", severity, box, (zone > 0.45) & (sheet.paper[box.at] > 127))
