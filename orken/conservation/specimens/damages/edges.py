"""What comes from the edges inward: browning by air and acid, dirt by hands."""

from __future__ import annotations

import numpy as np

from orken.conservation.specimens.fields import Rng, blur, grids, noise, step
from orken.conservation.specimens.leaves import inward, stretched
from orken.conservation.specimens.sheet import Damage, Sheet


def ageing(rng: Rng, sheet: Sheet, strength: float) -> None:
    """The slight tan that every old leaf has at its edges; not a damage yet."""
    depth = inward(sheet)
    uneven = 1 + 0.35 * noise(rng, depth.shape, sheet.px(15), 3)
    amount = np.exp(-depth / (7.0 * np.clip(uneven, 0.4, 2))) * 0.32 * strength
    sheet.stain(sheet.leaf, stretched(amount, sheet.leaf.shape), (196, 158, 104), uv=(120, 105, 80))


def browning(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """C2: brown and brittle-looking at the edge, fading inward without a border, deeper at the head and the fore-edge."""
    box = sheet.leaf
    # Drawn on a grid four times coarser: it has no detail below a millimetre.
    depth = inward(sheet)
    shape, px = depth.shape, sheet.px(0.25)
    rows, columns = grids(shape)
    reach = (7.0, 11.0, 16.0, 22.0)[severity - 1] * rng.uniform(0.9, 1.1)
    # Air gets at the head and the fore-edge more than at the foot and the gutter.
    gutter = rng.random() < 0.5
    side = columns / shape[1] if gutter else 1 - columns / shape[1]
    local = reach * (0.72 + 0.35 * (1 - rows / shape[0]) + 0.35 * side)
    local = local * (1 + 0.22 * noise(rng, shape, px * 40, 3) + 0.07 * noise(rng, shape, px * 6, 3))
    ratio = depth / np.maximum(local, 2)
    amount = np.exp(-((ratio / 0.62) ** 1.35))
    top = (0.42, 0.58, 0.74, 0.86)[severity - 1]
    fine = 1 + 0.05 * noise(rng, shape, max(1.0, px * 1.2), 2)
    sheet.stain(box, stretched(amount * top * fine, box.shape), (186, 132, 74), uv=(52, 40, 30))
    lip = np.exp(-depth / (0.9 + 0.35 * severity)) * (0.25 + 0.13 * severity)
    sheet.stain(box, stretched(lip * fine, box.shape), (120, 76, 40), uv=(60, 48, 40))
    sheet.lift(box, stretched(amount * noise(rng, shape, px * 9, 2) * 0.05, box.shape))
    seen = stretched(blur((amount > 0.30).astype(np.float32), max(0.5, px * 0.6)), box.shape) > 0.5
    return sheet.note("C2", severity, box, seen & (sheet.paper[box.at] > 127))


def grime(rng: Rng, sheet: Sheet, severity: int) -> Damage | None:
    """S1: a grey film from a corner that hands turned, caught in the hollows of the paper, smeared, without an edge."""
    px = sheet.px
    leaf = sheet.leaf
    size = (34, 44, 56, 70)[severity - 1] * rng.uniform(0.85, 1.15)
    right, low = bool(rng.random() < 0.65), bool(rng.random() < 0.75)
    for _ in range(3):
        x = leaf.x1 - px(size * 0.16) if right else leaf.x0 + px(size * 0.16)
        y = leaf.y1 - px(size * 0.2) if low else leaf.y0 + px(size * 0.2)
        if sheet.free(sheet.around(x, y, px(size * 0.5)), 0.4):
            break
        right, low = bool(rng.random() < 0.5), bool(rng.random() < 0.5)
    box = sheet.around(x, y, px(size))
    rows, columns = grids(box.shape)
    dx, dy = (columns + box.x0 - x) / px(size * 0.62), (rows + box.y0 - y) / px(size * 0.78)
    far = np.sqrt(dx * dx + dy * dy) + 0.22 * noise(rng, box.shape, px(16), 4)
    film = step(far, 1.0, 0.12)
    smear = noise(rng, box.shape, px(5), 3)
    smear = blur(smear, px(0.8)) + 0.55 * _streaks(rng, box.shape, px)
    grain = noise(rng, box.shape, px(0.35), 3, 0.7)
    amount = film * np.clip(0.62 + 0.2 * smear + 0.16 * grain, 0.08, 1) * (0.24, 0.36, 0.48, 0.6)[severity - 1]
    paper = sheet.paper[box.at] > 127
    sheet.stain(box, amount, (92, 86, 80), uv=(50, 46, 44))
    specks = (noise(rng, box.shape, px(0.18), 2) > 2.35) & (film > 0.15)
    sheet.stain(box, blur(specks.astype(np.float32), 0.6) * 0.6, (60, 54, 50))
    return sheet.note("S1", severity, box, (film > 0.30) & paper)


def _streaks(rng: Rng, shape: tuple[int, int], px: object) -> np.ndarray:
    """Rubbing along one heading."""
    assert callable(px)
    import cv2

    field = noise(rng, shape, px(1.6), 2)
    turn = cv2.getRotationMatrix2D((float(px(4)), float(px(4))), float(rng.uniform(10, 70)), 1.0)
    line = np.zeros((int(px(8)) | 1, int(px(8)) | 1), np.float32)
    line[line.shape[0] // 2] = 1
    line = cv2.warpAffine(line, turn, (line.shape[1], line.shape[0]))
    line /= max(float(line.sum()), 1e-6)
    out = cv2.filter2D(field, -1, line)
    return out / max(float(out.std()), 1e-6)
