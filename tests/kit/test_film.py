"""A film out of drawn pictures: a container that players open, and the same bytes for the same pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from orken.kit.media import film

SEGMENT, INFO, CUES, CLUSTER, GROUP, BLOCK = 0x18538067, 0x1549A966, 0x1C53BB6B, 0x1F43B675, 0xA0, 0xA1
Element = tuple[int, int, bytes]


def elements(data: bytes) -> Iterator[Element]:
    """Name, place and content of each element, as any reader of the format finds them."""
    at = 0
    while at < len(data):
        begins, first = at, data[at]
        width = 9 - first.bit_length()
        name = int.from_bytes(data[at : at + width], "big")
        at += width
        long = 9 - data[at].bit_length()
        size = int.from_bytes(data[at : at + long], "big") & ((1 << 7 * long) - 1)
        at += long
        yield name, begins, data[at : at + size]
        at += size
    assert at == len(data), "nothing stands over the end"


def number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def drawn(colour: str) -> bytes:
    return film.key_frame(Image.new("RGB", (64, 36), colour))


def test_a_frame_is_the_picture_that_a_webp_holds() -> None:
    frame = drawn("#1f4b8f")
    assert frame[3:6] == b"\x9d\x01\x2a", "the mark of a key frame of VP8"
    assert (int.from_bytes(frame[6:8], "little"), int.from_bytes(frame[8:10], "little")) == (64, 36)
    riff = b"RIFF" + (12 + len(frame) + len(frame) % 2).to_bytes(4, "little") + b"WEBPVP8 " + len(frame).to_bytes(4, "little") + frame  # fmt: skip
    seen = Image.open(io.BytesIO(riff)).convert("RGB").getpixel((32, 18))
    assert isinstance(seen, tuple)
    assert all(abs(one - other) < 12 for one, other in zip(seen, (0x1F, 0x4B, 0x8F), strict=True))


FRAME = drawn("#ffffff")


@given(st.lists(st.integers(40, 20_000), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_whatever_stands_how_long_every_moment_is_found(stands: list[int]) -> None:
    made = film.webm([(FRAME, one) for one in stands], (64, 36))
    assert made == film.webm([(FRAME, one) for one in stands], (64, 36))
    (head, _at, _inside), (segment, _begins, inside) = elements(made)
    assert (head, segment) == (0x1A45DFA3, SEGMENT)
    parts = list(elements(inside))
    clusters = {place: list(elements(body)) for name, place, body in parts if name == CLUSTER}
    cues = next(list(elements(body)) for name, _place, body in parts if name == CUES)
    for _name, _place, point in cues:
        told = {name: body for name, _at, body in elements(point)}
        place = number(next(body for name, _at, body in elements(told[0xB7]) if name == 0xF1))
        assert number(told[0xB3]) == number(clusters[place][0][2]), "a cue leads to the cluster of its moment"
    moments = [
        number(parts_[0][2]) + int.from_bytes(next(elements(body))[2][1:3], "big", signed=True)
        for parts_ in clusters.values()
        for name, _at, body in parts_
        if name == GROUP
    ]
    assert moments == [sum(stands[:n]) for n in range(len(stands))]
