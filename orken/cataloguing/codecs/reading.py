"""Opening a file: which format and encoding it is in, and its items."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from orken.cataloguing.codecs import encodings, iso2709, marcjson, marcxml, mrk
from orken.cataloguing.codecs.items import FileRefused, Item, Problem

FORMATS = ("iso2709", "marcxml", "json", "mrk")
SAMPLE = 1 << 18
_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

UNKNOWN = {
    "kk": "Бұл файлдың форматы танылмады: ISO 2709, MARCXML, MARC-in-JSON немесе .mrk күтілген.",
    "ru": "Формат файла не распознан: ожидались ISO 2709, MARCXML, MARC-in-JSON или .mrk.",
    "en": "The format of this file was not recognised: ISO 2709, MARCXML, MARC-in-JSON or .mrk was expected.",
}
# How pictures, documents and archives begin: they may hold a byte that ends a record, and are none all the same.
_NO_RECORDS = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!",
    b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF",
)  # fmt: skip
EMPTY = {"kk": "Файл бос.", "ru": "Файл пуст.", "en": "The file is empty."}


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose format and encoding are known and whose records can be taken one by one."""

    format: str
    encoding: str
    guess: encodings.Guess
    """What the bytes look like, for a person to confirm."""
    items: Iterator[Item]


def format_of(head: bytes) -> str:
    """The format by the first signs. Raises FileRefused."""
    if head.startswith(_NO_RECORDS):
        raise FileRefused(UNKNOWN)
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    text = text.replace(b"\x00", b"")[:64]
    if not text:
        raise FileRefused(EMPTY)
    if text[:1] == b"<":
        return "marcxml"
    if text[:1] in (b"{", b"["):
        return "json"
    if text[:1] == b"=":
        return "mrk"
    if text[:5].isdigit() or b"\x1e" in head or b"\x1d" in head:
        return "iso2709"
    raise FileRefused(UNKNOWN)


def open_file(stream: BinaryIO, *, encoding: str | None = None, format: str | None = None) -> Opened:
    """Look at the beginning of `stream` and be ready to read it whole.

    `encoding` overrides what was detected (names of `encodings.ENCODINGS`). Raises FileRefused when
    the file is empty, of no known format, or dangerous.
    """
    head = stream.read(SAMPLE)
    if not head.strip():
        raise FileRefused(EMPTY)
    kind = format or format_of(head)
    mark = next((found for found in _BOMS if head.startswith(found)), b"")
    found = encodings.Guess("utf-8", 1.0) if mark else encodings.guess(head)
    if kind == "iso2709":
        used = encoding or found.encoding
        return Opened(kind, used, found, iso2709.read(stream, used, head[len(mark) :], confirmed=bool(encoding)))
    if kind == "marcxml":
        declared = marcxml.encoding_of(head)
        # UTF-16 needs its own mark to know the order of its bytes.
        start = head if declared == "utf-16" else head[len(mark) :]
        return Opened(kind, declared, encodings.Guess("utf-8", 1.0), marcxml.read(stream, start, declared))
    used = encoding or _BOMS.get(mark, found.encoding)
    if used == "marc-8":
        raise FileRefused(
            {
                "kk": "Мәтіндік файл MARC-8 кодтауында болмайды: кодтауды көрсетіңіз.",
                "ru": "Текстовый файл не бывает в MARC-8: укажите кодировку.",
                "en": "A text file is never in MARC-8: name its encoding.",
            }
        )
    text = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(head, stream)),
        used,
        errors="surrogateescape" if used != "utf-16" else "replace",
        newline="\n" if kind == "mrk" else None,
    )
    items = marcjson.read(text) if kind == "json" else mrk.read(text)
    return Opened(kind, used, found, map(_checked, items))


class _Rejoined(io.RawIOBase):
    """The bytes already looked at, then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, target: bytearray | memoryview) -> int:  # type: ignore[override]
        found = self._head.read(len(target)) or self._rest.read(len(target))
        target[: len(found)] = found
        return len(found)


def _checked(item: Item) -> Item:
    """A text whose bytes were not of the file's encoding says so; the letters stay as U+FFFD."""
    if item.record is None:
        return item
    line = mrk.dumps(item.record)
    wrong = next((letter for letter in line if "\udc80" <= letter <= "\udcff"), "")
    if not wrong:
        return item
    shown = line.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")
    (again,) = mrk.read(shown.splitlines())
    values = {"encoding": item.encoding, "byte": f"{ord(wrong) & 0xFF:02X}", "place": 0}
    return Item(
        item.number, again.record, (*item.problems, Problem("charset.undecodable", values)), item.encoding, item.offset
    )


def read(stream: BinaryIO, *, encoding: str | None = None, format: str | None = None) -> Iterator[Item]:
    """Every record of the file. Raises FileRefused as `open_file` does."""
    return open_file(stream, encoding=encoding, format=format).items


def read_text(text: str, *, format: str | None = None) -> list[Item]:
    """The records of a text that a person pasted.

    ISO 2709 pasted as text has lost its byte counts, which is not the record's fault: it is counted
    again in UTF-8, so its lengths may be reported.
    """
    return list(read(io.BytesIO(text.encode("utf-8", errors="replace")), encoding=None, format=format))
