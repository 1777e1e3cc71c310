"""What recorders write is known by its content: telephones call a sound a film, and a film a sound."""

from __future__ import annotations

import io
import wave

import pytest

from orken.kit.files.content import media_type


def box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4) + kind + content


def mp4(brand: bytes, *handlers: bytes, last: bool = True) -> bytes:
    """As a telephone writes it: what the tracks are stands behind all that was recorded."""
    tracks = b"".join(box(b"trak", box(b"tkhd", b"\0" * 84) + box(b"mdia", box(b"hdlr", b"\0" * 8 + one + b"\0" * 13))) for one in handlers)  # fmt: skip
    recorded, moov = box(b"mdat", b"\1" * 20_000), box(b"moov", box(b"mvhd", b"\0" * 100) + tracks)
    return box(b"ftyp", brand + b"\0\0\2\0" + brand + b"isom") + (recorded + moov if last else moov + recorded)


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0" * 8000)
    return out.getvalue()


def webm(*codecs: bytes) -> bytes:
    return bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff") + b"\0".join(codecs) + b"\0" * 99  # fmt: skip


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (wav(), "audio/wav"),
        (mp4(b"M4A ", b"soun"), "audio/mp4"),
        (mp4(b"isom", b"soun"), "audio/mp4"),
        (mp4(b"mp42", b"soun", last=False), "audio/mp4"),
        (mp4(b"iso5", b"soun"), "audio/mp4"),
        (mp4(b"isom", b"soun", b"vide"), "video/mp4"),
        (mp4(b"M4A ", b"vide", b"soun"), "video/mp4"),
        (mp4(b"qt  ", b"vide"), "video/quicktime"),
        (mp4(b"3gp4", b"soun"), "video/3gpp"),
        (webm(b"A_OPUS"), "audio/webm"),
        (webm(b"V_VP9", b"A_OPUS"), "video/webm"),
        (b"ID3\x03\0\0\0\0\0\0" + b"\0" * 4000, "audio/mpeg"),
        (b"\xff\xf3\x90\x64" + b"\0" * 4000, "audio/mpeg"),
        (b"OggS\0\2" + b"\0" * 20 + b"\1\x13OpusHead" + b"\0" * 99, "audio/ogg"),
        ("\ufeffсөз".encode("utf-16-le"), "text/plain"),
    ],
)
def test_a_sound_is_known_from_a_film_by_its_tracks(content: bytes, kind: str) -> None:
    file = io.BytesIO(content)
    assert media_type(file) == kind and file.tell() == 0


@pytest.mark.parametrize("cut", [20, 21_000, 20_040])
def test_a_recording_that_was_cut_off_is_judged_without_an_end(cut: int) -> None:
    assert not media_type(io.BytesIO(mp4(b"M4A ", b"soun")[:cut])).startswith("audio/mp4") or cut > 20_100
    assert media_type(io.BytesIO(b"\0\0\0\x18ftypM4A \0\0\2\0" + b"\0\0\0\0free" * 9000)) != "audio/mp4"
