"""The numbered overview of a passport: the photograph, or an outline of the leaf, with the damages drawn on it.

Told apart without colour: each has its number, and its line its own pattern; the graver, the thicker.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from PIL import Image

DASHES = ("", "14 7", "3 6", "20 6 4 6", "8 4", "20 6 4 6 4 6")
WIDTH = 1000.0
LEAF = (148, 210)  # mm, when the size is not known


@dataclass(frozen=True)
class Outline:
    """A damage on the picture: its number, severity, and box in per cent."""

    number: int
    severity: int
    x: float
    y: float
    w: float
    h: float


def outlines(damages: Iterable[Mapping[str, object]]) -> list[Outline]:
    """Those lines of a damage table that have a place on the picture."""
    found = []
    for one in damages:
        box = one.get("box")
        if isinstance(box, Sequence) and len(box) == 4:
            x, y, w, h = (float(part) for part in box)
            found.append(Outline(int(str(one["number"])), int(str(one["severity"])), x, y, w, h))
    return found


def svg(
    picture: bytes | None,
    size_mm: tuple[int | None, int | None],
    damages: Sequence[Outline],
    *,
    title: str = "",
    grid: bool = False,
) -> str:
    """The overview as SVG text; `size_mm` (width, height) gives the shape where there is no photograph."""
    height = WIDTH * _ratio(picture, size_mm)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:.0f}" width="{WIDTH:g}" height="{height:.0f}" role="img"'
            f"{' aria-label=' + quoteattr(title) if title else ''}>"
        )
    ]
    if picture:
        data = base64.b64encode(picture).decode()
        parts.append(f'<image width="{WIDTH:g}" height="{height:.0f}" href="data:image/jpeg;base64,{data}"/>')
    else:
        parts += _leaf(height)
    # Numbers last, so that no line of a neighbour runs over them.
    drawn = [_outline(one, height) for one in damages]
    parts += [piece for pieces in drawn for piece in pieces[:2]] + [piece for pieces in drawn for piece in pieces[2:]]
    if grid:
        parts += _grid(height)
    return "".join([*parts, "</svg>"])


def _ratio(picture: bytes | None, size_mm: tuple[int | None, int | None]) -> float:
    if picture:
        with Image.open(io.BytesIO(picture)) as opened:
            return min(2.5, max(0.4, opened.height / opened.width))
    width, height = size_mm
    return min(2.0, max(0.5, (height or LEAF[1]) / (width or LEAF[0])))


def _leaf(height: float) -> list[str]:
    """A bare leaf with a grid, so that a place can be named though there is no photograph."""
    lines = [f'<rect x="1" y="1" width="{WIDTH - 2:g}" height="{height - 2:.0f}" fill="#fbfaf7" stroke="#7a8494" stroke-width="2"/>']  # fmt: skip
    for n in range(1, 8):
        x = WIDTH * n / 8
        lines.append(f'<path d="M{x:.0f} 0V{height:.0f}" stroke="#ddd9cf"/>')
    for n in range(1, 10):
        y = height * n / 10
        lines.append(f'<path d="M0 {y:.0f}H{WIDTH:g}" stroke="#ddd9cf"/>')
    return lines


def _grid(height: float) -> list[str]:
    """Columns A–H and rows 1–10, by which a place is named on a keyboard."""
    parts = []
    for n in range(8):
        x = WIDTH * (n + 0.5) / 8
        parts.append(_label(x, 20, "ABCDEFGH"[n]))
        if n:
            parts.append(
                f'<path d="M{WIDTH * n / 8:.0f} 0V{height:.0f}" stroke="#111" stroke-opacity=".35" stroke-width="1.5"/>'
            )
    for n in range(10):
        parts.append(_label(18, height * (n + 0.5) / 10 + 8, str(n + 1)))
        if n:
            parts.append(
                f'<path d="M0 {height * n / 10:.0f}H{WIDTH:g}" stroke="#111" stroke-opacity=".35" stroke-width="1.5"/>'
            )
    return parts


def _label(x: float, y: float, text: str) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-family="Golos Text, sans-serif" font-size="24" font-weight="600" text-anchor="middle" '
        f'fill="#111" stroke="#fff" stroke-width="5" paint-order="stroke">{text}</text>'
    )


def _outline(one: Outline, height: float) -> list[str]:
    x, y = WIDTH * one.x / 100, height * one.y / 100
    w, h = min(WIDTH - x, WIDTH * one.w / 100), min(height - y, height * one.h / 100)
    dash = DASHES[(one.number - 1) % len(DASHES)]
    thick = 2 + one.severity
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    box = f'x="{x:.0f}" y="{y:.0f}" width="{max(w, 6):.0f}" height="{max(h, 6):.0f}" fill="none"'
    cx, cy = min(max(x, 26), WIDTH - 26), min(max(y, 26), height - 26)
    return [
        f'<rect {box} stroke="#fff" stroke-width="{thick + 4}"/>',
        f'<rect {box} stroke="#111" stroke-width="{thick}"{dashed}/>',
        f'<circle cx="{cx:.0f}" cy="{cy:.0f}" r="24" fill="#111" stroke="#fff" stroke-width="3"/>',
        (
            f'<text x="{cx:.0f}" y="{cy + 10:.0f}" font-family="Golos Text, sans-serif" font-size="28" font-weight="600" '
            f'text-anchor="middle" fill="#fff">{one.number}</text>'
        ),
    ]
