"""What a file is, by its bytes; its name is never believed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from typing import IO

import puremagic
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from orken.kit.files import played

ZIP_KINDS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
DOCUMENTS = frozenset({"application/pdf", *ZIP_KINDS.values(), "application/vnd.oasis.opendocument.spreadsheet"})
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/tiff"})
# What people call them: groups in the order in which they are said. Several media types may have one name.
NAMES: tuple[tuple[str | Promise, dict[str, str]], ...] = (
    (pgettext_lazy("kinds of files", "photographs"), {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP", "image/tiff": "TIFF"}),
    (
        pgettext_lazy("kinds of files", "documents"),
        {
            "application/pdf": "PDF",
            ZIP_KINDS["word/document.xml"]: "Word (DOCX)",
            ZIP_KINDS["xl/workbook.xml"]: "Excel (XLSX)",
            ZIP_KINDS["ppt/presentation.xml"]: "PowerPoint (PPTX)",
            "application/vnd.oasis.opendocument.text": "ODT",
            "application/vnd.oasis.opendocument.spreadsheet": "ODS",
            "application/vnd.oasis.opendocument.presentation": "ODP",
        },
    ),
    (pgettext_lazy("kinds of files", "plain text"), {"text/plain": "TXT"}),
    (
        pgettext_lazy("kinds of files", "sound recordings"),
        {
            "audio/mpeg": "MP3", "audio/mp4": "M4A", "audio/x-m4a": "M4A", "audio/ogg": "OGG", "application/ogg": "OGG", "audio/vorbis": "OGG",
            "audio/wav": "WAV", "audio/x-wav": "WAV", "audio/webm": "WebM", "audio/aac": "AAC",
        },
    ),
    (pgettext_lazy("kinds of files", "films"), {"video/mp4": "MP4", "video/x-m4v": "MP4", "video/webm": "WebM", "video/quicktime": "MOV"}),
    (pgettext_lazy("kinds of files", "archives"), {"application/gzip": "GZ", "application/x-gzip": "GZ", "application/zip": "ZIP"}),
)  # fmt: skip
HEAD = 8192
UNKNOWN = "application/octet-stream"


def in_words(allowed: Collection[str]) -> str:
    """Kinds of files as people call them, in the reader's language: «photographs (JPEG, PNG); documents (PDF)»."""
    found = []
    for group, names in NAMES:
        known = list(dict.fromkeys(name for kind, name in names.items() if kind in allowed))
        if known:
            found.append(f"{group} ({', '.join(known)})")
    return "; ".join(found)


def media_type(file: IO[bytes]) -> str:
    """The media type of the content; `application/octet-stream` when nothing is recognised."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _zip(file)
    beginning = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:256].lower()
    if beginning.startswith((b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml")):
        return (
            "image/svg+xml"
            if b"<svg" in head.lower()
            else "text/html"
            if re.search(rb"<html|<!doctype html", head.lower())
            else "text/xml"
        )
    if known := played.media_type(file, head):
        return known
    try:
        found: str = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found:
        return found
    return "text/plain" if _is_text(head) else UNKNOWN


def _zip(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(file.read())) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return archive.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return UNKNOWN
    finally:
        file.seek(0)
    return next((kind for name, kind in ZIP_KINDS.items() if name in names), "application/zip")


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as cut:
        return cut.start > len(head) - 4  # a letter cut in two at the end of the sample
    return True
