"""MARC-in-JSON: one object, a list of objects, or one object per line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from orken.cataloguing.codecs.items import FileRefused, Item, NotWritable, Problem
from orken.cataloguing.record import ControlField, DataField, Field, Record, Subfield

_CHUNK = 1 << 16
_GREATEST = 4_000_000
_SPACE = " \t\r\n,"


def read(stream: TextIO) -> Iterator[Item]:
    """Items of a JSON stream in constant memory: an object is decoded as soon as it is whole."""
    decoder = json.JSONDecoder()
    buffer = stream.read(_CHUNK).lstrip("\ufeff")
    number = 0
    if buffer.lstrip().startswith("["):
        buffer = buffer.lstrip()[1:]
    ended = False
    while True:
        buffer = buffer.lstrip(_SPACE)
        if buffer.startswith("]"):
            return
        if buffer:
            end = _object_end(buffer)
            if end:
                number += 1
                piece, buffer = buffer[:end], buffer[end:]
                yield _item(number, piece, decoder)
                continue
            if len(buffer) > _GREATEST or ended:
                yield Item(
                    number + 1, None, (Problem("structure.json", {"why": "no closing }", "column": len(buffer)}),)
                )
                return
        elif ended:
            if number == 0:
                raise FileRefused(
                    {
                        "kk": "JSON файлында бірде-бір жазба жоқ.",
                        "ru": "В файле JSON нет ни одной записи.",
                        "en": "The JSON file holds no record.",
                    }
                )
            return
        more = stream.read(_CHUNK)
        ended = not more
        buffer += more


def _object_end(buffer: str) -> int:
    """Where the JSON value at the start of `buffer` ends; 0 while it is not whole."""
    if buffer[0] != "{":
        # Not an object: up to the end of the line, so that the next record is found.
        line = buffer.find("\n")
        return line if line >= 0 else 0
    depth = 0
    at = 0
    quoted = False
    length = len(buffer)
    while at < length:
        letter = buffer[at]
        if quoted:
            if letter == "\\":
                at += 1
            elif letter == '"':
                quoted = False
            else:
                # Jump to the next sign that matters.
                quote, slash = buffer.find('"', at), buffer.find("\\", at)
                at = min(quote if quote >= 0 else length, slash if slash >= 0 else length)
                continue
        elif letter == '"':
            quoted = True
        elif letter in "{[":
            depth += 1
        elif letter in "}]":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return 0


def _item(number: int, piece: str, decoder: json.JSONDecoder) -> Item:
    try:
        value = decoder.decode(piece)
    except (ValueError, RecursionError) as problem:
        column = problem.colno if isinstance(problem, json.JSONDecodeError) else 0
        why = problem.msg if isinstance(problem, json.JSONDecodeError) else "nested too deep"
        return Item(number, None, (Problem("structure.json", {"why": why, "column": column}),))
    problems: list[Problem] = []
    record = from_json(value, problems)
    return Item(number, record, tuple(problems))


def from_json(value: Any, problems: list[Problem]) -> Record | None:
    """A record from the decoded JSON; what is not MARC-in-JSON is named in `problems`."""
    if not isinstance(value, dict) or not isinstance(value.get("fields"), list):
        problems.append(Problem("structure.json", {"why": "no list “fields”", "column": 0}))
        return None
    leader = value.get("leader", "")
    fields: list[Field] = []
    for place, entry in enumerate(value["fields"], start=1):
        if not isinstance(entry, dict) or len(entry) != 1:
            problems.append(Problem("structure.json-field", {"place": place}))
            continue
        ((tag, content),) = entry.items()
        if isinstance(content, str):
            fields.append(ControlField(tag, content))
        elif isinstance(content, dict) and isinstance(content.get("subfields", []), list):
            fields.append(_data_field(tag, content, place, problems))
        else:
            problems.append(Problem("structure.json-field", {"place": place}))
    return Record(leader if isinstance(leader, str) else "", tuple(fields))


def _data_field(tag: str, content: dict[str, Any], place: int, problems: list[Problem]) -> DataField:
    subfields = []
    for entry in content.get("subfields", []):
        if isinstance(entry, dict) and len(entry) == 1:
            ((code, value),) = entry.items()
            if isinstance(value, str):
                subfields.append(Subfield(code, value))
                continue
        problems.append(Problem("structure.json-field", {"place": place}, tag))
    texts = [content.get(name, "") for name in ("ind1", "ind2", "lead")]
    first, second, lead = (text if isinstance(text, str) else "" for text in texts)
    return DataField(tag, first, second, tuple(subfields), lead)


def to_json(record: Record) -> dict[str, Any]:
    """The record as plain JSON values."""
    fields: list[dict[str, Any]] = []
    for found in record.fields:
        if isinstance(found, ControlField):
            fields.append({found.tag: found.value})
            continue
        content: dict[str, Any] = {"ind1": found.ind1, "ind2": found.ind2}
        if found.lead:
            # Outside the notation, so that text in a wrong place is not lost.
            content["lead"] = found.lead
        content["subfields"] = [{code: value} for code, value in found.subfields]
        fields.append({found.tag: content})
    return {"leader": record.leader, "fields": fields}


def dumps(record: Record) -> str:
    """The record on one line. Raises NotWritable for half a letter (a lone surrogate)."""
    text = json.dumps(to_json(record), ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as problem:
        raise NotWritable(
            {
                "kk": "Жазбада Юникод таңбасының жартысы бар: оны сақтау мүмкін емес.",
                "ru": "В записи есть половина знака Юникода: её нельзя сохранить.",
                "en": "The record holds half a Unicode character, which cannot be kept.",
            }
        ) from problem
    return text
