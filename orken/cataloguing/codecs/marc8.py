"""MARC-8: ASCII and ANSEL with escapes to Cyrillic, Greek, Hebrew, Arabic and East Asian sets.

The tables come from pymarc (`marc8_mapping`). Reading and writing are ours: pymarc's reader replaces
what it does not know by a space and has no writer. Letters that MARC-8 lacks, every Kazakh letter
among them, are written as the numeric character references (`&#x04D9;`) that the Library of Congress
gives for conversion without loss; an ampersand that would read as one is itself written so.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pymarc.marc8_mapping import CODESETS, ODD_MAP

_LATIN, _ANSEL, _EACC = 0x42, 0x45, 0x31
_ESCAPE = 0x1B
_TECHNIQUE_1 = {0x62, 0x67, 0x70}  # subscripts, Greek symbols, superscripts: ESC and the set itself
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{2,6});")


def _refuse(body: bytes, place: int, why: str) -> UnicodeDecodeError:
    return UnicodeDecodeError("marc-8", body, place, min(place + 1, len(body)), why)


def _designation(body: bytes, place: int) -> tuple[int, int, int]:
    """An escape at `place`: which half (0 or 1), which set, how many bytes it takes."""
    rest = body[place + 1 : place + 4]
    first = rest[:1]
    if first == b"s":
        return 0, _LATIN, 2
    if first and first[0] in _TECHNIQUE_1:
        return 0, first[0], 2
    if first == b"$":
        second = rest[1:2]
        if second in (b",", b")", b"-", b"("):
            if len(rest) > 2:
                return int(second in (b")", b"-")), rest[2], 4
        elif second:
            return 0, second[0], 3
    elif first in (b"(", b",", b")", b"-") and len(rest) > 1:
        half = int(first in (b")", b"-"))
        if rest[1:2] == b"!" and len(rest) > 2:
            return half, rest[2], 4
        return half, rest[1], 3
    raise _refuse(body, place, "unfinished escape")


def decode(body: bytes) -> str:
    """Unicode text (NFC) of MARC-8 bytes. Raises UnicodeDecodeError at a byte no set has."""
    halves = [_LATIN, _ANSEL]
    out: list[str] = []
    marks: list[str] = []
    place, end = 0, len(body)
    while place < end:
        byte = body[place]
        if byte == _ESCAPE:
            half, charset, taken = _designation(body, place)
            if charset not in CODESETS:
                raise _refuse(body, place, "unknown character set")
            halves[half] = charset
            place += taken
            continue
        if byte <= 0x20 or byte == 0x7F:
            out.append(chr(byte))
            out.extend(marks)
            marks.clear()
            place += 1
            continue
        charset = halves[byte > 0x7F]
        if charset == _EACC:
            code, taken = int.from_bytes(body[place : place + 3], "big"), 3
            found = CODESETS[_EACC].get(code) or ((ODD_MAP[code], 0) if code in ODD_MAP else None)
            if place + 3 > end:
                found = None
        else:
            table, taken = CODESETS[charset], 1
            found = table.get(byte) or table.get(byte ^ 0x80)
        if found is None:
            raise _refuse(body, place, "no such character")
        letter, combines = chr(found[0]), found[1]
        if combines:
            marks.append(letter)
        else:
            out.append(letter)
            if marks:
                out.extend(marks)
                marks.clear()
        place += taken
    if marks:
        raise _refuse(body, end - 1, "a mark without its letter")
    text = "".join(out)
    if "&#x" in text:
        text = _REFERENCE.sub(_letter_of, text)
    return unicodedata.normalize("NFC", text)


def _letter_of(reference: re.Match[str]) -> str:
    code = int(reference[1], 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return reference[0]
    return chr(code)


@cache
def _reverse() -> dict[str, tuple[int, bytes, bool]]:
    """Letter → set, its bytes in the left half (right half for ANSEL), whether it combines."""
    found: dict[str, tuple[int, bytes, bool]] = {}
    for charset in (_LATIN, _ANSEL, 0x4E, 0x51, 0x53, 0x32, 0x33, 0x34, 0x62, 0x70, _EACC):
        for code, (ucs, combines) in CODESETS[charset].items():
            letter = chr(ucs)
            if ucs < 0x20 or 0x7F <= ucs < 0xA0 or letter in found:
                continue
            # Marks of the other sets would be read back in another place than ANSEL's.
            if combines and charset != _ANSEL:
                continue
            if charset == _EACC:
                raw = code.to_bytes(3, "big")
            elif charset == _ANSEL:
                raw = bytes([code | 0x80])
            else:
                raw = bytes([code & 0x7F])
            if letter != unicodedata.normalize("NFC", letter):
                continue
            found[letter] = (charset, raw, bool(combines))
    return found


def _escape_to(charset: int) -> bytes:
    if charset in _TECHNIQUE_1:
        return bytes([_ESCAPE, charset])
    if charset == _EACC:
        return b"\x1b$1"
    return b"\x1b(" + bytes([charset])


def encode(text: str) -> bytes:
    """MARC-8 bytes of `text`, which decode to its NFC form. Every text can be written."""
    table = _reverse()
    out = bytearray()
    current = _LATIN

    def switch(charset: int) -> None:
        nonlocal current
        if charset != current:
            # Back over ASCII: the sets of technique 1 are left by ESC s only.
            if current in _TECHNIQUE_1:
                out.extend(b"\x1bs")
            if charset != _LATIN or current not in _TECHNIQUE_1:
                out.extend(_escape_to(charset))
            current = charset

    def reference(letter: str) -> None:
        switch(_LATIN)
        out.extend(f"&#x{ord(letter):04X};".encode("ascii"))

    letters = _clusters(unicodedata.normalize("NFC", text))
    for base, marks in letters:
        if base == "&" and not marks:
            # Only an ampersand that begins a reference needs to be one.
            if "&#x" in text:
                reference(base)
            else:
                switch(_LATIN)
                out.extend(b"&")
            continue
        if ord(base) < 0x20 or base == " " or base == "\x7f":
            if base in "\x1f\x1e\x1d":
                switch(_LATIN)
            if base == "\x1b" or marks:
                reference(base)
                for mark in marks:
                    reference(mark)
            else:
                out.extend(base.encode("ascii"))
            continue
        known = table.get(base)
        marked = [table.get(mark) for mark in marks]
        if known is None or known[2] or any(mark is None for mark in marked):
            reference(base)
            for mark in marks:
                reference(mark)
            continue
        charset = known[0]
        if charset != _ANSEL:
            switch(charset)
        for entry in marked:
            assert entry is not None
            out.extend(entry[1])
        out.extend(known[1])
    switch(_LATIN)
    return bytes(out)


def _clusters(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Letters with the marks that follow them, taken apart only where MARC-8 has no letter for the whole."""
    table = _reverse()
    found: list[tuple[str, tuple[str, ...]]] = []
    for letter in text:
        if unicodedata.combining(letter) and found and letter in table and table[letter][2]:
            base, marks = found[-1]
            if base not in "\x1f\x1e\x1d\n\r\t":
                found[-1] = (base, (*marks, letter))
                continue
        if letter in table or ord(letter) <= 0x7F:
            found.append((letter, ()))
            continue
        parts = unicodedata.normalize("NFD", letter)
        known = all(part in table for part in parts) and all(table[part][2] for part in parts[1:])
        if len(parts) > 1 and known and not table[parts[0]][2]:
            found.append((parts[0], tuple(parts[1:])))
        else:
            found.append((letter, ()))
    return found
