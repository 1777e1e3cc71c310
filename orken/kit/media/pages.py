"""Pages of a PDF as pictures: pushed by the platform, readable on a weak line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from django.utils.translation import gettext as _
from PIL import Image

from orken.kit.media.pictures import PictureRefused

MOST_PAGES = 200
LARGE, SMALL = 1600, 800  # pixels of the longer side
QUALITY = {LARGE: 80, SMALL: 45}


@dataclass(frozen=True)
class Page:
    """A page in two sizes, and the words that stand on it."""

    number: int
    of: int
    large: bytes
    small: bytes
    width: int
    height: int
    text: str


def pages(content: bytes) -> Iterator[Page]:
    """Each page as WebP, in order. Raises PictureRefused for what is no PDF, is locked, or has too many pages."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise PictureRefused(_("The PDF cannot be opened: it is damaged or locked with a password.")) from None
    try:
        if len(document) > MOST_PAGES:
            raise PictureRefused(_("The PDF has more than %(most)s pages.") % {"most": MOST_PAGES})
        for number in range(len(document)):
            page = document[number]
            wide, high = page.get_size()
            if not 1 <= max(wide, high) <= 20_000:
                raise PictureRefused(_("A page of the PDF has no size that can be drawn."))
            picture = page.render(scale=LARGE / max(wide, high)).to_pil().convert("RGB")
            text = " ".join(page.get_textpage().get_text_bounded().split())[:4000]
            page.close()
            yield Page(
                number + 1, len(document), _webp(picture, LARGE), _webp(picture, SMALL), picture.width, picture.height, text
            )  # fmt: skip
    finally:
        document.close()


def _webp(picture: Image.Image, side: int) -> bytes:
    made = picture
    if max(picture.size) > side:
        ratio = side / max(picture.size)
        made = picture.resize((max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio))), Image.Resampling.LANCZOS)  # fmt: skip
    out = io.BytesIO()
    made.save(out, "WEBP", quality=QUALITY[side], method=4)
    return out.getvalue()
