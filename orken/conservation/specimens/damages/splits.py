"""What breaks the leaf: creases, tears, losses."""

from __future__ import annotations

import cv2
import numpy as np

from orken.conservation.specimens.fields import F, Rng, distance, grids, noise, step, walk, warp
from orken.conservation.specimens.sheet import Damage, Sheet, Window, line_of


def _edge_point(rng: Rng, sheet: Sheet) -> tuple[float, float, float]:
    """A point on the border of the leaf and the heading inward."""
    leaf = sheet.leaf
    side = int(rng.choice([0, 1, 1, 2, 3, 3]))
    along = float(rng.uniform(0.15, 0.85))
    x, y = leaf.x0 + along * (leaf.x1 - leaf.x0), leaf.y0 + along * (leaf.y1 - leaf.y0)
    points = ((leaf.x0, y, 0.0), (leaf.x1, y, np.pi), (x, leaf.y0, np.pi / 2), (x, leaf.y1, -np.pi / 2))
    found = points[side]
    return float(found[0]), float(found[1]), float(found[2])


def _along(box: Window, path: np.ndarray) -> tuple[F, F]:
    """For each point of the window: signed distance from the path (left is above 0) and how far along it, 0 to 1."""
    drawn = np.full(box.shape, 255, np.uint8)
    local = path - (box.x0, box.y0)
    order = np.zeros(box.shape, np.int32)
    cv2.polylines(drawn, [(local * 8).round().astype(np.int32)], False, 0, 1, cv2.LINE_8, 3)
    _dist, labels = cv2.distanceTransformWithLabels(drawn, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    seeds = np.argwhere(drawn == 0)
    # For each pixel of the line: its place on the path and the heading there.
    near = ((seeds[:, None, ::-1] - local[None, :: max(1, len(local) // 160)]) ** 2).sum(2).argmin(1) * max(
        1, len(local) // 160
    )
    heading = np.gradient(local, axis=0)
    table_at = np.zeros(labels.max() + 1, np.float32)
    table_side = np.zeros((labels.max() + 1, 4), np.float32)
    index = labels[seeds[:, 0], seeds[:, 1]]
    table_at[index] = near / max(1, len(local) - 1)
    table_side[index] = np.concatenate([seeds[:, ::-1], heading[np.minimum(near, len(heading) - 1)]], 1)
    side = table_side[labels]
    rows, columns = grids(box.shape)
    cross = side[..., 2] * (rows - side[..., 1]) - side[..., 3] * (columns - side[..., 0])
    del order
    return (cross / np.maximum(np.hypot(side[..., 2], side[..., 3]), 1e-6)).astype(np.float32), table_at[labels]


def tear(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """M1: the leaf is split from an edge, nothing is missing: two lips that no longer meet, one with a pale fibrous bevel, the text shifted across."""
    px = sheet.px
    length = (11, 22, 42, 75)[severity - 1] * rng.uniform(0.85, 1.15)
    for _ in range(10):
        x, y, heading = _edge_point(rng, sheet)
        ahead = (x + px(length / 2) * np.cos(heading), y + px(length / 2) * np.sin(heading))
        if sheet.free(sheet.around(ahead[0], ahead[1], px(length * 0.5)), 0.25):
            break
    path = walk(
        rng,
        (x - px(0.8) * np.cos(heading), y - px(0.8) * np.sin(heading)),
        heading + rng.normal(0, 0.25),
        px(length),
        max(1.0, px(0.35)),
        0.16,
    )
    side = px(9)
    low, high = path.min(0) - side, path.max(0) + side
    box = sheet.window(low[0], low[1], high[0], high[1])
    across, at = _along(box, path)
    mm = np.float32(sheet.mm_per_px)
    across = across * mm
    ragged = across + 0.13 * noise(rng, box.shape, px(0.7), 3, 0.65) + 0.05 * noise(rng, box.shape, px(0.2), 2)
    ends = step(at, 1.0, 0.86)
    gape = (0.10 + (0.32 + 0.22 * severity) * (1 - at) ** 1.3) * ends
    beyond = np.abs(across) * 0 + np.hypot(*_past_end(box, path, px)) * mm  # distance from the end of the path
    keep = np.where(at >= 0.999, np.float32(beyond > 0.05), 0)
    # The lip below slides a little along the split: the words no longer meet.
    slip = (
        np.where(across > 0, np.exp(-np.abs(across) / 5) * (1 - at) * (0.35 + 0.22 * severity), 0)
        * ends
        * step(np.abs(across), 8.5, 4.5)
    )
    shift = (slip / mm).astype(np.float32)
    tx, ty = np.cos(heading), np.sin(heading)
    for layer in (sheet.colour, sheet.uv, sheet.ink):
        layer[box.at] = warp(layer[box.at], shift * tx * 0.6 - shift * ty * 0.5, shift * ty * 0.6 + shift * tx * 0.5)
    gone = step(np.abs(ragged) - gape / 2, 0.05, -0.05) * ends * (1 - keep)
    paper = sheet.paper[box.at] > 127
    # The bevel: the sheet splits in its thickness, so one lip shows its white heart, frayed.
    fray = 0.55 + 0.4 * noise(rng, box.shape, px(1.1), 3) + 0.22 * noise(rng, box.shape, px(0.16), 2)
    depth = (0.55 + 0.22 * severity) * np.clip(fray, 0.08, 1.8)
    lip = step(ragged - gape / 2, depth, depth * 0.35) * (ragged > 0) * ends * step(gape, 0.12, 0.4)
    sheet.cover(box, lip * 0.78, (246, 239, 222))
    grain = noise(rng, box.shape, px(0.14), 2)
    sheet.stain(box, lip * np.clip(grain * 0.16, 0, 0.35), (176, 156, 124))
    _fringe(rng, sheet, box, path, side=1, length=0.5)
    # The other lip lies a hair higher and throws a shadow.
    fall = np.exp(-np.maximum(-ragged - gape / 2, 0) / 0.22) * (ragged < 0) * ends
    sheet.stain(box, fall * 0.22, (112, 92, 70))
    dirt = np.exp(-(((np.abs(ragged) - gape / 2) / 0.16) ** 2)) * ends * 0.3
    sheet.stain(box, dirt, (120, 98, 72))
    sheet.lift(
        box,
        np.where(
            across < 0, np.exp(-np.abs(across) / 3.5) * 0.22 * (1 - at) * ends, -np.exp(-np.abs(across) / 2) * 0.06
        ),
    )
    sheet.thin(box, 1 - lip * 0.45)
    hair = np.exp(-((ragged / 0.07) ** 2)) * ends * (1 - keep)
    sheet.stain(box, hair * 0.45, (84, 68, 52))
    sheet.cut(box, gone)
    seen = (np.abs(ragged) < np.maximum(gape / 2 + 0.3, 0.35)) & (at < 0.999) & paper
    kept = line_of(_inside(path, sheet), px(0.2))
    return sheet.note("M1", severity, box, seen, line=kept)


def _past_end(box: Window, path: np.ndarray, px: object) -> tuple[F, F]:
    rows, columns = grids(box.shape)
    return columns + box.x0 - path[-1, 0], rows + box.y0 - path[-1, 1]


def _inside(path: np.ndarray, sheet: Sheet) -> np.ndarray:
    """The points of the path that lie on the leaf."""
    leaf = sheet.leaf
    keep = (path[:, 0] >= leaf.x0) & (path[:, 0] < leaf.x1) & (path[:, 1] >= leaf.y0) & (path[:, 1] < leaf.y1)
    found = path[keep]
    return found if len(found) >= 2 else path


def _fringe(rng: Rng, sheet: Sheet, box: Window, path: np.ndarray, *, side: int, length: float) -> None:
    """Fibres that stick out into the gap."""
    layer = np.zeros(box.shape, np.uint8)
    heading = np.gradient(path, axis=0)
    count = max(4, int(len(path) * 0.8))
    for place in rng.integers(0, len(path), count):
        turn = float(np.arctan2(heading[place, 1], heading[place, 0])) - side * np.pi / 2 + rng.normal(0, 0.5)
        hair = walk(
            rng,
            tuple(path[place] - (box.x0, box.y0)),
            turn,
            sheet.px(float(rng.gamma(2, length / 2))),
            max(0.8, sheet.px(0.07)),
            0.3,
        )
        cv2.polylines(
            layer, [(hair * 8).round().astype(np.int32)], False, int(rng.integers(60, 170)), 1, cv2.LINE_AA, 3
        )
    sheet.cover(box, layer.astype(np.float32) / 255 * 0.7, (240, 232, 212))


def loss(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """M2: a piece is missing from a corner or an edge: an irregular broken outline, a thin pale fringe of fibres, the board beneath."""
    px = sheet.px
    leaf = sheet.leaf
    size = (9, 17, 30, 48)[severity - 1] * rng.uniform(0.9, 1.15)
    for attempt in range(40):
        if rng.random() < 0.55:
            x, y = float(rng.choice([leaf.x0, leaf.x1])), float(rng.choice([leaf.y0, leaf.y1]))
        else:
            x, y, _heading = _edge_point(rng, sheet)
        # First a free place; on a crowded leaf at least one that takes no other damage away with it.
        if sheet.spares(x, y, px(size * 1.15)) and (attempt >= 12 or sheet.free(sheet.around(x, y, px(size)), 0.2)):
            break
    box = sheet.around(x, y, px(size * 1.7))
    rows, columns = grids(box.shape)
    dx, dy = (columns + box.x0 - x) * np.float32(sheet.mm_per_px), (rows + box.y0 - y) * np.float32(sheet.mm_per_px)
    # Paper breaks in runs: a few straight facets, softened, then bitten by fibres.
    angles = np.sort(rng.uniform(0, 2 * np.pi, 7))
    level = np.full(box.shape, 9e9, np.float32)
    for angle in angles:
        reach = size * float(rng.uniform(0.55, 1.1))
        level = np.minimum(level, reach - (dx * np.cos(angle) + dy * np.sin(angle)))
    level += (
        size * 0.11 * noise(rng, box.shape, px(size * 0.5), 3)
        + 0.55 * noise(rng, box.shape, px(2.6), 4, 0.6)
        + 0.12 * noise(rng, box.shape, px(0.4), 2)
    )
    paper = sheet.paper[box.at] > 127
    gone = step(level, -0.05, 0.07)
    out = np.maximum(-level, 0)
    fray = np.clip(0.5 + 0.45 * noise(rng, box.shape, px(1.3), 3) + 0.2 * noise(rng, box.shape, px(0.18), 2), 0.05, 1.7)
    bevel = step(out, 0.9 * fray, 0.3 * fray) * (level < 0)
    sheet.cover(box, bevel * 0.72, (244, 236, 217))
    sheet.stain(box, np.exp(-(((out - 1.1 * fray) / 0.4) ** 2)) * (level < 0) * 0.22, (150, 120, 84))
    sheet.lift(box, -(bevel * 0.08))
    sheet.lift(box, np.exp(-out / 6) * noise(rng, box.shape, px(9), 2) * 0.10)
    sheet.thin(box, 1 - bevel * 0.4)
    sheet.cut(box, gone)
    inner = cv2.erode(paper.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    broken = cv2.morphologyEx((gone > 0.5).astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    rim = np.argwhere(broken & inner)[:, ::-1].astype(np.float32)
    if len(rim):
        _hairs_of(rng, sheet, box, rim, gone)
    return sheet.note("M2", severity, box, (gone > 0.5) & paper)


def _hairs_of(rng: Rng, sheet: Sheet, box: Window, rim: np.ndarray, gone: F) -> None:
    """Fibres at the rim of a loss: paint and paper both, since they hang over the board."""
    layer = np.zeros(box.shape, np.uint8)
    for place in rng.integers(0, len(rim), max(6, int(len(rim) * 0.12))):
        hair = walk(
            rng,
            tuple(rim[place]),
            rng.uniform(0, 6.3),
            sheet.px(float(rng.gamma(2, 0.16))),
            max(0.8, sheet.px(0.07)),
            0.3,
        )
        cv2.polylines(
            layer, [(hair * 8).round().astype(np.int32)], False, int(rng.integers(60, 200)), 1, cv2.LINE_AA, 3
        )
    near = distance((gone < 0.5).astype(np.uint8)) < sheet.px(0.6)
    amount = layer.astype(np.float32) / 255 * near * (sheet.board[box.at][..., 0] < 250)
    sheet.cover(box, amount * 0.8, (240, 232, 213))
    sheet.paper[box.at] = np.maximum(
        sheet.paper[box.at], (amount * 200 * (sheet.density[box.at] >= 0)).astype(np.uint8) * (gone > 0.5)
    )


def crease(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """M3: the leaf was folded: a straight sharp line, its sizing broken pale, dirt beside it, letters chipped across it."""
    px = sheet.px
    leaf = sheet.leaf
    wide, high = leaf.x1 - leaf.x0, leaf.y1 - leaf.y0
    a: tuple[float, float]
    b: tuple[float, float]
    for _ in range(8):
        if rng.random() < 0.55:  # a dog's ear
            d = px((16, 26, 40, 60)[severity - 1] * rng.uniform(0.85, 1.2))
            right, low = rng.random() < 0.6, rng.random() < 0.5
            cx, cy = (leaf.x1 if right else leaf.x0), (leaf.y1 if low else leaf.y0)
            a = (cx + (-d if right else d), cy)
            b = (cx, cy + (-d * rng.uniform(0.7, 1.3) if low else d * rng.uniform(0.7, 1.3)))
        elif rng.random() < 0.5:
            at = leaf.y0 + high * rng.uniform(0.3, 0.7)
            a, b = (leaf.x0, at), (leaf.x1, at + px(rng.normal(0, 3)))
        else:
            at = leaf.x0 + wide * rng.uniform(0.3, 0.7)
            a, b = (at, leaf.y0), (at + px(rng.normal(0, 3)), leaf.y1)
        if sheet.free(sheet.window(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]) + 1, max(a[1], b[1]) + 1), 0.5):
            break
    count = max(8, int(np.hypot(b[0] - a[0], b[1] - a[1]) / px(1)))
    t = np.linspace(0, 1, count, dtype=np.float32)
    sway = noise(rng, (1, count), max(4.0, count / 3), 3)[0] * px(0.25)
    normal = np.array((-(b[1] - a[1]), b[0] - a[0]), np.float32)
    normal /= max(float(np.hypot(*normal)), 1e-6)
    path = (np.array(a, np.float32) + np.outer(t, np.subtract(b, a)) + sway[:, None] * normal).astype(np.float32)
    low_corner, high_corner = path.min(0) - px(7), path.max(0) + px(7)
    box = sheet.window(low_corner[0], low_corner[1], high_corner[0], high_corner[1])
    across, _at = _along(box, path)
    across = across * np.float32(sheet.mm_per_px)
    strength = (0.4, 0.55, 0.72, 0.9)[severity - 1]
    broken = np.clip(0.7 + 0.4 * noise(rng, box.shape, px(3), 3), 0.1, 1.2)
    fine = across + 0.05 * noise(rng, box.shape, px(0.5), 3)
    pale = np.exp(-((fine / 0.16) ** 2)) * strength * broken
    dirt = (np.exp(-(((fine - 0.42) / 0.30) ** 2)) * 0.34 + np.exp(-np.abs(fine) / 1.6) * 0.13) * strength * broken
    sheet.stain(box, dirt, (120, 102, 80), uv=(90, 84, 80))
    sheet.cover(box, pale * 0.62, (244, 237, 220))
    chip = (
        step(noise(rng, box.shape, px(0.35), 3), 0.1, 0.9)
        * np.exp(-((fine / 0.4) ** 2))
        * strength
        * (sheet.ink[box.at] > 90)
    )
    sheet.cover(box, chip * 0.8, (238, 229, 208))
    sheet.lift(box, np.exp(-np.abs(across) / 1.6) * 0.16 * strength + np.exp(-((across / 0.25) ** 2)) * 0.09 * strength)
    sheet.glow(box, pale * 0.4, (150, 158, 180))
    sheet.thin(box, 1 - pale * 0.25)
    seen = (np.abs(across) < 0.6) & (sheet.paper[box.at] > 127)
    return sheet.note("M3", severity, box, seen, line=line_of(_inside(path, sheet), px(0.2)))
