"""Lines as people type and textbooks print them: `200 1# $aАтауы $fАвтор`, with # for a blank; our pages show them so too.

    typed.to_mrk(text)  →  the same record in the notation .mrk, or the text itself when it is anything else

Only typed text is read so, never a file: a blank before a delimiter is part of the way of writing here.
"""

from __future__ import annotations

import re

_LEADER = re.compile(r"(?:LDR|000)[ \t]+(\S.*)\Z")
_CONTROL = re.compile(r"(00[1-9])[ \t]+(\S.*)\Z")
_DATA = re.compile(r"(0[1-9]\d|[1-9]\d\d)[ \t]+(?:([\d#_|\\])[ \t]?([\d#_|\\])?[ \t]*)?([$‡^].+)\Z")
_PART = re.compile(r"[ \t]*[$‡](?=[^ \t])")
_PART_OF_BOOKS = re.compile(r"[ \t]*\^(?=[a-z0-9])")  # ^aАтауы, as textbooks of Russian systems print
_EMBEDDED = re.compile(r"\$1([0-9]{3})([0-9#|]{0,2})(?=\$|\Z)")  # the head of an embedded field: tag and indicators
_BLANKS = str.maketrans("#_ ", "\\\\\\")


def to_mrk(text: str) -> str:
    """Every line must be a field of this kind: what is half one notation and half another is left as it is."""
    lines = [line.strip("\ufeff \t\r") for line in text.split("\n")]
    given = [line for line in lines if line]
    if not given or any(line.startswith("=") for line in given):
        return text
    family = "marc21" if any(line.startswith("245") for line in given) else "unimarc"
    found: list[str] = []
    for line in lines:
        made = _line(line, family) if line else ""
        if made is None:
            return text
        found.append(made)
    return "\n".join(found)


def _line(line: str, family: str) -> str | None:
    if leader := _LEADER.match(line):
        return f"=LDR  {leader[1].translate(_BLANKS)}"
    if control := _CONTROL.match(line):
        return f"={control[1]}  {control[2].translate(_BLANKS)}"
    data = _DATA.match(line)
    if data is None:
        return None
    tag = data[1]
    indicators = ((data[2] or "#") + (data[3] or "#")).translate(_BLANKS)
    body = (_PART_OF_BOOKS if data[4][0] == "^" else _PART).sub("$", data[4])
    if tag.startswith("4") or tag == "604":
        body = _EMBEDDED.sub(lambda head: f"$1{head[1]}{head[2].replace('#', ' '):<2}", body)
    if family == "unimarc" and "100" <= tag < "135":
        body = body.replace("#", " ")  # coded data, where a blank is a code; 135 and 181 to 183 write # themselves
    return f"={tag}  {indicators}{body}"
