"""MARCXML, record by record, so that one ill-formed record does not hide the others.

The text is cut at `<record>` … `</record>`, and each piece is parsed by itself with defusedxml. A
document type anywhere refuses the whole file: it is how entity bombs and outside files get in, and no
MARCXML needs one.
"""

from __future__ import annotations

import codecs as python_codecs
import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from orken.cataloguing.codecs.items import FileRefused, Item, NotWritable, Problem
from orken.cataloguing.record import ControlField, DataField, Field, Record, Subfield

NAMESPACE = "http://www.loc.gov/MARC21/slim"
OPENING = f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{NAMESPACE}">\n'
CLOSING = "</collection>\n"

_CHUNK = 1 << 17
_GREATEST = 4_000_000
_START = re.compile(r"<((?:[\w.-]+:)?)record(?=[\s>/])")
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_PREFIXES = re.compile(r"""xmlns(?::[\w.-]+)?\s*=\s*(?:"[^"]*"|'[^']*')""")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

BOMB = {
    "kk": "Файлда құжат түрінің анықтамасы (DOCTYPE не ENTITY) бар. Мұндай файл қауіпті, сондықтан ашылмады: DOCTYPE жолын алып тастаңыз.",
    "ru": "В файле есть определение типа документа (DOCTYPE или ENTITY). Такой файл опасен и не открыт: уберите строку DOCTYPE.",
    "en": "The file has a document type definition (DOCTYPE or ENTITY). Such a file is dangerous and was not opened: take the DOCTYPE out.",
}


