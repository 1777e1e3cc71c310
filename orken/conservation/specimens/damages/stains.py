"""Stains: water with its border, drinks, rust spots, grease, tape."""

from __future__ import annotations

import cv2
import numpy as np

from orken.conservation.specimens.fields import F, Rng, blur, distance, grids, noise, step
from orken.conservation.specimens.sheet import Damage, Sheet, Window


def tideline(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """W2: water came in from an edge and stopped: a wavy brown line, sharp outside, fading inside, the area within washed paler."""
    px = sheet.px
    leaf = sheet.leaf
    reach = (26, 40, 58, 80)[severity - 1] * rng.uniform(0.85, 1.15)
    reach = min(reach, (leaf.x1 - leaf.x0) * sheet.mm_per_px * 0.62)
    places = {
        "foot": (rng.uniform(leaf.x0, leaf.x1), leaf.y1 + px(reach * 0.15)), "corner": (leaf.x1, leaf.y1),
        "head": (rng.uniform(leaf.x0, leaf.x1), leaf.y0 - px(reach * 0.15)), "fore": (leaf.x1 + px(reach * 0.15), rng.uniform(leaf.y0, leaf.y1)),
        "near": (leaf.x0, rng.uniform(leaf.y0 + px(40), leaf.y1)),
    }  # fmt: skip
    names = list(places)
    for _ in range(6):
        name = names[int(rng.integers(len(names)))]
        x, y = places[name]
        if sheet.free(sheet.around(x, y, px(reach)), 0.3):
            break
    box = sheet.around(x, y, px(reach * 1.5))
    box = sheet.window(max(box.x0, leaf.x0), max(box.y0, leaf.y0), min(box.x1, leaf.x1), min(box.y1, leaf.y1))
    if box.empty:
        return None
    rows, columns = grids(box.shape)
    stretch = rng.uniform(0.75, 1.0)
    far = np.sqrt(((columns + box.x0 - x) * stretch) ** 2 + (rows + box.y0 - y) ** 2) * np.float32(sheet.mm_per_px)
    # Big lobes, then the scallops that fibres make, then a fine fray.
    level = reach - far + reach * 0.16 * noise(rng, box.shape, px(reach * 0.8), 3)
    level += (
        1.5 * np.abs(noise(rng, box.shape, px(7), 2))
        + 0.45 * noise(rng, box.shape, px(2.2), 3)
        + 0.12 * noise(rng, box.shape, px(0.5), 2)
    )
    wet = (level > 0).astype(np.uint8)
    inside = distance(np.pad(wet, 1, constant_values=1))[1:-1, 1:-1] * np.float32(sheet.mm_per_px)
    strength = (0.5, 0.66, 0.82, 0.95)[severity - 1] * (0.78 + 0.22 * np.clip(noise(rng, box.shape, px(18), 2), -1, 1))
    border = np.exp(-inside / 0.55) * 0.75 + np.exp(-inside / 2.2) * 0.38
    outside = np.exp(-np.maximum(-level, 0) / 0.10) * (1 - wet) * 0.35
    echo_at = rng.uniform(4, 8) * (1 + 0.25 * noise(rng, box.shape, px(20), 2))
    echo = np.exp(-(((inside - echo_at) / 0.5) ** 2)) * 0.22 + np.exp(-(((inside - echo_at * 2.1) / 0.7) ** 2)) * 0.12
    line = (border + echo) * wet + outside
    broken = np.clip(0.75 + 0.35 * noise(rng, box.shape, px(9), 3), 0.12, 1.25)
    # Within, the water took soluble colour along: a little paler and cooler, with clouds where it dried last.
    washed = wet * step(inside, 0.8, 4.0)
    sheet.cover(box, washed * 0.13, (238, 231, 214))
    sheet.stain(box, washed * 0.13 * np.clip(0.6 + 0.4 * noise(rng, box.shape, px(14), 3), 0, 1.2), (214, 186, 138))
    sheet.stain(box, np.clip(line * strength * broken, 0, 0.92), (142, 92, 46))
    sheet.glow(box, np.clip(border * wet * 0.5 + echo * 0.4, 0, 0.55), (168, 176, 190))
    sheet.thin(box, 1 + line * 0.35)
    waves = noise(rng, box.shape, px(16), 2)
    sheet.lift(box, waves * wet * step(inside, 0, 5) * (0.05 + 0.025 * severity))
    return sheet.note("W2", severity, box, (wet > 0) & (sheet.paper[box.at] > 127))


def liquid(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """W1: a coloured patch of tea or ink with no marked border: strongest in the middle, with drops beside it."""
    px = sheet.px
    size = (16, 24, 34, 46)[severity - 1] * rng.uniform(0.85, 1.15)
    x, y = sheet.spot(rng, size)
    box = sheet.around(x, y, px(size))
    rows, columns = grids(box.shape)
    far = np.hypot((columns + box.x0 - x) * rng.uniform(0.8, 1.25), rows + box.y0 - y) / px(size / 2)
    blob = step(far + 0.24 * noise(rng, box.shape, px(size * 0.5), 4), 1.05, 0.35)
    for _ in range(int(rng.integers(3, 8))):
        dx, dy, r = rng.normal(0, size * 0.36), rng.normal(0, size * 0.36), rng.uniform(0.7, 2.2)
        near = np.hypot(columns + box.x0 - x - px(dx), rows + box.y0 - y - px(dy)) / px(r)
        blob = np.maximum(blob, step(near + 0.15 * noise(rng, box.shape, px(2), 2), 1.1, 0.6) * 0.8)
    tint = ((150, 98, 52), (142, 104, 70), (110, 92, 128))[int(rng.integers(3))]
    cloud = np.clip(0.86 + 0.12 * noise(rng, box.shape, px(7), 4) + 0.04 * noise(rng, box.shape, px(0.6), 2), 0.3, 1.2)
    sheet.stain(box, blob * cloud * (0.36, 0.46, 0.58, 0.7)[severity - 1], tint, uv=(70, 56, 48))
    sheet.lift(box, blob * noise(rng, box.shape, px(12), 2) * 0.07)
    return sheet.note("W1", severity, box, (blob > 0.4) & (sheet.paper[box.at] > 127))


def foxing(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """C1: clustered rusty spots, soft at the rim, each with a darker heart, of very unlike sizes."""
    px = sheet.px
    spread = (22, 30, 42, 60)[severity - 1] * rng.uniform(0.9, 1.1)
    x, y = sheet.spot(rng, spread * 1.6)
    box = sheet.around(x, y, px(spread * 1.7))
    count = (26, 52, 100, 180)[severity - 1]
    rust = np.zeros(box.shape, np.float32)
    heart = np.zeros(box.shape, np.float32)
    spots = np.zeros(box.shape, np.uint8)
    centres = rng.normal(0, spread * 0.36, (max(3, count // 14), 2))
    for _ in range(count):
        near = centres[int(rng.integers(len(centres)))] if rng.random() < 0.75 else rng.normal(0, spread * 0.5, 2)
        at = np.clip(near + rng.normal(0, spread * 0.13, 2), -spread, spread)
        radius = float(np.clip(rng.lognormal(-0.65, 0.62), 0.16, 2.6))
        _spot(rng, sheet, box, (x + px(at[0]), y + px(at[1])), radius, rust, heart, spots)
    paper = sheet.paper[box.at] > 127
    sheet.stain(box, rust * (0.42, 0.52, 0.62, 0.72)[severity - 1], (178, 112, 54))
    sheet.stain(box, heart * 0.62, (132, 70, 30))
    sheet.glow(box, np.clip(rust - heart, 0, 1) * 0.28, (178, 168, 120))
    dark = np.clip(heart * 0.75, 0, 1)
    sheet.glow(box, dark, (54, 40, 30))
    return sheet.note("C1", severity, box, (spots > 0) & paper)


def _spot(
    rng: Rng, sheet: Sheet, box: Window, at: tuple[float, float], radius: float, rust: F, heart: F, spots: np.ndarray
) -> None:
    r = sheet.px(radius)
    small = sheet.around(at[0], at[1], r * 2.4 + 3)
    small = Window(max(small.x0, box.x0), max(small.y0, box.y0), min(small.x1, box.x1), min(small.y1, box.y1))
    if small.empty:
        return
    rows, columns = grids(small.shape)
    angle = rng.uniform(0, np.pi)
    dx, dy = columns + small.x0 - at[0], rows + small.y0 - at[1]
    u, v = dx * np.cos(angle) + dy * np.sin(angle), -dx * np.sin(angle) + dy * np.cos(angle)
    far = np.hypot(u, v * rng.uniform(1.0, 1.5)) / r
    far = np.abs(far * (1 + 0.2 * noise(rng, small.shape, max(2.0, r * 0.9), 3)))
    weight = float(np.clip(rng.lognormal(-0.35, 0.5), 0.18, 1.25))
    soft = np.clip(np.exp(-((far / 0.72) ** 2.2)) * weight, 0, 1)
    within = (slice(small.y0 - box.y0, small.y1 - box.y0), slice(small.x0 - box.x0, small.x1 - box.x0))
    rust[within] = np.maximum(rust[within], soft)
    if radius > 0.3:
        core = np.exp(-((far / 0.34) ** 2)) * weight * rng.uniform(0.1, 0.9)
        heart[within] = np.maximum(heart[within], np.clip(core, 0, 1))
    spots[within] |= (soft > 0.3).astype(np.uint8)


def grease(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """S2: an oily patch: the paper turns translucent and a little darker, so that the other side shows."""
    px = sheet.px
    size = (9, 15, 24, 36)[severity - 1] * rng.uniform(0.85, 1.15)
    x, y = sheet.spot(rng, size)
    box = sheet.around(x, y, px(size))
    rows, columns = grids(box.shape)
    far = np.hypot(columns + box.x0 - x, (rows + box.y0 - y) * rng.uniform(0.9, 1.3)) / px(size / 2)
    level = far + 0.1 * noise(rng, box.shape, px(size * 0.4), 3) + 0.012 * noise(rng, box.shape, px(1.2), 3)
    patch = step(level, 1.0, 0.86)
    deep = step(level, 0.98, 0.2)
    leaf = sheet.leaf
    # What is printed on the other side comes through.
    mirror = sheet.ink[box.y0 : box.y1, :][:, ::-1]
    left = sheet.shape[1] - box.x1
    back = blur(mirror[:, left : left + box.shape[1]].astype(np.float32) / 255, px(0.16))
    sheet.stain(box, patch * (0.2 + 0.2 * deep) * (0.8 + 0.2 * severity / 4), (202, 172, 120))
    sheet.stain(box, patch * back * 0.28, (96, 82, 66))
    rim = np.exp(-(((level - 0.93) / 0.05) ** 2)) * 0.16
    sheet.stain(box, rim, (156, 118, 70))
    sheet.glow(box, patch * 0.34, (150, 158, 128))
    sheet.thin(box, 1 - patch * 0.42)
    inside_leaf = (sheet.paper[box.at] > 127) & (columns + box.x0 < leaf.x1)
    return sheet.note("S2", severity, box, (patch > 0.4) & inside_leaf)


def rust(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """C8: the mark of a paper clip at the head: its wire in orange-brown, a halo that has wandered, and pitted paper."""
    px = sheet.px
    leaf = sheet.leaf
    x = float(rng.uniform(leaf.x0 + px(18), leaf.x1 - px(18)))
    box = sheet.window(x - px(12), leaf.y0, x + px(12), leaf.y0 + px(40))
    wire = np.zeros(box.shape, np.uint8)
    lean = rng.normal(0, 0.04)

    def path(points: list[tuple[float, float]]) -> np.ndarray:
        turned = [(px(12 + a + b * lean), px(b)) for a, b in points]
        return (np.array(turned, np.float32) * 8).round().astype(np.int32)

    arc = [(3.2 * np.cos(t), 26 + 3.2 * np.sin(t)) for t in np.linspace(0, np.pi, 14)]
    inner = [(2.2 * np.cos(t), 20 + 2.2 * np.sin(t)) for t in np.linspace(0, np.pi, 14)]
    for line in (path([(3.2, -2), *arc, (-3.2, 6)]), path([(2.2, -2), *inner, (-2.2, 3)])):
        cv2.polylines(wire, [line], False, 255, max(1, round(px(0.62))), cv2.LINE_AA, 3)
    body = wire.astype(np.float32) / 255
    broken = np.clip(0.75 + 0.4 * noise(rng, box.shape, px(3), 3), 0, 1)
    body = body * broken
    near = blur(body, px(0.5))
    halo = blur(body, px(1.6)) * (1 + 0.4 * noise(rng, box.shape, px(2), 3))
    power = 0.65 + 0.1 * severity
    sheet.stain(box, np.clip(halo * 1.7 * power, 0, 0.75), (206, 138, 66), uv=(80, 50, 34))
    sheet.stain(box, np.clip(near * 1.0 * power, 0, 0.9), (168, 84, 34), uv=(60, 36, 26))
    sheet.stain(
        box, np.clip(body * (0.7 + 0.25 * noise(rng, box.shape, px(0.4), 3)), 0, 0.92), (108, 52, 26), uv=(40, 26, 22)
    )
    sheet.lift(box, -near * np.float32(0.12))
    return sheet.note("C8", severity, box, (np.maximum(halo * 1.7, near) > 0.16) & (sheet.paper[box.at] > 127))


def tape(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """R1: a strip with cut or torn ends; the adhesive has browned and crept past the carrier; dust sits along its edges."""
    px = sheet.px
    wide = float(rng.choice([12.0, 15.0, 19.0]))
    long = (30, 48, 70, 95)[severity - 1] * rng.uniform(0.85, 1.15)
    x, y = sheet.spot(rng, long * 0.8)
    turn = float(rng.choice([0.0, np.pi / 2])) + float(rng.normal(0, 0.05))
    box = sheet.around(x, y, px(long * 0.62))
    rows, columns = grids(box.shape)
    dx, dy = (columns + box.x0 - x) * np.float32(sheet.mm_per_px), (rows + box.y0 - y) * np.float32(sheet.mm_per_px)
    u, v = dx * np.cos(turn) + dy * np.sin(turn), -dx * np.sin(turn) + dy * np.cos(turn)
    tooth = np.abs(((v / 0.9) % 1) - 0.5) * 0.9  # a dispenser cuts in teeth
    ends = long / 2 - np.abs(u) - tooth * (u > 0) - 0.5 * np.abs(noise(rng, box.shape, px(2.5), 3)) * (u <= 0)
    sides = wide / 2 - np.abs(v)
    carrier = np.minimum(ends, sides)
    on = step(carrier, -0.04, 0.06)
    creep = (
        carrier
        + 0.22 * noise(rng, box.shape, px(6), 3)
        + 0.08 * noise(rng, box.shape, px(1.2), 2)
        + 0.3
        + 0.3 * severity
    )
    glue = step(creep, 0.0, 1.3)
    aged = (0.34, 0.5, 0.66, 0.8)[severity - 1]
    patchy = np.clip(
        0.82 + 0.16 * noise(rng, box.shape, px(9), 4) + 0.05 * noise(rng, box.shape, px(0.7), 3), 0.2, 1.15
    )
    sheet.stain(box, glue * aged * patchy, (204, 142, 62))
    sheet.stain(box, step(creep, 0.0, 0.5) * (1 - step(creep, 0.5, 1.6)) * aged * 0.3, (150, 92, 40))
    # The carrier: smooth, so that the grain of the paper goes; little blisters where it has let go.
    smooth = (
        blur(sheet.colour[box.at].astype(np.float32), px(0.12))
        if px(0.12) > 0.6
        else sheet.colour[box.at].astype(np.float32)
    )
    sheet.cover(box, on * 0.5, smooth)
    loose = step(noise(rng, box.shape, px(3.2), 3), 0.9, 1.5) * on
    sheet.cover(box, loose * 0.28, (232, 208, 160))
    sheet.cover(box, on * 0.07, (255, 248, 226))
    dust = np.exp(-((carrier / 0.16) ** 2)) * np.clip(0.6 + 0.4 * noise(rng, box.shape, px(1.5), 3), 0, 1)
    sheet.stain(box, dust * 0.4, (84, 66, 48))
    sheet.relief[box.at] *= 1 - on * np.float32(0.6)
    sheet.lift(box, on * 0.03 + loose * 0.09)
    sheet.glow(box, glue * 0.5, (160, 158, 112))
    sheet.glow(box, on * 0.22, (140, 166, 190))
    sheet.thin(box, 1 + on * 0.28 - (glue - on).clip(0) * 0.25)
    return sheet.note("R1", severity, box, (np.maximum(on, glue) > 0.45) & (sheet.paper[box.at] > 127))
