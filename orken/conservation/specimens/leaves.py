"""The clean old leaf: paper of its kind, text in ink, on a board under the camera."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from orken.conservation.specimens import typesetting
from orken.conservation.specimens.fields import F, Rng, blur, distance, grids, noise, step, warp
from orken.conservation.specimens.sheet import NORMAL, U8, Sheet, Window

BOARD = 66.0  # grey of the board under the leaf
BORDER = 11.0  # mm of board round the leaf
STAND = 13.0  # mm of board below, with ruler and card


@dataclass(frozen=True)
class Stock:
    """A kind of paper: colour, depth of its clouds, laid lines, shives (bits of straw), and how much its edge browned."""

    colour: tuple[float, float, float]
    cloud: float
    laid: float
    shives: int  # to the square decimetre
    browning: float
    grain: float


STOCKS = {
    "rag": Stock((234, 224, 199), 2.2, 1.0, 3, 0.5, 1.4),  # handmade or laid, strong
    "wove": Stock((229, 215, 184), 2.0, 0.0, 5, 0.8, 1.2),
    "newsprint": Stock((214, 190, 145), 3.0, 0.0, 60, 1.25, 2.0),  # ground wood, acid
    "writing": Stock((233, 226, 207), 1.6, 0.25, 2, 0.45, 1.0),
    "parchment": Stock((232, 221, 194), 2.6, 0.0, 0, 0.35, 0.7),
    "cloth": Stock((92, 78, 66), 1.2, 0.0, 0, 0.2, 1.0),
    "leather": Stock((104, 62, 42), 2.0, 0.0, 0, 0.2, 1.2),
    "print": Stock((224, 214, 192), 0.6, 0.0, 0, 0.3, 0.5),
}
SPINE = 15.0  # mm from the left side of a cover to its joint
BARE = ("cover", "photograph")  # layouts without text


@dataclass(frozen=True)
class Leaf:
    """What to draw: the size in mm, the letters and the manner, the paper."""

    width: float
    height: float
    script: str
    lang: str
    layout: str
    stock: str

    @property
    def canvas(self) -> tuple[float, float]:
        return self.width + 2 * BORDER, self.height + 2 * BORDER + STAND


def draw(rng: Rng, leaf: Leaf, mm_per_px: float) -> Sheet:
    """The sheet before any damage but its age."""
    wide, high = (round(one / mm_per_px) for one in leaf.canvas)
    x0, y0 = round(BORDER / mm_per_px), round(BORDER / mm_per_px)
    window = Window(x0, y0, x0 + round(leaf.width / mm_per_px), y0 + round(leaf.height / mm_per_px))
    stock = STOCKS[leaf.stock]
    sheet = Sheet(
        mm_per_px, window, np.empty((high, wide, 3), np.uint8), np.empty((high, wide, 3), np.uint8),
        np.zeros((high, wide), np.float32), np.zeros((high, wide), np.uint8), np.zeros((high, wide), np.uint8),
        np.zeros((high, wide), np.uint8), np.empty((high, wide, 3), np.uint8),
    )  # fmt: skip
    _board(rng, sheet)
    _paper(rng, sheet, stock)
    if leaf.layout in BARE:
        (_cover if leaf.layout == "cover" else _scene)(rng, sheet, leaf.stock)
        return sheet
    ink = typesetting.leaf(
        rng,
        width=leaf.width,
        height=leaf.height,
        script=leaf.script,
        lang=leaf.lang,
        layout=leaf.layout,
        mm_per_px=mm_per_px,
    )
    ink = ink[: window.shape[0], : window.shape[1]]
    sheet.ink[window.y0 : window.y0 + ink.shape[0], window.x0 : window.x0 + ink.shape[1]] = ink
    if leaf.layout in typesetting.WRITTEN:
        _pen(rng, sheet)
    else:
        _press(rng, sheet)
    return sheet


def _cover(rng: Rng, sheet: Sheet, stock: str) -> None:
    """A book from its front: the grain of cloth or leather, the joint beside the spine, a frame pressed blind."""
    box, px = sheet.leaf, sheet.px
    rows, columns = grids(box.shape)
    if stock == "cloth":
        period = max(2.2, px(0.7))
        weave = np.sin(rows * np.float32(2 * np.pi / period)) * np.sin(columns * np.float32(2 * np.pi / period))
        weave = weave + 0.5 * noise(rng, box.shape, px(0.5), 2)
    else:
        weave = -np.abs(noise(rng, box.shape, px(1.5), 3, 0.6)) * 1.6 + 0.6
    sheet.stain(box, np.clip(0.20 - 0.16 * weave, 0, 0.6), (60, 50, 42))
    sheet.cover(box, np.clip(weave, 0, 1) * 0.08, (196, 184, 164))
    x, y = columns * np.float32(sheet.mm_per_px), rows * np.float32(sheet.mm_per_px)
    wide, high = box.shape[1] * sheet.mm_per_px, box.shape[0] * sheet.mm_per_px
    groove = np.exp(-(((x - SPINE) / 1.3) ** 2)) * np.ones((box.shape[0], 1), np.float32)
    away = np.minimum(np.minimum(x - SPINE - 7, wide - x - 7), np.minimum(y - 7, high - y - 7))
    frame = np.exp(-((away / 0.35) ** 2)) + 0.7 * np.exp(-(((away - 2.2) / 0.22) ** 2))
    sheet.stain(box, np.clip(groove * 0.5 + frame * 0.4, 0, 0.8), (40, 32, 26))
    rub = np.exp(-np.minimum(np.minimum(wide - x, y), high - y) / 1.1)
    sheet.cover(box, np.clip(rub * (0.5 + 0.5 * noise(rng, box.shape, px(2), 3)), 0, 1) * 0.3, (190, 174, 148))
    sheet.lift(box, -groove * 0.5 - frame * 0.06 + weave * 0.012)
    sheet.density[box.at] = 250


def _scene(rng: Rng, sheet: Sheet, stock: str) -> None:
    """A photograph of steppe and hills in brown tones inside a pale border."""
    box, px = sheet.leaf, sheet.px
    rows, columns = grids(box.shape)
    high = rows / box.shape[0] + 0 * columns
    sky = 0.25 + 0.30 * high + 0.05 * noise(rng, box.shape, px(26), 4)
    tone = sky
    for place, (level, depth) in enumerate(((0.46, 0.52), (0.56, 0.68), (0.70, 0.82))):
        ridge = level + (0.05 - 0.01 * place) * noise(rng, (1, box.shape[1]), px(34 - 8 * place), 4)[0][None, :]
        tone = np.where(high > ridge, depth + 0.06 * noise(rng, box.shape, px(3), 4) - 0.12 * (high - ridge), tone)
    x, y = columns * np.float32(sheet.mm_per_px), rows * np.float32(sheet.mm_per_px)
    inside = np.minimum(np.minimum(x, box.shape[1] * sheet.mm_per_px - x), np.minimum(y, box.shape[0] * sheet.mm_per_px - y))  # fmt: skip
    sheet.stain(box, np.clip(tone, 0, 0.95) * step(inside, 4.4, 4.7), (66, 48, 36), uv=(40, 36, 44))


def _board(rng: Rng, sheet: Sheet) -> None:
    grain = noise(rng, sheet.shape, 2.4, 1) * 1.2 + noise(rng, sheet.shape, sheet.px(30), 2) * 1.5 + BOARD
    for channel, shift in enumerate((0.0, 1.5, 3.5)):
        sheet.board[..., channel] = np.clip(grain + shift, 0, 255)
    card = typesetting.stand(100, 9, sheet.mm_per_px)
    x, y = sheet.leaf.x0, sheet.shape[0] - round(sheet.px(STAND + 2))
    card = card[: sheet.shape[0] - y, : sheet.shape[1] - x - 4]
    sheet.board[y : y + card.shape[0], x : x + card.shape[1]] = card
    sheet.colour[:] = sheet.board
    sheet.uv[:] = 0


def _paper(rng: Rng, sheet: Sheet, stock: Stock) -> None:
    box = sheet.leaf
    shape = box.shape
    px = sheet.px
    # Edges: cut by hand, so they wander a little.
    rows, columns = grids(shape)
    inward = np.minimum(
        np.minimum(
            columns - _edge(rng, shape[0], px)[:, None], shape[1] - 1 - columns - _edge(rng, shape[0], px)[:, None]
        ),
        np.minimum(rows - _edge(rng, shape[1], px)[None, :], shape[0] - 1 - rows - _edge(rng, shape[1], px)[None, :]),
    ).astype(np.float32)
    sheet.paper[box.at] = (step(inward, -0.5, 0.8) * 255).astype(np.uint8)
    del inward
    cloud = noise(rng, shape, px(6), 5, 0.62)  # flocks of fibres
    broad = noise(rng, shape, px(70), 3)
    grain = noise(rng, shape, 2.2, 2, 0.7)
    value = cloud * stock.cloud * 0.8 + broad * 2.4 + grain * stock.grain
    density = NORMAL + cloud * 6.5 + grain * 3
    if stock.laid:
        lines = _laid(rng, sheet, shape)
        value -= lines * 1.6 * stock.laid
        density += lines * 13 * stock.laid
    sheet.relief[box.at] = (cloud * 0.006 + grain * 0.004 + noise(rng, shape, px(90), 2) * 0.35).astype(np.float32)
    warmth = noise(rng, shape, px(45), 3)
    for channel, (base, tilt) in enumerate(zip(stock.colour, (0.5, 0.0, -1.6), strict=True)):
        sheet.colour[..., channel][box.at] = np.clip(base + value + warmth * tilt, 0, 255)
    for channel, (base, tilt) in enumerate(zip((92, 104, 138), (0.6, 0.7, 1.0), strict=True)):
        sheet.uv[..., channel][box.at] = np.clip(base + value * tilt * 0.8 - warmth * 2, 0, 255)
    sheet.density[box.at] = np.clip(density, 20, 255).astype(np.uint8)
    del cloud, broad, value, density, warmth, grain
    _fibres(rng, sheet, stock)


def _edge(rng: Rng, length: int, px: object) -> F:
    assert callable(px)
    return np.abs(noise(rng, (1, length), px(25), 5, 0.45)[0]) * np.float32(px(0.16))


def _laid(rng: Rng, sheet: Sheet, shape: tuple[int, int]) -> F:
    """The wires of the mould: close lines across, chains a thumb apart along."""
    rows, columns = grids(shape)
    drift = noise(rng, shape, sheet.px(60), 2) * sheet.px(0.25)
    period, chain = sheet.px(1.15), sheet.px(26)
    wires = np.cos((rows + drift) * np.float32(2 * np.pi / period)) * 0.5
    chains = np.exp(-((((columns + drift) % chain) - chain / 2) ** 2) / np.float32(2 * sheet.px(0.35) ** 2))
    return (wires - chains * 1.3).astype(np.float32)


def _fibres(rng: Rng, sheet: Sheet, stock: Stock) -> None:
    """Single fibres and shives, as one sees them at full zoom."""
    box = sheet.leaf
    high, wide = box.shape
    layer = np.zeros((high, wide), np.uint8)
    dm2 = high * wide * sheet.mm_per_px**2 / 10_000
    for shade, count, length, thick in (
        (60, int(dm2 * 2600), 1.6, 1),
        (150, int(dm2 * stock.shives * 3), 1.0, 1),
        (255, int(dm2 * stock.shives), 1.4, 2),
    ):
        lines = _hairs(rng, count, (high, wide), sheet.px(length))
        cv2.polylines(layer, lines, False, int(shade), thick, cv2.LINE_AA)
    amount = layer.astype(np.float32) / 255
    sheet.stain(box, amount * 0.35, (150, 112, 66))
    pale = np.zeros((high, wide), np.uint8)
    cv2.polylines(pale, _hairs(rng, int(dm2 * 2600), (high, wide), sheet.px(1.8)), False, 70, 1, cv2.LINE_AA)
    sheet.cover(box, pale.astype(np.float32) / 255 * 0.28, (250, 244, 228))


def _hairs(rng: Rng, count: int, shape: tuple[int, int], length: float) -> list[np.ndarray]:
    start = rng.random((count, 2)) * (shape[1], shape[0])
    heading = rng.random(count) * 2 * np.pi
    bend = rng.normal(0, 0.5, count)
    long = length * rng.lognormal(-0.3, 0.5, count)
    points = [start]
    for part in range(3):
        ahead = heading + bend * part
        points.append(points[-1] + np.stack([np.cos(ahead), np.sin(ahead)], 1) * long[:, None] / 3)
    return list(np.stack(points, 1).round().astype(np.int32))


# --- ink ---


def _press(rng: Rng, sheet: Sheet) -> None:
    """Printer's ink: squeezed to the edges of the type, thin where paper or pressure failed."""
    box = sheet.leaf
    shape = box.shape
    cover: F = sheet.ink[box.at].astype(np.float32) / 255
    cover = warp(
        cover,
        noise(rng, shape, sheet.px(1.2), 2) * sheet.px(0.022),
        noise(rng, shape, sheet.px(1.2), 2) * sheet.px(0.022),
    )
    soft = blur(cover, max(0.6, sheet.px(0.05)))
    bite = noise(rng, shape, sheet.px(0.2), 2, 0.7) * 0.13
    cover = step(soft + bite * np.minimum(1, soft * 5), 0.3, 0.58)
    rim = np.clip(cover - blur(cover, sheet.px(0.14)), 0, 1)
    pressure = 0.86 + 0.05 * noise(rng, shape, sheet.px(40), 2) + 0.06 * noise(rng, shape, sheet.px(0.45), 2)
    amount = np.clip(cover * pressure + rim * 0.22, 0, 1)
    del soft, bite, rim, pressure
    _show_through(rng, sheet, cover, 0.05)
    # The oil of the ink browns the paper round each letter by a breath.
    sheet.stain(box, blur(cover, sheet.px(0.5)) * 0.07, (190, 150, 92))
    sheet.stain(box, amount * 0.93, (26, 23, 22), uv=(30, 30, 34))
    sheet.relief[box.at] -= cover * np.float32(0.02)
    sheet.ink[box.at] = (np.clip(cover, 0, 1) * 255).astype(np.uint8)
    sheet.thin(box, 1 + amount * 0.75)


