"""ISO 2709: leader, directory, fields. Read as it stands, record by record.

A record is what lies before the next record terminator. The leader's length, the base address and the
directory are checked against it, and where they disagree the fields are still shown, with the problem
named: a cataloguer must see her record to mend it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from orken.cataloguing.codecs import encodings
from orken.cataloguing.codecs.items import Item, NotWritable, Problem, long_code
from orken.cataloguing.record import DELIMITER, ControlField, DataField, Field, Record, Subfield

_END = b"\x1d"
_FIELD = b"\x1e"
_CHUNK = 1 << 18
_GREATEST = 2_000_000
"""A record of more bytes than this without a terminator is not a record: the reader skips to the next one."""


def read(stream: BinaryIO, encoding: str, head: bytes = b"", *, confirmed: bool = False) -> Iterator[Item]:
    """Items of a stream; `head` is what was already taken from it.

    `confirmed`: a person named the encoding, so her word holds for every record that it can read, and the doubt is said.
    """
    number = offset = 0
    for raw, ended in _chunks(stream, head):
        skipped = len(raw) - len(raw.lstrip(b"\r\n\x1a\x00 "))
        body = raw[skipped:]
        if not body.strip(b"\r\n\x1a\x00 "):
            offset += len(raw)
            continue
        number += 1
        yield _item(number, body, ended, encoding, offset + skipped, skipped, confirmed)
        offset += len(raw)


def _chunks(stream: BinaryIO, head: bytes) -> Iterator[tuple[bytes, bool]]:
    """The bytes up to each record terminator, and whether there was one."""
    buffer = head
    while True:
        start = 0
        while (found := buffer.find(_END, start)) >= 0:
            yield buffer[start : found + 1], True
            start = found + 1
        buffer = buffer[start:]
        if len(buffer) > _GREATEST:
            yield buffer[:_GREATEST], False
            buffer = b""
            while (more := stream.read(_CHUNK)) and _END not in more:
                pass
            buffer = more[more.find(_END) + 1 :] if more else b""
            continue
        more = stream.read(_CHUNK)
        if not more:
            if buffer:
                yield buffer, False
            return
        buffer += more


def _item(
    number: int, body: bytes, ended: bool, encoding: str, offset: int, skipped: int, confirmed: bool = False
) -> Item:
    problems: list[Problem] = []
    if skipped and number > 1:
        problems.append(Problem("structure.between-records", {"bytes": skipped}))
    if len(body) < 25:
        problems.append(Problem("structure.no-record", {"bytes": len(body)}))
        return Item(number, None, tuple(problems), encoding, offset)
    if not ended:
        problems.append(Problem("structure.truncated", {"bytes": len(body)}))
    leader = _text(body[:24])
    declared = leader[:5]
    if not (declared.isascii() and declared.isdigit()) or (
        int(declared) != len(body) and ended and not (len(body) > 99_999 and declared in ("99999", "00000"))
    ):
        problems.append(Problem("structure.length", {"declared": declared, "found": len(body)}))
    parts, more = _split(body, ended, leader)
    problems += more
    used = _encoding_of(body, encoding, problems, confirmed)
    fields = _fields(parts, encoding if used == "mixed" else used, problems)
    if not fields:
        problems.append(Problem("structure.no-fields", {}))
    return Item(number, Record(leader, tuple(fields)), tuple(problems), used if used != "mixed" else encoding, offset)


def _text(raw: bytes) -> str:
    return raw.decode("ascii", errors="replace")


def _split(body: bytes, ended: bool, leader: str) -> tuple[list[tuple[str, bytes]], list[Problem]]:
    """Tag and bytes of every field, by the directory where it is right, else by the field terminators."""
    inner = body[24:-1] if ended else body[24:]
    pieces = inner.split(_FIELD)
    directory = pieces[0]
    problems: list[Problem] = []
    if pieces[-1] == b"" and len(pieces) > 1:
        pieces.pop()
    else:
        problems.append(Problem("structure.field-end", {}))
    bodies = pieces[1:]
    base = leader[12:17]
    if not (base.isascii() and base.isdigit()) or int(base) != 25 + len(directory):
        problems.append(Problem("structure.base", {"declared": base, "found": 25 + len(directory)}))
    if len(directory) % 12 or not bodies:
        problems.append(Problem("structure.directory-length", {"found": len(directory)}))
    entries = [directory[at : at + 12] for at in range(0, len(directory) - len(directory) % 12, 12)]
    starts: dict[int, bytes] = {}
    at = 0
    for piece in bodies:
        starts[at] = piece
        at += len(piece) + 1
    parts: list[tuple[str, bytes]] = []
    wrong: list[str] = []
    taken = set()
    for place, entry in enumerate(entries):
        tag = _text(entry[:3])
        length, start = entry[3:7], entry[7:]
        if length.isdigit() and start.isdigit():
            listed = starts.get(int(start))
            # A field of more than 9,998 bytes cannot say its length: 9999 or 0000 stand for it.
            if listed is not None and (
                int(length) == len(listed) + 1 or (len(listed) > 9998 and length in (b"9999", b"0000"))
            ):
                parts.append((tag, listed))
                taken.add(int(start))
                continue
        wrong.append(tag)
        if place < len(bodies):
            parts.append((tag, bodies[place]))
    if wrong:
        problems.append(Problem("structure.directory", {"tags": ", ".join(wrong[:8]), "count": len(wrong)}))
    unlisted = len(bodies) - len(taken)
    if unlisted > 0 and not wrong:
        problems.append(Problem("structure.unlisted-field", {"count": unlisted}))
    if len(taken) != len(entries) - len(wrong):
        problems.append(Problem("structure.directory", {"tags": "", "count": len(entries) - len(wrong) - len(taken)}))
    if wrong and len(bodies) == len(entries):
        # The order of the fields is the better witness when the numbers contradict each other.
        parts = [(_text(entry[:3]), piece) for entry, piece in zip(entries, bodies, strict=True)]
    return parts, problems


def _encoding_of(body: bytes, encoding: str, problems: list[Problem], confirmed: bool = False) -> str:
    """The encoding of this very record; "mixed" when its fields differ."""
    if body.isascii() and encoding != "marc-8":
        return encoding
    if encoding in encodings.SINGLE_BYTE:
        try:
            valid = body.decode("utf-8") and True
        except UnicodeDecodeError:
            valid = False
        found = "utf-8" if valid else encodings.looks_like(body[24:], encoding).encoding
        if found != encoding:
            problems.append(Problem("charset.mixed-file", {"file": encoding, "record": found}))
        return encoding if confirmed else found
    try:
        encodings.decode(body, encoding)
        return encoding
    except UnicodeDecodeError:
        pass
    pieces = body.split(_FIELD)
    broken = 0
    for piece in pieces:
        try:
            encodings.decode(piece, encoding)
        except UnicodeDecodeError:
            broken += 1
    lettered = sum(1 for piece in pieces if not piece.isascii())
    if encoding == "utf-8" and broken < lettered:
        return "mixed"
    found = encodings.guess(body).encoding
    if found == encoding:
        return "mixed"
    problems.append(Problem("charset.mixed-file", {"file": encoding, "record": found}))
    return found


def _fields(parts: list[tuple[str, bytes]], encoding: str, problems: list[Problem]) -> list[Field]:
    fields: list[Field] = []
    seen: dict[str, int] = {}
    for tag, piece in parts:
        seen[tag] = seen.get(tag, 0) + 1
        try:
            text = piece.decode("utf-8") if encoding == "utf-8" else encodings.decode(piece, encoding)
        except UnicodeDecodeError as problem:
            found = encodings.guess(piece).encoding
            try:
                text = encodings.decode(piece, found if found != encoding else "cp1251")
                values = {"file": encoding, "record": found if found != encoding else "cp1251"}
                problems.append(Problem("charset.mixed-field", values, tag, seen[tag]))
            except UnicodeDecodeError:
                text = piece.decode("utf-8", errors="replace")
                values = {"encoding": encoding, "byte": f"{piece[problem.start]:02X}", "place": str(problem.start)}
                problems.append(Problem("charset.undecodable", values, tag, seen[tag]))
        fields.append(parse_field(tag, text))
    return fields


def parse_field(tag: str, text: str) -> Field:
    """A field from its text between two field terminators."""
    if tag[:2] == "00":
        return ControlField(tag, text)
    head, *pieces = text.split(DELIMITER)
    return DataField(tag, head[:1], head[1:2], tuple([Subfield(piece[:1], piece[1:]) for piece in pieces]), head[2:])


def field_text(found: Field) -> str:
    """The inverse of `parse_field`."""
    if isinstance(found, ControlField):
        return found.value
    return (
        f"{found.ind1}{found.ind2}{found.lead}"
        + "".join([f"{DELIMITER}{code}{value}" for code, value in found.subfields])
    )  # fmt: skip


def dumps(record: Record, encoding: str) -> bytes:
    """The record in ISO 2709. Raises NotWritable when a field or the record is too long for it.

    Lengths and addresses of the leader are counted anew; every other position stays.
    """
    directory = bytearray()
    data = bytearray()
    for found in record.fields:
        piece = _encoded(found, encoding)
        if len(piece) > 9998:
            raise NotWritable(
                {
                    "kk": f"{found.tag} өрісі {len(piece) + 1} байт: ISO 2709 форматына 9 999 байттан ұзын өріс сыймайды.",
                    "ru": f"Поле {found.tag} занимает {len(piece) + 1} байт: в ISO 2709 поле не длиннее 9 999 байт.",
                    "en": f"Field {found.tag} takes {len(piece) + 1} bytes: in ISO 2709 a field has at most 9,999.",
                }
            )
        tag = found.tag.encode("ascii", errors="replace")
        if len(tag) != 3 or b"?" in tag:
            raise NotWritable(
                {
                    "kk": f"«{found.tag}» белгісі үш ASCII таңбадан тұрмайды.",
                    "ru": f"Метка «{found.tag}» — не три знака ASCII.",
                    "en": f"The tag “{found.tag}” is not three ASCII characters.",
                }
            )
        directory += tag + b"%04d%05d" % (len(piece) + 1, len(data) if len(data) <= 99_999 else 0)
        data += piece + _FIELD
    base = 25 + len(directory)
    length = base + len(data) + 1
    if length > 99_999:
        raise NotWritable(
            {
                "kk": f"Жазба {length} байт: ISO 2709 форматында жазба 99 999 байттан аспайды.",
                "ru": f"Запись занимает {length} байт: в ISO 2709 запись не длиннее 99 999 байт.",
                "en": f"The record takes {length} bytes: in ISO 2709 a record has at most 99,999.",
            }
        )
    leader = record.leader.ljust(24)[:24]
    head = f"{length:05d}{leader[5:12]}{base:05d}{leader[17:]}".encode("ascii", errors="replace")
    return head + bytes(directory) + _FIELD + bytes(data) + _END


def _encoded(found: Field, encoding: str) -> bytes:
    for code, _ in found.subfields if isinstance(found, DataField) else ():
        if len(code) > 1:
            raise long_code(found.tag, code)
    text = field_text(found)
    if "\x1e" in text or "\x1d" in text:
        raise NotWritable(
            {
                "kk": f"{found.tag} өрісінде өріс не жазба соңының белгісі тұр: ISO 2709 оны мәтін ретінде сақтай алмайды.",
                "ru": f"В поле {found.tag} стоит знак конца поля или записи: ISO 2709 не может хранить его как текст.",
                "en": f"Field {found.tag} holds a field or record terminator: ISO 2709 cannot keep it as text.",
            }
        )
    if isinstance(found, DataField) and (
        DELIMITER in found.ind1 + found.ind2 + found.lead or any(DELIMITER in value for _, value in found.subfields)
    ):
        raise NotWritable(
            {
                "kk": f"{found.tag} өрісінің мәтінінде ішкі өріс бөлгіші тұр: ISO 2709 оны мәтін ретінде сақтай алмайды.",
                "ru": f"В тексте поля {found.tag} стоит разделитель подполей: ISO 2709 не может хранить его как текст.",
                "en": f"The text of field {found.tag} holds a subfield delimiter: ISO 2709 cannot keep it as text.",
            }
        )
    try:
        return encodings.encode(text, encoding)
    except UnicodeEncodeError as problem:
        letter = text[problem.start]
        called = encodings.ENCODINGS[encoding]
        raise NotWritable(
            {
                "kk": f"{found.tag} өрісіндегі «{letter}» (U+{ord(letter):04X}) {called} кодтауында жоқ. UTF-8 таңдаңыз.",
                "ru": f"Знака «{letter}» (U+{ord(letter):04X}) из поля {found.tag} нет в {called}. Выберите UTF-8.",
                "en": f"“{letter}” (U+{ord(letter):04X}) of field {found.tag} is not in {called}. Choose UTF-8.",
            }
        ) from problem
