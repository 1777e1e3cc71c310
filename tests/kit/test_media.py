"""Pictures are written anew: upright, without what the camera told, in our sizes."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from orken.kit.media.pictures import PictureRefused, variants


def picture(
    mode: str = "RGB", size: tuple[int, int] = (1200, 800), kind: str = "JPEG", **options: object
) -> io.BytesIO:
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode in ("L", "P") else tuple([90] * len(mode))).save(out, kind, **options)
    return out


def test_each_width_comes_in_two_formats_and_none_is_blown_up() -> None:
    found = variants(picture())
    assert [(one.width, one.height, one.media_type) for one in found] == [
        (480, 320, "image/webp"), (480, 320, "image/jpeg"), (960, 640, "image/webp"), (960, 640, "image/jpeg"),
        (1200, 800, "image/webp"), (1200, 800, "image/jpeg"),
    ]  # fmt: skip


def test_what_the_camera_told_is_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Camera of Aigul"
    found = variants(picture(exif=exif))
    assert found[0].height > found[0].width
    for one in found:
        assert not Image.open(io.BytesIO(one.content)).getexif()
        assert b"Aigul" not in one.content


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("L", "JPEG"), ("RGBA", "PNG"), ("P", "PNG"), ("RGB", "TIFF"), ("RGBA", "WEBP")],
)
def test_every_kind_of_picture_becomes_plain_colour(mode: str, kind: str) -> None:
    for one in variants(picture(mode, (300, 200), kind)):
        assert Image.open(io.BytesIO(one.content)).mode == "RGB"


def test_bombs_and_other_files_are_refused_with_a_sentence() -> None:
    bomb = io.BytesIO()
    Image.new("1", (12000, 12000)).save(bomb, "PNG")
    for bad in (bomb, io.BytesIO(b"not a picture"), io.BytesIO(picture().getvalue()[:200]), io.BytesIO(b"")):
        with pytest.raises(PictureRefused) as caught:
            variants(bad)
        assert str(caught.value.args[0]).endswith(".")
