"""The picture that stands for a piece of news where somebody shares its address: 1200 by 630 points, drawn by us."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
PAPER, BLUE, WARM, INK = "#ffffff", "#0e2d57", "#a84c16", "#4c586b"
MARGIN = 80
LINES = 5


@lru_cache(maxsize=16)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    path = Path(settings.BASE_DIR) / "build" / "fonts" / name
    return ImageFont.truetype(str(path), size) if path.exists() else ImageFont.load_default(size)


def draw(title: str, institution: str, day: str) -> bytes:
    """A PNG with the title, whose news it is and when; a long title grows smaller, then ends with dots."""
    card = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(card)
    pen.rectangle((0, 0, SIZE[0], 14), fill=BLUE)
    pen.rectangle((0, SIZE[1] - 10, SIZE[0], SIZE[1]), fill=WARM)
    pen.text((MARGIN, 60), "Өркен", font=_font("source-600.ttf", 44), fill=BLUE)
    for size in (64, 54, 46):
        rows = _wrapped(pen, title, _font("source-600.ttf", size), SIZE[0] - 2 * MARGIN)
        if len(rows) <= LINES:
            break
    rows = rows if len(rows) <= LINES else [*rows[: LINES - 1], f"{rows[LINES - 1].rstrip(' .,:;–—')}…"]
    top = 150
    for row in rows:
        pen.text((MARGIN, top), row, font=_font("source-600.ttf", size), fill=BLUE)
        top += round(size * 1.2)
    below = _wrapped(pen, institution, _font("golos-400.ttf", 28), SIZE[0] - 2 * MARGIN - 260)[:2]
    for n, row in enumerate(below):
        pen.text((MARGIN, SIZE[1] - 60 - 36 * (len(below) - n)), row, font=_font("golos-400.ttf", 28), fill=INK)
    pen.text((SIZE[0] - MARGIN, SIZE[1] - 96), day, font=_font("golos-400.ttf", 28), fill=INK, anchor="ra")
    out = io.BytesIO()
    card.save(out, "PNG", optimize=True)
    return out.getvalue()


def _wrapped(
    pen: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int
) -> list[str]:
    rows: list[str] = []
    for word in re.split(r" +", text):
        joined = f"{rows[-1]} {word}" if rows else word
        if rows and pen.textlength(joined, font=font) <= width:
            rows[-1] = joined
        else:
            rows.append(word)
    return rows
