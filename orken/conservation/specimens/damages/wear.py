"""What use and gnawing leave: rubbed skin, clean cuts, frayed and broken edges, teeth, patches of an earlier repair."""

from __future__ import annotations

import cv2
import numpy as np

from orken.conservation.specimens.fields import F, Rng, blur, distance, grids, noise, step, walk
from orken.conservation.specimens.sheet import Damage, Sheet, Window, line_of

PALE, BROKEN = (246, 240, 224), (84, 68, 52)


def turned(box: Window, x: float, y: float, turn: float, mm: float) -> tuple[F, F]:
    """Millimetres along and across a heading from a point of the canvas."""
    rows, columns = grids(box.shape)
    dx, dy = (columns + box.x0 - x) * np.float32(mm), (rows + box.y0 - y) * np.float32(mm)
    return dx * np.cos(turn) + dy * np.sin(turn), -dx * np.sin(turn) + dy * np.cos(turn)


def edge_strip(rng: Rng, sheet: Sheet, share: float, deep: float) -> tuple[Window, F, F, int]:
    """A stretch of one edge: its window, millimetres from that edge, place along it (0 to 1), and which side it is."""
    leaf, px = sheet.leaf, sheet.px
    side = 1
    box = leaf
    for _ in range(10):
        side = int(rng.choice([0, 1, 1, 2, 3]))
        long = (leaf.y1 - leaf.y0) if side < 2 else (leaf.x1 - leaf.x0)
        start = float(rng.uniform(0, 1 - share)) * long
        if side < 2:
            x0 = leaf.x0 if side == 0 else leaf.x1 - px(deep)
            box = sheet.window(x0, leaf.y0 + start, x0 + px(deep), leaf.y0 + start + share * long)
        else:
            y0 = leaf.y0 if side == 2 else leaf.y1 - px(deep)
            box = sheet.window(leaf.x0 + start, y0, leaf.x0 + start + share * long, y0 + px(deep))
        if sheet.free(box, 0.3):
            break
    rows, columns = grids(box.shape)
    high, wide = box.shape
    if side < 2:
        away = columns if side == 0 else wide - 1 - columns
        along = rows / max(1, high - 1)
    else:
        away = rows if side == 2 else high - 1 - rows
        along = columns / max(1, wide - 1)
    shape = box.shape
    return (
        box, np.broadcast_to(away * np.float32(sheet.mm_per_px), shape).astype(np.float32),
        np.broadcast_to(along, shape).astype(np.float32), side,
    )  # fmt: skip


def hairs(rng: Rng, sheet: Sheet, box: Window, where: np.ndarray, count: int, long: float, *, amount: float = 0.6) -> None:  # fmt: skip
    """Pale fibres that stand up at the points of `where`."""
    seeds = np.argwhere(where)
    if not len(seeds):
        return
    layer = np.zeros(box.shape, np.uint8)
    for y, x in seeds[rng.integers(0, len(seeds), count)]:
        path = walk(rng, (float(x), float(y)), rng.uniform(0, 6.3), sheet.px(float(rng.gamma(2, long / 2))), max(0.8, sheet.px(0.1)), 0.3)  # fmt: skip
        cv2.polylines(layer, [(path * 8).round().astype(np.int32)], False, int(rng.integers(70, 200)), 1, cv2.LINE_AA, 3)  # fmt: skip
    sheet.cover(box, layer.astype(np.float32) / 255 * amount, (242, 235, 217))


def ease(along: F, share: float = 0.08) -> F:
    """1 along the middle of a stretch, falling to 0 at its ends."""
    return step(along, 0, share) * step(along, 1, 1 - share)


