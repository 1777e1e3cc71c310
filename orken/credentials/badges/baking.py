"""A badge as a picture that carries its credential: PNG with an iTXt chunk «openbadgecredential» (OB 3.0, baking)."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from orken.credentials.badges.judging import NotABadge

KEYWORD = "openbadgecredential"
SIZE = 600
BLUE, GOLD, WHITE = (20, 61, 102), (169, 119, 43), (255, 255, 255)
MAGIC = b"\x89PNG\r\n\x1a\n"


def is_png(content: bytes) -> bool:
    return content.startswith(MAGIC)


def baked(linked: str, *, hours: str, number: str) -> bytes:
    """The picture of a badge with the signed credential in it."""
    told = PngInfo()
    told.add_itxt(KEYWORD, linked)
    out = io.BytesIO()
    picture(hours, number).save(out, "PNG", pnginfo=told, optimize=True)
    return out.getvalue()


def taken_out(content: bytes) -> str:
    """The credential in a picture. Raises NotABadge."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            found: Any = getattr(image, "text", {}).get(KEYWORD)
    except (OSError, ValueError, Image.DecompressionBombError) as problem:
        raise NotABadge("png") from problem
    if not found:
        raise NotABadge("png")
    return str(found)


def picture(hours: str, number: str) -> Image.Image:
    """A rosette in our colours: hours in the middle (of a talk what was done), the number below."""
    drawn = _frame().copy()
    pen = ImageDraw.Draw(drawn)
    if hours:
        pen.text((SIZE / 2, SIZE * 0.44), hours, font=_font(150), fill=BLUE, anchor="mm")
    below = ("академиялық сағат", "академических часов") if hours else ("баяндама жасады", "выступление с докладом")
    for place, words in zip((0.58, 0.645) if hours else (0.46, 0.54), below, strict=True):
        pen.text((SIZE / 2, SIZE * place), words, font=_font(30), fill=BLUE, anchor="mm")
    pen.text((SIZE / 2, SIZE * 0.735), number, font=_font(24), fill=GOLD, anchor="mm")
    return drawn


@lru_cache(maxsize=1)
def _frame() -> Image.Image:
    drawn = Image.new("RGBA", (SIZE * 2, SIZE * 2), (0, 0, 0, 0))
    pen = ImageDraw.Draw(drawn)
    middle = SIZE
    for step in range(24):  # the petals of the rosette
        petal = Image.new("RGBA", drawn.size, (0, 0, 0, 0))
        ImageDraw.Draw(petal).ellipse((middle - 90, 20, middle + 90, 340), fill=BLUE)
        drawn.alpha_composite(petal.rotate(step * 15, resample=Image.Resampling.BICUBIC))
    pen.ellipse((120, 120, 2 * SIZE - 120, 2 * SIZE - 120), fill=BLUE)
    pen.ellipse((165, 165, 2 * SIZE - 165, 2 * SIZE - 165), fill=WHITE, outline=GOLD, width=10)
    pen.ellipse((195, 195, 2 * SIZE - 195, 2 * SIZE - 195), outline=GOLD, width=3)
    for x, y, turn in ((middle, 330, 1), (middle, 2 * SIZE - 330, -1)):  # ram's horns
        for side in (1, -1):
            pen.arc((x + side * 60 - 55, y - 55, x + side * 60 + 55, y + 55), 0, 360, fill=GOLD, width=10)
            pen.line((x, y + turn * 60, x, y - turn * 40), fill=GOLD, width=10)
    return drawn.resize((SIZE, SIZE), Image.Resampling.LANCZOS)


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(settings.BASE_DIR / "build" / "fonts" / "source-600.ttf"), size)
