"""A film out of drawn pictures, without a coder of films: each picture is one key frame of VP8, put into a WebM container.

A lossy WebP of a still picture holds exactly such a frame (RFC 9649), so the library that writes our pictures writes
our films too. Made for title cards and diagrams at a picture or two for a second, not for what a camera saw.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Sequence

from PIL import Image

QUALITY = 55
CUT = 10_000  # milliseconds of a cluster: whoever goes to the second minute asks for no more than this


def key_frame(picture: Image.Image) -> bytes:
    """The picture as one frame of VP8."""
    out = io.BytesIO()
    picture.convert("RGB").save(out, "WEBP", quality=QUALITY, method=1)
    data = out.getvalue()
    at = 12
    while at < len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        if name == b"VP8 ":
            return data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    raise ValueError("the picture was not written as a frame of VP8")


def webm(frames: Sequence[tuple[bytes, int]], size: tuple[int, int]) -> bytes:
    """The film: frames of VP8, each with the milliseconds that it stands. The same frames give the same bytes."""
    length = sum(stands for _frame, stands in frames)
    info = _element(0x1549A966, _number(0x2AD7B1, 1_000_000), _element(0x4489, struct.pack(">d", length)), _text(0x4D80, "Orken"), _text(0x5741, "Orken"))  # fmt: skip
    video = _element(0xE0, _number(0xB0, size[0]), _number(0xBA, size[1]))
    track = _element(0x1654AE6B, _element(0xAE, _number(0xD7, 1), _number(0x73C5, 1), _number(0x83, 1), _text(0x86, "V_VP8"), video))  # fmt: skip
    clusters, begins = [], []
    for start, part in _clusters(frames):
        begins.append(start)
        clusters.append(_element(0x1F43B675, _number(0xE7, start), *part))
    # Where each cluster stands is told before the first of them; the list is as long whatever stands in it.
    before = len(info) + len(track) + len(_cues(begins, [0] * len(begins)))
    places = [before + sum(map(len, clusters[:n])) for n in range(len(clusters))]
    head = _element(
        0x1A45DFA3, _number(0x4286, 1), _number(0x42F7, 1), _number(0x42F2, 4), _number(0x42F3, 8), _text(0x4282, "webm"), _number(0x4287, 4), _number(0x4285, 2)
    )  # fmt: skip
    return head + _element(0x18538067, info, track, _cues(begins, places), *clusters)


def _clusters(frames: Iterable[tuple[bytes, int]]) -> Iterable[tuple[int, list[bytes]]]:
    start, now, part = 0, 0, list[bytes]()
    for frame, stands in frames:
        if part and now - start >= CUT:
            yield start, part
            start, part = now, []
        block = b"\x81" + struct.pack(">hB", now - start, 0) + frame
        part.append(_element(0xA0, _element(0xA1, block), _number(0x9B, stands)))
        now += stands
    yield start, part


def _cues(begins: Sequence[int], places: Sequence[int]) -> bytes:
    points = [
        _element(0xBB, _number(0xB3, begin), _element(0xB7, _number(0xF7, 1), _element(0xF1, struct.pack(">I", place))))
        for begin, place in zip(begins, places, strict=True)
    ]
    return _element(0x1C53BB6B, *points)


def _element(name: int, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + struct.pack(">Q", 1 << 56 | len(body)) + body


def _number(name: int, value: int) -> bytes:
    return _element(name, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _text(name: int, text: str) -> bytes:
    return _element(name, text.encode())
