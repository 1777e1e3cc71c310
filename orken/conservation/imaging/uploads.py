"""A photograph that somebody sent: judged by its head before a single pixel is decoded."""

from __future__ import annotations

import warnings
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from orken.kit.media.pictures import PictureRefused

MOST_PIXELS = 120_000_000
LEAST_SIDE = 600
LEAST_DPI = 100  # 72 and 96 are what programs write when they do not know
MOST_BYTES = 400 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")


def look(file: IO[bytes]) -> tuple[int, int, float | None]:
    """Width, height and pixels to the inch (None when the file does not say, or a camera wrote it). Raises PictureRefused with a sentence."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # Our own limit stands below; Pillow's would come first for pictures that we take.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=FORMATS)
            width, height = picture.size
            frames = getattr(picture, "n_frames", 1)
            _judge(width, height, frames)
            dpi = picture.info.get("dpi", (None,))[0]
            # A PNG would be decoded whole only to look for this; photographs come as JPEG.
            exif = Image.Exif() if picture.format == "PNG" else picture.getexif()
            orientation = exif.get(0x0112, 1)
            # A camera writes some number of dots to the inch that says nothing; only a scanner knows its own.
            camera = bool(exif) and bool({0x829A, 0x829D, 0x920A} & set(exif.get_ifd(0x8769)))
    except Image.DecompressionBombError as bomb:
        raise PictureRefused(
            _("The picture has more than 120 million points. Make it smaller and send it again.")
        ) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, OverflowError, TypeError) as broken:
        raise PictureRefused(
            _("This is not a picture that can be opened. Send a JPEG, PNG, WebP or TIFF file.")
        ) from broken
    finally:
        file.seek(0)
    if orientation in (5, 6, 7, 8):
        width, height = height, width
    return width, height, float(dpi) if dpi and float(dpi) >= LEAST_DPI and not camera else None


def _judge(width: int, height: int, frames: int) -> None:
    if width * height > MOST_PIXELS:
        raise PictureRefused(_("The picture has more than 120 million points. Make it smaller and send it again."))
    if min(width, height) < LEAST_SIDE:
        raise PictureRefused(_("The picture is too small to see damage on it: each side needs 600 points or more."))
    if frames > 1:
        raise PictureRefused(_("The file holds several pictures. Send one picture in one file."))