def _pen(rng: Rng, sheet: Sheet) -> None:
    """Iron-gall ink from a pen: pools where the pen rests, runs dry and is dipped again, brown where thin."""
    box = sheet.leaf
    shape = box.shape
    cover: F = sheet.ink[box.at].astype(np.float32) / 255
    cover = warp(
        cover,
        noise(rng, shape, sheet.px(14), 4, 0.55) * sheet.px(0.28),
        noise(rng, shape, sheet.px(14), 4, 0.55) * sheet.px(0.28),
    )
    soft = blur(cover, max(0.7, sheet.px(0.07)))
    swell = noise(rng, shape, sheet.px(3), 3) * 0.1 + noise(rng, shape, sheet.px(0.3), 2) * 0.07
    cover = step(soft + swell * np.minimum(1, soft * 5), 0.28, 0.58)
    body = blur(cover, sheet.px(0.3))
    dip = noise(rng, shape, sheet.px(22), 2) * 0.16
    load = np.clip(0.42 + 0.55 * body + dip + noise(rng, shape, sheet.px(0.6), 3) * 0.07, 0.2, 1)
    amount = np.clip(cover * load, 0, 1)
    del soft, swell, body, dip, load
    _show_through(rng, sheet, cover, 0.07)
    sheet.stain(box, blur(cover, sheet.px(0.35)) * 0.12, (176, 126, 70))
    sheet.stain(box, amount, (52, 33, 22), uv=(12, 11, 16))
    sheet.ink[box.at] = (np.clip(cover, 0, 1) * 255).astype(np.uint8)
    sheet.thin(box, 1 + amount * 0.55)


def _show_through(rng: Rng, sheet: Sheet, cover: F, amount: float) -> None:
    """The other side of the leaf, seen through it."""
    back = blur(np.ascontiguousarray(cover[:, ::-1]), sheet.px(0.22))
    back = np.roll(back, int(rng.integers(-8, 8)), 0)
    sheet.stain(sheet.leaf, back * amount, (120, 100, 78))
    sheet.thin(sheet.leaf, 1 + back * 0.4)


def inward(sheet: Sheet, scale: int = 4) -> F:
    """Millimetres from the points of the leaf's window to the nearest edge of the paper, on a grid `scale` times coarser."""
    paper = sheet.paper[sheet.leaf.at]
    small = cv2.resize(paper, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
    solid = np.pad((small > 127).astype(np.uint8), 1)
    return distance(solid)[1:-1, 1:-1] * np.float32(sheet.mm_per_px * scale)


def stretched(field: F, shape: tuple[int, int]) -> F:
    """A coarse field at full size."""
    return cv2.resize(field.astype(np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)


__all__ = ["STOCKS", "U8", "Leaf", "draw", "inward", "stretched"]
