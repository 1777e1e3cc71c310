"""A picture as a tiled pyramid (one TIFF), and the tiles that a browser asks for.

    pyramids.write(picture, path)               # from an array, or
    pyramids.convert(source, path)              # from a file: upright, sRGB, nothing kept of what the camera told
    pyramids.tile(path, width, height, level=12, x=3, y=1)

One file for each picture: access is checked by the page that cuts, a backup has one thing to copy, and a random tile
of 100 megapixels takes about 8 ms (measured; bench/conservation_images.py).
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

TILE = 256
QUALITY = 82
PREVIEW = 640  # pixels of the longer side
KEPT_OPEN = 64


@lru_cache(maxsize=1)
def _vips() -> Any:
    """libvips, loaded by the process that cuts or writes: it keeps threads, which must not stand before a fork."""
    logging.getLogger("pyvips").setLevel(logging.WARNING)  # it tells every thread it starts
    import pyvips

    return pyvips


class PictureBroken(Exception):
    """The file cannot be decoded."""


def write(picture: NDArray[np.uint8], path: Path) -> None:
    """The pyramid of an array (rows × columns × 3)."""
    high, wide = picture.shape[:2]
    image = _vips().Image.new_from_memory(np.ascontiguousarray(picture).data, wide, high, 3, "uchar")
    _save(image.copy(interpretation="srgb"), path)


def convert(source: Path, path: Path) -> tuple[int, int]:
    """The pyramid of a picture file; answers width and height as it is seen. Raises PictureBroken."""
    try:
        image = _vips().Image.new_from_file(str(source), access="sequential", fail_on="truncated")
        turned = image.get_typeof("orientation") and image.get("orientation") not in (0, 1)
        if turned:  # turning needs random access to the whole
            image = _vips().Image.new_from_file(str(source), access="random", fail_on="truncated").autorot()
        image = _srgb(image)
        _save(image, path)
    except _vips().Error as broken:
        path.unlink(missing_ok=True)
        raise PictureBroken(str(broken).splitlines()[0] if str(broken) else "pyvips") from broken
    return int(image.width), int(image.height)


def _srgb(image: Any) -> Any:
    if image.get_typeof("icc-profile-data"):
        try:
            image = image.icc_transform("srgb", embedded=True)
        except _vips().Error:
            image = image.colourspace("srgb")  # a broken profile: the plain conversion is the best guess
    elif image.interpretation != "srgb":
        image = image.colourspace("srgb")
    if image.hasalpha():
        image = image.flatten(background=255)
    if image.bands == 1:
        image = image.bandjoin([image, image])
    return image.extract_band(0, n=3).cast("uchar")


def _save(image: Any, path: Path) -> None:
    image.tiffsave(
        str(path), tile=True, tile_width=TILE, tile_height=TILE, pyramid=True, compression="jpeg", Q=QUALITY,
        keep="none", bigtiff=False,
    )  # fmt: skip


def preview(path: Path, side: int = PREVIEW) -> bytes:
    """A JPEG with a longer side of `side` pixels."""
    image = _vips().Image.thumbnail(str(path), side, height=side)
    return bytes(image.jpegsave_buffer(Q=80, keep="none", optimize_coding=True))


def read(path: Path, most: int) -> tuple[NDArray[np.uint8], float]:
    """The picture as an array of at most `most` pixels, and how many times it was made smaller."""
    image = _vips().Image.new_from_file(str(path), access="sequential")
    scale = max(1.0, float(np.sqrt(image.width * image.height / most)) * 1.001)
    if scale > 1:
        image = _vips().Image.thumbnail(
            str(path), int(image.width / scale), height=int(image.height / scale), size="force"
        )
    return np.ascontiguousarray(image.numpy()), scale


def levels(width: int, height: int) -> int:
    """The deepest level: there one pixel of a tile is one pixel of the picture; each level above halves it."""
    return max(0, (max(width, height) - 1).bit_length())


def tile(path: Path, width: int, height: int, *, level: int, x: int, y: int) -> bytes | None:
    """The tile as JPEG; None when there is no such tile."""
    top = levels(width, height)
    if not 0 <= level <= top or x < 0 or y < 0:
        return None
    halvings = top - level
    page = min(halvings, _pages(path) - 1)
    image = _opened(path, page)
    extra = 2 ** (halvings - page)
    side = TILE * extra
    left, upper = x * side, y * side
    wide, high = min(side, image.width - left), min(side, image.height - upper)
    if wide <= 0 or high <= 0:
        return None
    part = image.crop(left, upper, wide, high)
    if extra > 1:
        part = part.shrink(min(extra, wide), min(extra, high))
    return bytes(part.jpegsave_buffer(Q=QUALITY, keep="none"))


# --- pictures that stay open: reading the directory of a file anew would cost more than the tile ---

_open: OrderedDict[tuple[str, int], Any] = OrderedDict()
_counts: dict[str, int] = {}
_lock = Lock()


def _pages(path: Path) -> int:
    key = str(path)
    with _lock:
        found = _counts.get(key)
    if found is None:
        image = _vips().Image.new_from_file(key)
        found = int(image.get("n-pages")) if image.get_typeof("n-pages") else 1
        with _lock:
            _counts[key] = found
    return found


def _opened(path: Path, page: int) -> Any:
    key = (str(path), page)
    with _lock:
        image = _open.get(key)
        if image is not None:
            _open.move_to_end(key)
            return image
    image = _vips().Image.new_from_file(str(path), access="random", page=page)
    with _lock:
        _open[key] = image
        while len(_open) > KEPT_OPEN:
            _open.popitem(last=False)
    return image
