"""The title page of an invented book, drawn for the hot spot of the demo."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

SIZE = (800, 1060)
# Author, title, subtitle, imprint: where its lines stand, as wide as words would be. Words themselves are in the alternatives.
LINES = ((150, 70, 500, 90, 5), (100, 330, 600, 150, 3), (150, 510, 500, 90, 7), (150, 890, 500, 90, 6))


def title_page() -> bytes:
    """A PNG: paper, a frame and lines of type as bars, the same bytes every time."""
    page = Image.new("RGB", SIZE, "#fbf8f0")
    pen = ImageDraw.Draw(page)
    pen.rectangle((24, 24, SIZE[0] - 25, SIZE[1] - 25), outline="#8a7a5c", width=3)
    for left, top, width, height, words in LINES:
        gap = 18
        each = (width - 40 - gap * (words - 1)) // words
        bar = height // 3
        for n in range(words):
            x = left + 20 + n * (each + gap)
            pen.rectangle((x, top + bar, x + each, top + 2 * bar), fill="#2a2a33")
    pen.ellipse((SIZE[0] // 2 - 40, 700, SIZE[0] // 2 + 40, 780), outline="#2a2a33", width=4)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
