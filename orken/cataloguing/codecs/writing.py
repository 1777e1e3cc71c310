"""Writing records in any of the four formats, without loss or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from orken.cataloguing.codecs import encodings, iso2709, marcjson, marcxml, mrk
from orken.cataloguing.codecs.items import Item, NotWritable, Texts, long_code
from orken.cataloguing.record import DataField, Record


@dataclass(frozen=True, slots=True)
class Written:
    """One step of a conversion: bytes for the file, or the reason why a record is not in it."""

    data: bytes
    number: int = 0
    refused: Texts | None = None
    declared: bool = False
    """Whether LDR/09 of a MARC 21 record was set to what the new encoding is."""


def is_marc21(record: Record) -> bool:
    """Whether a record is MARC 21 by its fields: 008 and 245, which the UNIMARC family lacks."""
    return "245" in record or ("008" in record and "200" not in record)


def _declaring(record: Record, encoding: str) -> Record:
    """MARC 21 states its encoding in LDR/09: `a` for Unicode, blank for MARC-8. Others are left alone."""
    wanted = {"utf-8": "a", "marc-8": " "}.get(encoding)
    if wanted is None or not is_marc21(record) or len(record.leader) < 10 or record.at(9) == wanted:
        return record
    return record.with_leader(9, wanted)


def dumps(record: Record, format: str, encoding: str = "utf-8") -> bytes:
    """One record as a file of its own. Raises NotWritable."""
    if format == "iso2709":
        return iso2709.dumps(record, encoding)
    if format == "marcxml":
        return (marcxml.OPENING + marcxml.dumps(record) + marcxml.CLOSING).encode("utf-8")
    if format == "json":
        return (marcjson.dumps(record) + "\n").encode("utf-8")
    if format == "mrk":
        for found in record.fields:
            for code, _ in found.subfields if isinstance(found, DataField) else ():
                if len(code) > 1:
                    raise long_code(found.tag, code)
        return _in_encoding(mrk.dumps(record), encoding)
    raise ValueError(f"no format {format!r}")


def _in_encoding(text: str, encoding: str) -> bytes:
    try:
        return encodings.encode(text, encoding)
    except UnicodeEncodeError as problem:
        letter = text[problem.start]
        called = encodings.ENCODINGS[encoding]
        raise NotWritable(
            {
                "kk": f"«{letter}» (U+{ord(letter):04X}) {called} кодтауында жоқ. UTF-8 таңдаңыз.",
                "ru": f"Знака «{letter}» (U+{ord(letter):04X}) нет в {called}. Выберите UTF-8.",
                "en": f"“{letter}” (U+{ord(letter):04X}) is not in {called}. Choose UTF-8.",
            }
        ) from problem


UNREAD: Texts = {
    "kk": "Жазба оқылмады.",
    "ru": "Запись не прочитана.",
    "en": "The record could not be read.",
}


def write(items: Iterable[Item], format: str, encoding: str = "utf-8") -> Iterator[Written]:
    """The file piece by piece. A record that cannot be kept gives its reason and no bytes."""
    if format in ("marcxml", "json"):
        encoding = "utf-8"
    opening, closing = {"marcxml": (marcxml.OPENING, marcxml.CLOSING), "json": ("[", "\n]\n")}.get(format, ("", ""))
    yield Written(opening.encode())
    first = True
    for item in items:
        if item.record is None:
            yield Written(b"", item.number, UNREAD)
            continue
        record = _declaring(item.record, encoding) if format in ("iso2709", "mrk") else item.record
        try:
            if format == "json":
                data = (("\n" if first else ",\n") + marcjson.dumps(record)).encode("utf-8")
            elif format == "marcxml":
                data = marcxml.dumps(record).encode("utf-8")
            else:
                data = dumps(record, format, encoding)
        except NotWritable as refusal:
            yield Written(b"", item.number, refusal.texts)
            continue
        first = False
        yield Written(data, item.number, declared=record is not item.record)
    yield Written(closing.encode())


def renumbered(record: Record) -> Record:
    """The record with the counted positions of its leader blanked: what two formats share."""
    leader = record.leader.ljust(24)
    return replace(record, leader="00000" + leader[5:12] + "00000" + leader[17:])
