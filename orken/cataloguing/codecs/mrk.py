"""The line notation .mrk that cataloguers type: `=245  10$aTitle /$cAuthor.`

A backslash stands for a blank in indicators, in control fields and in the leader. What the notation
would read otherwise is written as a name in braces, as MarcEdit does: {dollar}, {bsol}, {lcub},
{rcub}; a line break inside a text is {U+000A}.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from orken.cataloguing.codecs.items import Item, Problem
from orken.cataloguing.record import ControlField, DataField, Field, Record, Subfield

_NAMES = {"dollar": "$", "bsol": "\\", "lcub": "{", "rcub": "}"}
_BRACES = re.compile(r"\{(dollar|bsol|lcub|rcub|U\+[0-9A-Fa-f]{4,6})\}")
_LINE = re.compile(r"=(\S{3})(?: {1,2}(.*))?\Z", re.DOTALL)
_SPECIAL = re.compile("[{}$\\x00-\\x1f\\x7f\\x85\u2028\u2029\ufeff]")


def read(lines: Iterable[str]) -> Iterator[Item]:
    """Items of the lines of a text; a blank line or a new leader begins the next record."""
    number = 0
    start = 1
    block: list[tuple[int, str]] = []
    for place, line in enumerate(lines, start=1):
        text = line.rstrip("\r\n")
        if place == 1:
            text = text.lstrip("\ufeff")
        ends = not text.strip() or (text.startswith("=LDR") and block)
        if ends and block:
            number += 1
            yield _item(number, block, start)
            block = []
        if text.strip():
            if not block:
                start = place
            block.append((place, text))
    if block:
        yield _item(number + 1, block, start)


def _item(number: int, block: list[tuple[int, str]], start: int) -> Item:
    problems: list[Problem] = []
    leader = ""
    seen_leader = False
    fields: list[Field] = []
    for place, text in block:
        found = _LINE.match(text)
        if found is None:
            problems.append(Problem("structure.mrk-line", {"line": place, "text": text[:40]}))
            continue
        tag, body = found[1], found[2] or ""
        if tag in ("LDR", "000"):
            leader, seen_leader = _plain(body.replace("\\", " ")), True
        else:
            fields.append(parse_field(tag, body))
    if not seen_leader:
        problems.append(Problem("structure.no-leader", {}))
    if not fields and not seen_leader:
        return Item(number, None, tuple(problems), "utf-8", start)
    return Item(number, Record(leader, tuple(fields)), tuple(problems), "utf-8", start)


def _plain(text: str) -> str:
    return _BRACES.sub(_letter, text) if "{" in text else text


def _letter(name: re.Match[str]) -> str:
    if name[1] in _NAMES:
        return _NAMES[name[1]]
    code = int(name[1][2:], 16)
    return chr(code) if code <= 0x10FFFF else name[0]


def parse_field(tag: str, body: str) -> Field:
    """A field from what follows its tag: blanks as backslashes, subfields after `$`."""
    if tag[:2] == "00":
        return ControlField(tag, _plain(body.replace("\\", " ")))
    head, *pieces = body.split("$")
    head = _plain(head[:2].replace("\\", " ") + head[2:])
    subfields = []
    for piece in pieces:
        if piece.startswith("{"):
            text = _plain(piece)
            subfields.append(Subfield(text[:1], text[1:]))
        else:
            subfields.append(Subfield(piece[:1], _plain(piece[1:])))
    return DataField(tag, head[:1], head[1:2], tuple(subfields), head[2:])


def _quoted(text: str, backslash: bool = False) -> str:
    if backslash:
        text = text.replace("\\", "\0")
    return _SPECIAL.sub(_name_of, text)


def _name_of(sign: re.Match[str]) -> str:
    letter = sign[0]
    for name, meant in _NAMES.items():
        if letter == meant:
            return "{" + name + "}"
    return "{" + f"U+{ord(letter):04X}" + "}"


def _blanks(text: str) -> str:
    """A text in which blanks are backslashes, so a true backslash needs its name."""
    parts = text.split("\\")
    return "{bsol}".join(_quoted(part).replace(" ", "\\") for part in parts)


def field_line(found: Field) -> str:
    """One field as it is typed, without the line break."""
    if isinstance(found, ControlField):
        return f"={found.tag}  {_blanks(found.value)}"
    body = "".join(f"${_quoted(code)}{_quoted(value)}" for code, value in found.subfields)
    return f"={found.tag}  {_blanks(found.ind1)}{_blanks(found.ind2)}{_quoted(found.lead)}{body}"


def dumps(record: Record) -> str:
    """The record as lines, with the blank line that ends it."""
    return "\n".join([f"=LDR  {_blanks(record.leader)}", *map(field_line, record.fields)]) + "\n\n"