def encoding_of(head: bytes) -> str:
    """What the file says of its encoding, by its mark or its declaration; UTF-8 when it is silent."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    found = _DECLARED.search(head[:400])
    if found is None:
        return "utf-8"
    name = found[1].decode("ascii")
    try:
        b"<".decode(name)  # also refuses what is a codec but no text encoding, such as hex
    except (LookupError, UnicodeDecodeError) as problem:
        raise FileRefused(
            {
                "kk": f"XML жариялаған «{name}» кодтауы белгісіз.",
                "ru": f"Неизвестна кодировка «{name}», объявленная в XML.",
                "en": f"The encoding “{name}” that the XML declares is unknown.",
            }
        ) from problem
    return name


def read(stream: BinaryIO, head: bytes = b"", encoding: str | None = None) -> Iterator[Item]:
    """Items of a MARCXML stream."""
    used = encoding or encoding_of(head)
    decoder = python_codecs.getincrementaldecoder(used)(errors="surrogateescape" if used != "utf-16" else "replace")
    namespaces = f'xmlns="{NAMESPACE}"'
    buffer = ""
    number = at = 0
    raw = head
    ended = False
    while True:
        found = _START.search(buffer)
        if found is not None:
            before = buffer[: found.start()]
            if _DOCTYPE.search(before):
                raise FileRefused(BOMB)
            declared = _PREFIXES.findall(before)
            if declared:
                namespaces = " ".join(dict.fromkeys(declared))
            closing = f"</{found[1]}record>"
            end = buffer.find(closing, found.end())
            again = _START.search(buffer, found.end())
            if again is not None and (end < 0 or again.start() < end):
                # The next record begins before this one ends.
                number += 1
                yield _item(number, buffer[found.start() : again.start()], namespaces, at)
                buffer = buffer[again.start() :]
                continue
            if end >= 0:
                number += 1
                piece = buffer[found.start() : end + len(closing)]
                yield _item(number, piece, namespaces, at)
                at += len(piece)
                buffer = buffer[end + len(closing) :]
                continue
            if len(buffer) > _GREATEST:
                number += 1
                yield Item(number, None, (Problem("structure.xml", {"why": "no </record>", "line": 0}),), "utf-8", at)
                buffer = buffer[found.end() :]
                continue
        elif len(buffer) > 4096 and not ended:
            if _DOCTYPE.search(buffer):
                raise FileRefused(BOMB)
            declared = _PREFIXES.findall(buffer)
            if declared:
                namespaces = " ".join(dict.fromkeys(declared))
            buffer = buffer[-2048:]
        if ended:
            break
        if not raw:
            raw = stream.read(_CHUNK)
        ended = not raw
        try:
            buffer += decoder.decode(raw, final=ended)
        except UnicodeDecodeError:
            ended = True
        raw = b""
    if _DOCTYPE.search(buffer):
        raise FileRefused(BOMB)
    if _START.search(buffer):
        yield _item(number + 1, buffer, namespaces, at)
    elif number == 0:
        raise FileRefused(
            {
                "kk": "Бұл XML файлында бірде-бір <record> жоқ: бұл MARCXML емес.",
                "ru": "В этом XML нет ни одного <record>: это не MARCXML.",
                "en": "This XML has no <record> at all: it is not MARCXML.",
            }
        )


def _item(number: int, piece: str, namespaces: str, at: int) -> Item:
    problems: list[Problem] = []
    wrong = [letter for letter in piece if "\ud800" <= letter <= "\udfff"]
    if wrong:
        byte = f"{ord(wrong[0]) & 0xFF:02X}"
        problems.append(Problem("charset.undecodable", {"encoding": "utf-8", "byte": byte, "place": 0}))
        piece = re.sub("[\ud800-\udfff]", "�", piece)
    try:
        root = fromstring(f"<r {namespaces}>{piece}</r>", forbid_dtd=True)
    except (ParseError, DefusedXmlException) as problem:
        line = problem.position[0] if isinstance(problem, ParseError) else 0
        problems.append(Problem("structure.xml", {"why": _reason(problem), "line": line}))
        return Item(number, None, tuple(problems), "utf-8", at)
    return Item(number, _record(root[0], problems), tuple(problems), "utf-8", at)


def _reason(problem: Exception) -> str:
    return str(problem).split(":")[0]


def _record(element: Element, problems: list[Problem]) -> Record:
    leader = ""
    fields: list[Field] = []
    for part in element:
        name = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""
        if name == "leader":
            leader = part.text or ""
        elif name == "controlfield":
            fields.append(ControlField(part.get("tag", ""), part.text or ""))
        elif name == "datafield":
            fields.append(_data_field(part))
        elif name:
            problems.append(Problem("structure.xml-element", {"name": name}))
    return Record(leader, tuple(fields))


def _data_field(part: Element) -> DataField:
    subfields = [
        Subfield(child.get("code", ""), child.text or "")
        for child in part
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] == "subfield"
    ]
    lead = part.text or ""
    # Line breaks and blanks between the elements are layout, anything else is text in a wrong place.
    return DataField(
        part.get("tag", ""), part.get("ind1", ""), part.get("ind2", ""), tuple(subfields), lead if lead.strip() else ""
    )


def dumps(record: Record) -> str:
    """One `<record>` element. Raises NotWritable for what XML cannot hold."""
    lines = ["  <record>", f"    <leader>{_escaped(record.leader, 'LDR')}</leader>"]
    for found in record.fields:
        if isinstance(found, ControlField):
            lines.append(
                f"    <controlfield tag={_attribute(found.tag, found.tag)}>{_escaped(found.value, found.tag)}</controlfield>"
            )
            continue
        if found.lead or any(len(code) != 1 for code, _ in found.subfields):
            raise NotWritable(
                {
                    "kk": f"{found.tag} өрісінде кодсыз ішкі өріс бар: MARCXML оны сақтай алмайды.",
                    "ru": f"В поле {found.tag} есть подполе без кода: MARCXML не может его хранить.",
                    "en": f"Field {found.tag} has a subfield without a code: MARCXML cannot keep it.",
                }
            )
        inner = "".join(
            f"\n      <subfield code={_attribute(code, found.tag)}>{_escaped(value, found.tag)}</subfield>"
            for code, value in found.subfields
        )
        indicators = f"ind1={_attribute(found.ind1, found.tag)} ind2={_attribute(found.ind2, found.tag)}"
        lines.append(f"    <datafield tag={_attribute(found.tag, found.tag)} {indicators}>{inner}\n    </datafield>")
    lines.append("  </record>\n")
    return "\n".join(lines)


def _legal(text: str, tag: str) -> str:
    found = _ILLEGAL.search(text)
    if found is not None:
        code = f"U+{ord(found[0]):04X}"
        raise NotWritable(
            {
                "kk": f"{tag} өрісінде {code} басқару таңбасы бар: XML оны сақтай алмайды. Алдымен жазбадан алып тастаңыз.",
                "ru": f"В поле {tag} есть управляющий знак {code}: XML не может его хранить. Сначала уберите его из записи.",
                "en": f"Field {tag} holds the control character {code}: XML cannot keep it. Take it out of the record first.",
            }
        )
    return text


def _escaped(text: str, tag: str) -> str:
    return escape(_legal(text, tag), {"\r": "&#13;"})


def _attribute(text: str, tag: str) -> str:
    return quoteattr(_legal(text, tag), {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
