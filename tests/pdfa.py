"""What ISO 19005-2 (PDF/A-2b) asks of a file, looked up in the file itself: `faults(content)` are sentences, none is good.

Not the whole standard: no program of others judges PDF/A without Java, so the rules that a template can break are looked
at here: no font from outside, no colour without its meaning, nothing that runs or leads to another file, metadata that
say what they are, tags and languages for whoever listens.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

_XMP = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "pdfaid": "http://www.aiim.org/pdfa/ns/id/", "dc": "http://purl.org/dc/elements/1.1/"}  # fmt: skip
_REFERENCE = rb"(\d+) 0 R"
FORBIDDEN = (b"/Encrypt", b"/JavaScript", b"/JS", b"/Launch", b"/Movie", b"/Sound", b"/EmbeddedFiles", b"/LZWDecode", b"/DeviceCMYK", b"/OpenAction", b"/AA<<")  # fmt: skip


@dataclass
class Pdf:
    """The objects of a file by their numbers: what stands before the stream, and the stream itself."""

    heads: dict[int, bytes] = field(default_factory=dict)
    streams: dict[int, bytes] = field(default_factory=dict)
    trailer: bytes = b""

    def at(self, head: bytes, key: bytes) -> int:
        """The object that `key` leads to; 0 when it leads to none."""
        found = re.search(key + rb"\s*\[?\s*" + _REFERENCE, head)
        return int(found[1]) if found else 0

    def stream(self, number: int) -> bytes:
        content = self.streams[number]
        return zlib.decompress(content) if b"/FlateDecode" in self.heads[number] else content


def read(content: bytes) -> Pdf:
    """By the table at the end, as every reader of PDF does it."""
    pdf = Pdf()
    start = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    table = re.match(rb"xref\s+0 (\d+)\s+", content[start:])
    assert table is not None, "a table of references, not a compressed one"
    lines = content[start + table.end() :].split(b"trailer", 1)
    pdf.trailer = lines[1]
    for number, line in enumerate(re.findall(rb"(\d{10}) \d{5} ([nf])", lines[0])):
        if line[1] == b"f":
            continue
        at = int(line[0])
        head = re.match(rb"(\d+) 0 obj\s*(.*?)\s*(endobj|stream\r?\n)", content[at:], re.DOTALL)
        assert head is not None and int(head[1]) == number, f"object {number} is not where the table says"
        pdf.heads[number] = head[2]
        if head[3].startswith(b"stream"):
            length = re.search(rb"/Length (\d+)", head[2])
            assert length is not None
            pdf.streams[number] = content[at + head.end() : at + head.end() + int(length[1])]
    return pdf


def faults(content: bytes, languages: tuple[str, ...] = ("kk", "ru")) -> list[str]:
    """What keeps this file from being PDF/A-2b with tags in these languages."""
    head = content.split(b"\n", 2)
    found = [] if re.fullmatch(rb"%PDF-1\.[4-7]", head[0].strip()) and len([one for one in head[1] if one > 127]) >= 4 else ["head: not that of a binary PDF 1.4 to 1.7"]  # fmt: skip
    pdf = read(content)
    whole = b"\n".join([*pdf.heads.values(), pdf.trailer])
    found += [
        f"{one.decode()} stands in it" for one in FORBIDDEN if re.search(re.escape(one) + rb"(?![A-Za-z])", whole)
    ]
    if b"/ID" not in pdf.trailer:
        found.append("trailer: no identifier of the file")
    catalog = pdf.heads[pdf.at(pdf.trailer, b"/Root")]
    return [*found, *_metadata(pdf, catalog), *_colour(pdf, whole), *_fonts(pdf), *_tags(pdf, catalog, languages), *_links(pdf)]  # fmt: skip


def _metadata(pdf: Pdf, catalog: bytes) -> Iterator[str]:
    number = pdf.at(catalog, b"/Metadata")
    if not number:
        yield "metadata: none"
        return
    if b"/Filter" in pdf.heads[number]:
        yield "metadata: packed, so that no search program reads them"
    told = ElementTree.fromstring(pdf.stream(number).split(b"?>", 1)[1].rsplit(b"<?xpacket", 1)[0])
    part, level = told.find(".//pdfaid:part", _XMP), told.find(".//pdfaid:conformance", _XMP)
    if part is None or level is None or (part.text, level.text) != ("2", "B"):
        yield "metadata: they do not say that it is PDF/A-2b"
    title = told.find(".//dc:title//rdf:li", _XMP)
    if title is None or not title.text:
        yield "metadata: no title"


def _colour(pdf: Pdf, whole: bytes) -> Iterator[str]:
    intents = [head for head in pdf.heads.values() if b"/GTS_PDFA1" in head]
    if len(intents) != 1:
        yield "colour: not one intent of output"
        return
    profile = pdf.stream(pdf.at(intents[0], b"/DestOutputProfile"))
    if profile[36:40] != b"acsp" or profile[16:20] != b"RGB ":
        yield "colour: the profile of output is no RGB profile"
    if b"/Interpolate true" in whole:
        yield "colour: a picture asks to be smoothed"


def _fonts(pdf: Pdf) -> Iterator[str]:
    for number, head in pdf.heads.items():
        if b"/Type/FontDescriptor" in head and not re.search(rb"/FontFile[23]?\s", head):
            yield f"font {number}: not in the file"
        if b"/Type/Font/" in head and b"/Subtype/Type0" in head and b"/ToUnicode" not in head:
            yield f"font {number}: its letters cannot be read out"
        if b"/Type/Font/" in head and not re.search(rb"/Subtype/(Type0|CIDFontType[02]|Type3)", head) and b"/FontDescriptor" not in head:  # fmt: skip
            yield f"font {number}: one that the reader has to have"


def _tags(pdf: Pdf, catalog: bytes, languages: tuple[str, ...]) -> Iterator[str]:
    if not pdf.at(catalog, b"/StructTreeRoot") or not re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", catalog):
        yield "tags: none"
    spoken = {one.decode() for head in pdf.heads.values() for one in re.findall(rb"/Lang\s*\((\w+)", head)}
    if missing := set(languages) - spoken:
        yield f"tags: nothing says that a text is in {', '.join(sorted(missing))}"
    for number, head in pdf.heads.items():
        if re.search(rb"/S/Figure\b", head) and b"/Alt" not in head:
            yield f"tags: picture {number} has no words"


def _links(pdf: Pdf) -> Iterator[str]:
    for number, head in pdf.heads.items():
        if b"/Subtype/Link" in head and not re.search(rb"/F 4\b", head):
            yield f"link {number}: it would not be printed"