def abrasion(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """M4: the skin is rubbed off: pale, matt, streaked one way, letters worn through, fibres raised, thinner against the light."""
    px = sheet.px
    size = (18, 26, 36, 48)[severity - 1] * rng.uniform(0.9, 1.1)
    x, y = sheet.spot(rng, size)
    box = sheet.around(x, y, px(size * 0.75))
    u, v = turned(box, x, y, float(rng.uniform(0, np.pi)), sheet.mm_per_px)
    far = np.hypot(u / (size * 0.5), v / (size * 0.32)) + 0.16 * noise(rng, box.shape, px(size * 0.3), 4)
    zone = step(far, 1.0, 0.6)
    streak = np.sin(v * 5.5 + 2.2 * noise(rng, box.shape, px(3), 3)) * 0.5 + 0.5 * noise(rng, box.shape, px(0.5), 3)
    worn = zone * np.clip(0.55 + 0.35 * streak, 0, 1)
    power = (0.30, 0.42, 0.55, 0.68)[severity - 1]
    ink: F = sheet.ink[box.at].astype(np.float32) / 255
    sheet.cover(box, np.clip(worn * power + ink * worn * power * 0.8, 0, 0.95), PALE)
    sheet.stain(box, zone * np.clip(noise(rng, box.shape, px(0.3), 2), 0, 1) * 0.10, (170, 150, 120))
    rim = np.exp(-(((far - 0.95) / 0.06) ** 2))
    sheet.stain(box, rim * 0.12, (150, 128, 96))
    hairs(rng, sheet, box, worn > 0.55, 160 * severity, 0.6)
    sheet.lift(box, -worn * 0.05 + zone * noise(rng, box.shape, px(0.35), 2) * 0.035)
    sheet.thin(box, 1 - worn * (0.12 + 0.07 * severity))
    return sheet.note("M4", severity, box, (zone > 0.45) & (sheet.paper[box.at] > 127))


def cut(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """M5: a knife's slit, straight and clean, one lip a hair higher; beside it the two holes of a staple."""
    px = sheet.px
    long = (9, 20, 38, 62)[severity - 1] * rng.uniform(0.9, 1.1)
    x, y = sheet.spot(rng, long)
    turn = float(rng.uniform(0, np.pi))
    box = sheet.around(x, y, px(long * 0.62 + 4))
    u, v = turned(box, x, y, turn, sheet.mm_per_px)
    v = v + 0.000_8 * (u**2) * float(rng.normal(0, 1))
    ends = step(np.abs(u), long / 2, long / 2 - 0.6)
    wide = 0.16 + 0.07 * severity
    slit = step(np.abs(v), wide / 2 + 0.06, wide / 2 - 0.02) * ends
    holes = np.zeros(box.shape, np.float32)
    for place in (-1.0, 1.0):
        far = np.hypot(u - place * 4.6, v - 5.5)
        holes = np.maximum(holes, step(far, 0.52, 0.36))
        sheet.stain(box, np.exp(-((far / 0.9) ** 2)) * 0.3, (186, 138, 84))
    near = np.exp(-np.maximum(np.abs(v) - wide / 2, 0) / 0.35) * ends
    sheet.cover(box, near * (v > 0) * 0.35, PALE)
    sheet.stain(box, near * (v < 0) * 0.30, (120, 100, 78))
    sheet.lift(box, np.where(v < 0, np.exp(-np.abs(v) / 3) * 0.16, 0) * ends)
    gone = np.maximum(slit, holes)
    sheet.cut(box, gone)
    reach = distance((gone < 0.5).astype(np.uint8)) * np.float32(sheet.mm_per_px)
    return sheet.note("M5", severity, box, (gone > 0.5) | (reach < 0.9))


def frayed(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """M6: along one edge dozens of tiny tears, notches and soft fibres, dirt rubbed into them."""
    px = sheet.px
    box, away, along, side = edge_strip(rng, sheet, (0.35, 0.5, 0.68, 0.85)[severity - 1], 9)
    soft = ease(along)
    long = max(box.shape) * sheet.mm_per_px
    count = int(long / (3.4, 2.6, 2.0, 1.6)[severity - 1])
    gone = np.zeros(box.shape, np.float32)
    mm = long * along
    for at in np.sort(rng.uniform(0.04, 0.96, count)) * long:
        deep = float(rng.gamma(2.0, (0.5, 0.7, 0.95, 1.3)[severity - 1]))
        wide = float(rng.uniform(0.15, 0.75)) * (1 + 0.3 * severity)
        lean = float(rng.normal(0, 0.25))
        gone = np.maximum(gone, step(np.abs(mm - at - lean * away) / wide + away / max(deep, 0.3), 1.05, 0.9))
    bite = 0.5 * severity * 0.35 + 0.35 * noise(rng, box.shape, px(1.2), 4, 0.65)
    gone = np.maximum(gone, step(away - bite * soft, 0.1, -0.1)) * (soft > 0.05)
    reach = distance((gone < 0.5).astype(np.uint8)) * np.float32(sheet.mm_per_px)
    limp = np.exp(-away / 3.2) * soft
    sheet.stain(box, limp * np.clip(0.7 + 0.3 * noise(rng, box.shape, px(2), 3), 0, 1) * (0.16 + 0.05 * severity), (140, 118, 90))  # fmt: skip
    sheet.cover(box, np.exp(-((reach / 0.3) ** 2)) * (gone < 0.5) * 0.55 * soft, PALE)
    sheet.lift(box, limp * noise(rng, box.shape, px(2.4), 3) * 0.10)
    sheet.cut(box, gone)
    hairs(rng, sheet, box, (reach < 0.5) & (gone < 0.5) & (away < 7), 60 + 60 * severity, 0.7)
    middle = np.linspace(0.04, 0.96, 24, dtype=np.float32)
    inside = px(1.0)
    xs = box.x0 + middle * box.shape[1] if side >= 2 else np.full(24, box.x0 + inside if side == 0 else box.x1 - inside)
    ys = box.y0 + middle * box.shape[0] if side < 2 else np.full(24, box.y0 + inside if side == 2 else box.y1 - inside)
    line = line_of(np.stack([xs, ys], 1).astype(np.float32), px(0.2))
    seen = (away < 1.0 + 1.4 * severity) & (soft > 0.3)
    return sheet.note("M6", severity, box, seen, line=line)


def brittle(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """C3: the edge is dark and dry as a biscuit: straight breaks, little angular pieces gone or hanging by a crack."""
    px = sheet.px
    reach = (7, 10, 14, 19)[severity - 1] * rng.uniform(0.9, 1.1)
    box, away, along, _side = edge_strip(rng, sheet, (0.4, 0.55, 0.7, 0.85)[severity - 1], reach * 1.7)
    soft = ease(along + 0.05 * noise(rng, box.shape, px(14), 3), 0.22)
    border = reach * np.clip(soft, 0.25, 1) * (1 + 0.18 * noise(rng, box.shape, px(22), 3))
    dry = np.exp(-((away / np.maximum(border, 2)) ** 2.2)) * soft
    sheet.stain(box, dry * (0.55, 0.66, 0.76, 0.84)[severity - 1], (172, 116, 62), uv=(50, 38, 28))
    sheet.stain(box, np.exp(-away / 1.6) * soft * 0.5, (104, 66, 36))
    # Angular pieces: the nearest of scattered points makes facets; some facets at the rim are gone.
    count = max(12, int(box.shape[0] * box.shape[1] * sheet.mm_per_px**2 / (16 + 4 * severity)))
    seeds = np.full(box.shape, 255, np.uint8)
    ys, xs = rng.integers(0, box.shape[0], count), rng.integers(0, box.shape[1], count)
    seeds[ys, xs] = 0
    _far, labels = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    rank = rng.random(int(labels.max()) + 1).astype(np.float32)[labels]
    near = np.minimum(away / np.maximum(border, 2), 1.5)
    fallen = ((rank < (0.34, 0.45, 0.56, 0.66)[severity - 1]) & (near + 0.3 * rank < 0.42) & (near < 0.42 * soft) & (soft > 0.5)).astype(np.uint8)  # fmt: skip
    seams = cv2.morphologyEx(labels.astype(np.float32), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    crack = blur(seams.astype(np.float32), max(0.4, px(0.05))) * (near < 0.8) * (rank < 0.55) * soft
    sheet.stain(box, np.clip(crack * 1.6, 0, 0.8), (58, 36, 20))
    gone = blur(fallen.astype(np.float32), max(0.5, px(0.06)))
    gone = step(gone + 0.1 * noise(rng, box.shape, px(0.3), 2) * (gone > 0.05) * (gone < 0.95), 0.35, 0.65)
    rim = np.exp(-((distance((gone < 0.5).astype(np.uint8)) * np.float32(sheet.mm_per_px) / 0.25) ** 2)) * (gone < 0.5)
    sheet.cover(box, rim * 0.35 * soft, (206, 168, 118))
    sheet.lift(box, dry * noise(rng, box.shape, px(4), 2) * 0.10)
    paper = sheet.paper[box.at] > 127
    sheet.cut(box, gone)
    return sheet.note("C3", severity, box, (dry > 0.35) & paper)


def gnawed(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """B4: an edge eaten in scallops, each with the small double grooves of teeth; a yellow stain that smells beside it."""
    px = sheet.px
    deep = (6, 10, 17, 27)[severity - 1] * rng.uniform(0.9, 1.1)
    for _ in range(12):
        box, away, along, _side = edge_strip(rng, sheet, (0.16, 0.24, 0.34, 0.46)[severity - 1], deep * 1.9)
        if sheet.spares((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, px(deep)):
            break
    long = max(box.shape) * sheet.mm_per_px
    mm = long * along
    hill = np.clip(np.sin(np.pi * along), 0, 1) ** 0.7 * (1 + 0.22 * noise(rng, box.shape, px(14), 2))
    level = deep * hill - away - step(hill, 0.22, 0.05) * 2.5
    at = 0.0
    while at < long:
        r = float(rng.uniform(1.6, 3.4))
        centre = deep * float(np.sin(np.pi * min(max(at / long, 0), 1))) ** 0.7
        level = np.maximum(level, r - np.hypot(mm - at, away - centre * float(rng.uniform(0.75, 1.05))))
        at += r * 1.25
    level = level - step(ease(along, 0.1), 0.6, 0.1) * deep
    # Pairs of incisors: narrow grooves across the bite.
    level = level + 0.28 * np.abs(np.sin(mm * np.pi / 1.5)) ** 3 * np.exp(-((level / 1.0) ** 2)) + 0.10 * noise(rng, box.shape, px(0.5), 3)  # fmt: skip
    gone = step(level, -0.05, 0.12)
    out = np.maximum(-level, 0)
    bevel = np.exp(-out / 0.45) * (level < 0)
    paper = sheet.paper[box.at] > 127
    wet = step(out + 2.2 * noise(rng, box.shape, px(9), 3), deep * 0.75, deep * 0.2) * (level < 0)
    wet = wet * ease(along, 0.2) * step(away, deep * 1.85, deep * 1.5)
    sheet.stain(box, wet * 0.34, (206, 170, 88), uv=(160, 150, 70))
    sheet.stain(box, np.exp(-((out - deep * 0.45) ** 2) / 3) * wet * 0.25, (150, 108, 52))
    sheet.cover(box, bevel * 0.6, (240, 231, 210))
    sheet.stain(box, np.exp(-((out - 0.7) ** 2) / 0.06) * (level < 0) * 0.2, (128, 104, 76))
    sheet.lift(box, -bevel * 0.10)
    sheet.cut(box, gone)
    hairs(rng, sheet, box, (out < 0.35) & (level < 0) & paper, 40 + 30 * severity, 0.35)
    return sheet.note("B4", severity, box, (gone > 0.5) & paper)


def patch(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """R2: a patch of another paper glued on: its own colour and cut, a glue stain round it, the leaf drawn into puckers."""
    px = sheet.px
    wide, high = ((26, 16), (38, 22), (56, 30), (82, 44))[severity - 1]
    x, y = sheet.spot(rng, wide)
    turn = float(rng.normal(0, 0.09)) + float(rng.choice([0, np.pi / 2]))
    box = sheet.around(x, y, px(wide * 0.85))
    u, v = turned(box, x, y, turn, sheet.mm_per_px)
    ragged = 0.35 * noise(rng, box.shape, px(2.5), 3) * (v > 0) + 0.08 * noise(rng, box.shape, px(0.6), 2)
    inside = np.minimum(wide / 2 - np.abs(u), high / 2 - np.abs(v)) + ragged
    on = step(inside, -0.06, 0.10)
    glue = step(inside + 1.2 + 1.1 * noise(rng, box.shape, px(5), 3), -0.5, 1.4) * (1 - on)
    tint = ((226, 220, 206), (206, 186, 150), (216, 208, 196))[int(rng.integers(3))]
    own = noise(rng, box.shape, px(2.2), 4)[..., None] * 3.0 + noise(rng, box.shape, px(0.25), 2)[..., None] * 2.0
    own = own + np.sin(u * 2 * np.pi / 1.3)[..., None] * 1.2
    sheet.stain(box, glue * (0.24 + 0.08 * severity), (178, 132, 74), uv=(120, 118, 92))
    sheet.cover(box, on * 0.94, np.clip(np.array(tint, np.float32) + own, 0, 255).astype(np.float32))
    brown = on * step(inside, 3.0, 0.3) * np.clip(0.6 + 0.4 * noise(rng, box.shape, px(4), 3), 0, 1)
    sheet.stain(box, brown * 0.22 + on * np.clip(noise(rng, box.shape, px(7), 3), 0, 1) * 0.12, (170, 122, 66))
    sheet.stain(box, np.exp(-((inside / 0.14) ** 2)) * 0.42, (96, 78, 58))
    shade = np.exp(-np.abs(inside + 0.35) / 0.3) * (inside < 0) * 0.22
    sheet.stain(box, shade, (110, 92, 70))
    pull = np.exp(-np.maximum(-inside, 0) / 6) * (1 - on)
    angle = np.arctan2(v, u)
    sheet.lift(box, on * 0.10 + pull * np.sin(angle * 13 + 2 * noise(rng, box.shape, px(12), 2)) * (0.10 + 0.05 * severity))  # fmt: skip
    sheet.glow(box, on * 0.5, (150, 156, 150))
    sheet.thin(box, 1 + on * 0.75 + glue * 0.15)
    return sheet.note("R2", severity, box, (np.maximum(on, glue) > 0.5) & (sheet.paper[box.at] > 127))
