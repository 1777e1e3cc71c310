"""Pictures that people send: opened, turned upright, stripped of what the camera told, written anew in our sizes."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

WIDTHS = (480, 960, 1920)
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")


class PictureRefused(Exception):
    """The picture cannot be used; the text is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Variant:
    """One size of a picture in one format."""

    width: int
    height: int
    media_type: str
    content: bytes


def variants(file: IO[bytes], widths: Sequence[int] = WIDTHS) -> list[Variant]:
    """WebP and JPEG for each width up to the picture's own, the smallest first; nothing of the file itself is kept."""
    picture = _opened(file)
    found = []
    for width in sorted({min(width, picture.width) for width in widths}):
        height = max(1, round(picture.height * width / picture.width))
        sized = picture.resize((width, height), Image.Resampling.LANCZOS) if width < picture.width else picture
        for name, kind, options in (
            ("WEBP", "image/webp", {"quality": 80, "method": 4}),
            ("JPEG", "image/jpeg", {"quality": 82, "progressive": True, "optimize": True}),
        ):
            out = io.BytesIO()
            sized.save(out, name, **options)
            found.append(Variant(width, height, kind, out.getvalue()))
    return found


def _opened(file: IO[bytes]) -> Image.Image:
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureRefused(
                    _("The picture has more than 60 million points. Make it smaller and send it again.")
                )
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PictureRefused(
            _("The picture has more than 60 million points. Make it smaller and send it again.")
        ) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise PictureRefused(
            _("This is not a picture that can be opened. Send a JPEG, PNG, WebP or TIFF file.")
        ) from broken
    upright = ImageOps.exif_transpose(picture)
    return _srgb(upright)


def _srgb(picture: Image.Image) -> Image.Image:
    """Colours as screens show them; transparent places become white, as on paper."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            picture = changed or picture
        except ImageCms.PyCMSError:
            pass  # a broken profile: the plain conversion below is the best guess
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture)
        picture = paper
    plain = picture.convert("RGB")
    plain.info = {}
    return plain
