"""What a sound or a film is, by its bytes. Telephones and recorders write one container under many brands, for sounds and for films alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

MOST = 4000  # boxes looked at on one level: a file made of nothing but beginnings is not read to its end
INSIDE = {b"moov": b"trak", b"trak": b"mdia", b"mdia": b"hdlr"}


def media_type(file: IO[bytes], head: bytes) -> str:
    """The media type; empty when it is no sound and no film that is known here."""
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith(b"ID3") or _mp3(head):
        return "audio/mpeg"
    if head.startswith(b"OggS"):
        return "video/ogg" if b"\x80theora" in head else "audio/ogg"
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]:
        return "audio/webm" if b"A_" in head and b"V_" not in head else "video/webm"
    return _mp4(file, head[8:12]) if head[4:8] == b"ftyp" else ""


def _mp3(head: bytes) -> bool:
    """A frame of Layer III: its rate is none of those that do not exist."""
    return len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[1] & 0x18 != 0x08 and 0x10 <= head[2] < 0xF0 and head[2] & 0x0C != 0x0C  # fmt: skip


def _mp4(file: IO[bytes], brand: bytes) -> str:
    """By its tracks: whatever has a picture is a film. Telephones of old (3GP) speak what no browser plays."""
    if brand.startswith(b"3g"):
        return ""
    end = file.seek(0, 2)
    tracks = set(_handlers(file, 0, end, b"moov"))
    file.seek(0)
    if b"vide" in tracks:
        return "video/quicktime" if brand == b"qt  " else "video/mp4"
    return "audio/mp4" if b"soun" in tracks else ""


def _handlers(file: IO[bytes], start: int, end: int, wanted: bytes) -> Iterator[bytes]:
    for kind, begin, until in _boxes(file, start, end):
        if kind == wanted == b"hdlr":
            file.seek(begin + 8)
            yield file.read(4)
        elif kind == wanted:
            yield from _handlers(file, begin, until, INSIDE[kind])


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, beginning and end of each box between two places."""
    for _n in range(MOST):
        if start + 8 > end:
            return
        file.seek(start)
        size, kind, begin = int.from_bytes(file.read(4)), file.read(4), start + 8
        if size == 1:
            size, begin = int.from_bytes(file.read(8)), start + 16
        until = end if size == 0 else start + size
        if until < begin or until > end:
            return
        yield kind, begin, until
        start = until
