"""What lived on the leaf: moulds, dead and alive, and insects."""

from __future__ import annotations

import itertools

import cv2
import numpy as np

from orken.conservation.specimens.fields import F, Rng, blur, distance, grids, noise, step, walk
from orken.conservation.specimens.sheet import Damage, Sheet, Window


def _damp_corner(rng: Rng, sheet: Sheet, size: float) -> tuple[float, float]:
    """Damp comes in by an edge: there mould begins."""
    leaf, px = sheet.leaf, sheet.px
    x, y = float(leaf.x1), float(leaf.y1)
    for _ in range(10):
        side = int(rng.integers(4))
        along = rng.uniform(0.1, 0.9)
        x = (
            leaf.x0 + px(size * 0.3)
            if side == 0
            else leaf.x1 - px(size * 0.3)
            if side == 1
            else leaf.x0 + along * (leaf.x1 - leaf.x0)
        )
        y = (
            leaf.y0 + px(size * 0.3)
            if side == 2
            else leaf.y1 - px(size * 0.3)
            if side == 3
            else leaf.y0 + along * (leaf.y1 - leaf.y0)
        )
        if sheet.free(sheet.around(x, y, px(size * 0.6)), 0.25):
            break
    return float(x), float(y)


def _colonies(rng: Rng, sheet: Sheet, box: Window, centre: tuple[float, float], size: float, count: int) -> F:
    """How thick mould stands: many colonies of unlike sizes that run into each other, each dense within and feathery without."""
    px = sheet.px
    rows, columns = grids(box.shape)
    thick = np.zeros(box.shape, np.float32)
    wander = noise(rng, box.shape, px(2.4), 4, 0.6)
    for place in range(count):
        radius = size * (0.34 if place == 0 else float(np.clip(rng.lognormal(-2.3, 0.55), 0.04, 0.3)))
        at = (0.0, 0.0) if place == 0 else rng.normal(0, size * 0.33, 2)
        far = np.hypot(columns + box.x0 - centre[0] - px(at[0]), rows + box.y0 - centre[1] - px(at[1])) / px(radius)
        thick = np.maximum(thick, step(far * (1 + 0.22 * wander), 1.15, 0.25) * rng.uniform(0.6, 1.0))
    return thick


