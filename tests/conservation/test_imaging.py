"""Pyramids and uploads: every tile right, nothing kept of what the camera told, bombs refused before they go off."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from orken.conservation.imaging import pyramids, uploads
from orken.kit.media.pictures import PictureRefused

WIDE, HIGH = 1301, 977


@pytest.fixture
def picture() -> np.ndarray:
    """A smooth picture, so that JPEG keeps its values: red runs with x, green with y."""
    y, x = np.mgrid[0:HIGH, 0:WIDE]
    return np.stack([x * 255 // WIDE, y * 255 // HIGH, np.full_like(x, 90)], axis=2).astype(np.uint8)


def opened(content: bytes | None) -> np.ndarray:
    assert content is not None
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


def test_tiles_of_the_deepest_level_are_the_picture(picture: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "p.tif"
    pyramids.write(picture, path)
    top = pyramids.levels(WIDE, HIGH)
    assert top == 11
    for x, y in ((0, 0), (2, 1), (5, 3)):
        tile = opened(pyramids.tile(path, WIDE, HIGH, level=top, x=x, y=y))
        wanted = picture[y * 256 : y * 256 + 256, x * 256 : x * 256 + 256].astype(int)
        assert tile.shape == wanted.shape
        assert np.abs(tile - wanted).mean() < 3


def test_each_level_halves_and_covers_the_whole(picture: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "p.tif"
    pyramids.write(picture, path)
    top = pyramids.levels(WIDE, HIGH)
    for level in range(top, 6, -1):
        scale = 2 ** (top - level)
        columns, rows = -(-WIDE // scale // 256) or 1, -(-HIGH // scale // 256) or 1
        seen = [opened(pyramids.tile(path, WIDE, HIGH, level=level, x=x, y=0)).shape[1] for x in range(columns)]
        assert abs(sum(seen) - WIDE / scale) <= 1.5, level
        last = opened(pyramids.tile(path, WIDE, HIGH, level=level, x=columns - 1, y=rows - 1))
        # A little inside: JPEG blurs colour over the padding of the last tile.
        inner = last[-6, -6]
        assert abs(inner[0] - 254 * (1 - 6 * scale / WIDE)) < 12 and abs(inner[1] - 254 * (1 - 6 * scale / HIGH)) < 12


@pytest.mark.parametrize(
    ("level", "x", "y"), [(12, 0, 0), (-1, 0, 0), (11, 6, 0), (11, 0, 4), (11, -1, 0), (11, 10**9, 0)]
)
def test_there_are_no_tiles_outside(level: int, x: int, y: int, picture: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "p.tif"
    pyramids.write(picture, path)
    assert pyramids.tile(path, WIDE, HIGH, level=level, x=x, y=y) is None


def photographed(picture: np.ndarray, tmp_path: Path, orientation: int = 1) -> Path:
    """A JPEG as a telephone writes it, with its place."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telephone of Aigul"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (43.0, 14.0, 19.0)
    path = tmp_path / "sent.jpg"
    Image.fromarray(picture).save(path, exif=exif, dpi=(300, 300), quality=92)
    assert b"Aigul" in path.read_bytes()
    return path


def test_nothing_of_what_the_camera_told_is_kept(picture: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "p.tif"
    pyramids.convert(photographed(picture, tmp_path), path)
    content = path.read_bytes()
    assert b"Aigul" not in content and b"GPS" not in content and b"Exif" not in content
    tags = Image.open(path).getexif()
    assert 0x8825 not in tags and 0x010F not in tags
    for small in (pyramids.preview(path), pyramids.tile(path, WIDE, HIGH, level=11, x=0, y=0)):
        assert small is not None
        assert not Image.open(io.BytesIO(small)).getexif()


def test_a_picture_lying_on_its_side_is_turned_upright(picture: np.ndarray, tmp_path: Path) -> None:
    size = pyramids.convert(photographed(picture, tmp_path, orientation=6), tmp_path / "p.tif")
    assert size == (HIGH, WIDE)
    with photographed(picture, tmp_path, orientation=6).open("rb") as file:
        assert uploads.look(file)[:2] == (HIGH, WIDE)


@pytest.mark.parametrize("mode", ["L", "RGBA", "CMYK", "P"])
def test_every_kind_of_colour_becomes_plain_colour(mode: str, picture: np.ndarray, tmp_path: Path) -> None:
    source = tmp_path / ("sent.jpg" if mode == "CMYK" else "sent.png")
    Image.fromarray(picture).convert(mode).save(source)
    pyramids.convert(source, tmp_path / "p.tif")
    assert opened(pyramids.tile(tmp_path / "p.tif", WIDE, HIGH, level=11, x=0, y=0)).shape == (256, 256, 3)


def test_a_file_cut_short_is_called_broken_and_leaves_nothing(picture: np.ndarray, tmp_path: Path) -> None:
    source = photographed(picture, tmp_path)
    source.write_bytes(source.read_bytes()[:20_000])
    with pytest.raises(pyramids.PictureBroken):
        pyramids.convert(source, tmp_path / "p.tif")
    assert not (tmp_path / "p.tif").exists()


def png_head(width: int, height: int) -> bytes:
    """A PNG that says a size and holds no pixels: what a bomb looks like before it goes off."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (png_head(20_000, 20_000), "120 миллион"),
        (png_head(65_000, 65_000), "120 миллион"),
        (png_head(300, 4000), "600"),
        (b"%PDF-1.7 nothing", "JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG"),
        (b"", "JPEG"),
        (b"GIF89a" + bytes(64), "JPEG"),
    ],
)
def test_what_is_no_picture_for_us_is_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        uploads.look(io.BytesIO(content))
    assert words in str(refused.value.args[0])


def test_several_pictures_in_one_file_are_refused(picture: np.ndarray) -> None:
    out = io.BytesIO()
    page = Image.fromarray(picture)
    page.save(out, "TIFF", save_all=True, append_images=[page])
    with pytest.raises(PictureRefused, match="бірнеше"):
        uploads.look(out)