def dead_mould(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """B2: dry stain: powdery grey-black or violet points dense in the middle, thinning outward, over a soft coloured cloud."""
    px = sheet.px
    size = (22, 32, 46, 62)[severity - 1] * rng.uniform(0.9, 1.1)
    centre = _damp_corner(rng, sheet, size)
    box = sheet.around(*centre, px(size * 0.85))
    thick = _colonies(rng, sheet, box, centre, size, 7 + 5 * severity)
    point_tint, cloud_tint = (
        ((64, 66, 62), (170, 158, 136)),
        ((84, 66, 96), (196, 150, 170)),
        ((70, 76, 58), (176, 172, 128)),
    )[int(rng.integers(3))]
    cloud = blur(thick, px(2.2)) * np.clip(0.75 + 0.3 * noise(rng, box.shape, px(6), 3), 0, 1.2)
    sheet.stain(box, cloud * (0.36, 0.46, 0.56, 0.64)[severity - 1], cloud_tint, uv=(88, 70, 90))
    # Points: fine noise that passes a threshold set by the thickness there.
    fine = noise(rng, box.shape, px(0.34), 3, 0.75) * 0.75 + noise(rng, box.shape, px(1.3), 3) * 0.5
    points = step(fine - (1.75 - 2.1 * thick), -0.12, 0.35) * step(thick, 0.06, 0.25)
    sheet.stain(box, points * (0.5, 0.6, 0.7, 0.78)[severity - 1], point_tint, uv=(60, 58, 54))
    sheet.glow(box, np.clip(cloud - points, 0, 1) * 0.2, (120, 150, 110))
    sheet.lift(
        box,
        thick * noise(rng, box.shape, px(0.5), 3) * 0.025 + blur(thick, px(1)) * noise(rng, box.shape, px(9), 2) * 0.06,
    )
    sheet.thin(box, 1 - thick * 0.10)
    seen = blur(np.maximum(points, cloud * 0.9), px(0.9)) > 0.28
    return sheet.note("B2", severity, box, seen & (sheet.paper[box.at] > 127))


def live_mould(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """B1: furry cushions that stand up from the paper, white at the growing rim, green-grey where it bears spores, on damp paper."""
    px = sheet.px
    size = (20, 28, 40, 54)[severity - 1] * rng.uniform(0.9, 1.1)
    centre = _damp_corner(rng, sheet, size)
    box = sheet.around(*centre, px(size * 0.9))
    thick = _colonies(rng, sheet, box, centre, size, 6 + 4 * severity)
    damp = blur(thick, px(3))
    sheet.stain(box, step(damp, 0.05, 0.5) * 0.3, (188, 176, 148), uv=(150, 140, 130))
    # Fur: threads at every angle. Blurring fine noise along short strokes and lighting it from the side gives pile.
    pile = noise(rng, box.shape, px(0.16), 2, 0.8)
    fur = _brushed(rng, pile, px(0.55))
    lit = np.clip(0.5 + 0.34 * fur + 0.2 * cv2.Sobel(blur(fur, 0.8), cv2.CV_32F, 1, 1), 0, 1.25)
    ground = step(thick, 0.04, 0.28)
    ragged = (thick + 0.09 * fur + 0.07 * noise(rng, box.shape, px(0.9), 3)) * ground
    cover = step(blur(ragged, max(0.5, px(0.06))), 0.20, 0.62)
    veil = step(blur(ragged, px(0.2)), 0.04, 0.4) * 0.6
    spores = step(thick + 0.16 * noise(rng, box.shape, px(2.4), 4), 0.56, 0.96)
    white = np.array((226, 226, 214), np.float32)
    green = np.array(((112, 128, 108), (124, 126, 118), (92, 108, 102))[int(rng.integers(3))], np.float32)
    paint = (white + (green - white) * (spores * (0.6 + 0.4 * step(fur, -0.8, 0.6)))[..., None]) * (0.7 + 0.34 * lit)[
        ..., None
    ]
    shade = blur(np.roll(cover, (int(px(0.5)), int(px(0.5))), (0, 1)), px(0.4)) * (1 - cover)
    sheet.stain(box, shade * 0.4, (96, 84, 66))
    sheet.cover(box, np.clip(np.maximum(veil, cover * 0.93), 0, 0.93), paint)
    _threads(rng, sheet, box, thick)
    sheet.glow(box, np.clip(cover * 0.72, 0, 1), (96, 138, 112))
    sheet.lift(box, blur(cover, px(0.3)) * 0.3 + cover * fur * 0.012)
    sheet.thin(box, 1 + cover * 0.7)
    seen = blur(np.maximum(cover, veil), px(0.7)) > 0.26
    return sheet.note("B1", severity, box, seen & (sheet.paper[box.at] > 127), active=True)


def _brushed(rng: Rng, pile: F, length: float) -> F:
    """Short strokes in three headings, the strongest at each point."""
    size = max(3, int(length) | 1)
    best = np.full_like(pile, -9)
    for turn in rng.uniform(0, 180, 4):
        line = np.zeros((size, size), np.float32)
        line[size // 2] = 1
        line = cv2.warpAffine(
            line, cv2.getRotationMatrix2D((size / 2 - 0.5, size / 2 - 0.5), float(turn), 1.0), (size, size)
        )
        best = np.maximum(best, cv2.filter2D(pile, -1, line / max(float(line.sum()), 1e-6)))
    return (best - best.mean()) / max(float(best.std()), 1e-6)


def _threads(rng: Rng, sheet: Sheet, box: Window, thick: F) -> None:
    """Single hyphae that reach out over the paper."""
    rim = np.argwhere((thick > 0.08) & (thick < 0.4))
    if not len(rim):
        return
    layer = np.zeros(box.shape, np.uint8)
    for y, x in rim[rng.integers(0, len(rim), min(500, len(rim)))]:
        path = walk(
            rng,
            (float(x), float(y)),
            rng.uniform(0, 2 * np.pi),
            sheet.px(rng.uniform(0.5, 1.7)),
            max(1.0, sheet.px(0.12)),
            0.35,
        )
        cv2.polylines(
            layer, [(path * 8).round().astype(np.int32)], False, int(rng.integers(70, 190)), 1, cv2.LINE_AA, 3
        )
    sheet.cover(box, layer.astype(np.float32) / 255 * 0.6, (232, 231, 220))


def insects(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """B3: round exit holes of 0.8 to 1.8 mm with clean edges, channels of the same width that wander and end round, grazed skin beside."""
    px = sheet.px
    leaf = sheet.leaf
    size = (26, 38, 54, 74)[severity - 1]
    x, y = sheet.spot(rng, size)
    if rng.random() < 0.5:  # from the gutter, as bookworms come
        x = float(leaf.x0 + px(size * 0.35))
    box = sheet.around(x, y, px(size * 0.75))
    through = np.zeros(box.shape, np.uint8)
    grazed = np.zeros(box.shape, np.uint8)

    def local(points: np.ndarray) -> np.ndarray:
        return ((points - (box.x0, box.y0)) * 8).round().astype(np.int32)

    for _ in range((4, 8, 15, 26)[severity - 1]):
        at = (x + px(rng.normal(0, size * 0.28)), y + px(rng.normal(0, size * 0.28)))
        radius = px(float(rng.uniform(0.42, 0.9)))
        angles = np.linspace(0, 2 * np.pi, 26, endpoint=False)
        wobble = 1 + 0.07 * np.sin(angles * 2 + rng.uniform(0, 6)) + 0.04 * rng.standard_normal(26)
        ring = np.stack(
            [at[0] + radius * wobble * np.cos(angles), at[1] + radius * wobble * np.sin(angles) * rng.uniform(0.85, 1)],
            1,
        )
        cv2.fillPoly(through, [local(ring)], 255, cv2.LINE_AA, 3)
    for _ in range((1, 3, 5, 8)[severity - 1]):
        start = (x + px(rng.normal(0, size * 0.22)), y + px(rng.normal(0, size * 0.22)))
        path = walk(rng, start, rng.uniform(0, 2 * np.pi), px(rng.uniform(7, 10 + 6 * severity)), px(0.5), 0.34)
        bore = px(float(rng.uniform(0.75, 1.3)))
        swell = np.convolve(rng.normal(1, 0.45, len(path) + 4), np.ones(5) / 5, "valid").clip(0.45, 1.6)
        # Partly through the leaf, partly only its skin: the worm goes up and down.
        depth = noise(rng, (1, len(path)), 14, 2)[0]
        for (a, b), width, deep in zip(itertools.pairwise(path), swell, depth, strict=False):
            target = through if deep > -0.35 else grazed
            cv2.line(target, tuple(local(a)), tuple(local(b)), 255, max(1, round(bore * float(width))), cv2.LINE_AA, 3)
    gone: F = through.astype(np.float32) / 255
    gone = step(blur(gone, max(0.5, px(0.05))) + 0.16 * noise(rng, box.shape, px(0.4), 3) * (gone > 0.02), 0.35, 0.65)
    skin: F = np.clip(blur(grazed.astype(np.float32) / 255, max(0.6, px(0.12))) - gone, 0, 1)
    skin = step(skin + 0.2 * noise(rng, box.shape, px(0.4), 3) * (skin > 0.02), 0.25, 0.7)
    paper = sheet.paper[box.at] > 127
    # Bevel: the worm gnaws at a slant, so a pale ring stands round the hole; then a thin dark line of old dirt.
    reach = distance((gone < 0.5).astype(np.uint8)) * np.float32(sheet.mm_per_px)
    bevel = np.exp(-((reach / 0.20) ** 2)) * (gone < 0.5) * np.clip(0.7 + 0.5 * noise(rng, box.shape, px(1.0), 3), 0, 1)
    sheet.cover(box, bevel * 0.5, (240, 231, 208))
    sheet.stain(box, np.exp(-(((reach - 0.3) / 0.14) ** 2)) * 0.2, (140, 112, 76))
    sheet.cover(box, skin * 0.5, (243, 234, 213))
    sheet.stain(box, skin * np.clip(noise(rng, box.shape, px(0.3), 3) * 0.22, 0, 0.5), (150, 124, 88))
    sheet.lift(box, -(skin * 0.16 + bevel * 0.10))
    sheet.thin(box, 1 - skin * 0.55 - bevel * 0.2)
    # Frass: pale dust that clings beside the holes.
    frass = (noise(rng, box.shape, px(0.26), 2) > 1.9) & (reach < 1.6) & (gone < 0.5)
    sheet.stain(box, blur(frass.astype(np.float32), 0.6) * 0.55, (134, 98, 62))
    sheet.cut(box, gone)
    seen = ((gone > 0.5) | (skin > 0.45)) & paper
    return sheet.note("B3", severity, box, seen)
