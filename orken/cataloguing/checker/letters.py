"""Characters: controls, lost letters, spoilt encodings, invisible and look-alike letters.

The whole text of a record is looked through once with one pattern; only a record that shows
something is looked at field by field.
"""

from __future__ import annotations

import re
import unicodedata

from orken.cataloguing.checker.look import Look
from orken.cataloguing.record import ControlField, DataField

# The marks of non-sorting text (88, 89, 98, 9C) are used by several national libraries.
_CONTROL = "\x00-\x08\x0b-\x1c\x1e\x7f-\x87\x8a-\x97\x99-\x9b\x9d-\x9f"
_BIDI = "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c"
_INVISIBLE = "\u00ad\u200b-\u200d\u2060-\u2064\ufeff\u180e\u034f\ufe00-\ufe0f\u115f\u1160\u3164"
_PRIVATE = "\ue000-\uf8ff"
_LOST = "\ufffd"
_CYRILLIC = "\u0400-\u052f"
_LATIN_LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0250-\u02af"
_CASED = f"{_CYRILLIC}{_LATIN_LETTERS}"

_SUSPICIOUS = re.compile(
    f"[{_CONTROL}{_BIDI}{_INVISIBLE}{_PRIVATE}{_LOST}\u0300-\u036f]"
    f"|[{_LATIN_LETTERS}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN_LETTERS}]"
    f"|[{_CYRILLIC}][,.:;]? [ABCEHKMOPTXYaceopxyi]{{1,12}}(?![A-Za-z0-9.$])"
    r"|\w\?\?+\w|\?{3,}\s+\?{2,}|\d ?c\b|Ã[\x80-\xbf]|[Рр][\u0402\u0403\u201a\u0453\u201e\u2026\u2020\u2021\u20ac\u2030\u0409\u2039\u040a\u040c\u040b\u040f\u0452\u0098\u00b0\u00b5\u00bb\u00b1\u00b6]"
    r"|[ÐÑ][\u0080-\u00bf\u201a-\u2039]"
)
_ONE = {
    "charset.control": re.compile(f"[{_CONTROL}]"),
    "charset.bidi": re.compile(f"[{_BIDI}]"),
    "charset.invisible": re.compile(f"[{_INVISIBLE}]"),
    "charset.private": re.compile(f"[{_PRIVATE}]"),
}
_LOST_LETTERS = re.compile(r"\S*(?:\ufffd|\?{3,}\s+\?{2,}|\w\?\?+\w)\S*")
_LATIN_PAGES = re.compile(r"\d ?(c)\b\.?")
_MOJIBAKE = re.compile(
    r"(?:[РС][^\s\w,.;:!?()«»\-]|[РС][ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґєјЅѕї°±µ¶·]|[ÐÑ][\u0080-\u00bf\u0160-\u2122])"
)
_LATIN_MOJIBAKE = re.compile("Ã[\x80-\xbf]|Ã[\u0160-\u2122]|â€[\x80-\u2122]")
_MIXED = re.compile(f"(?=[{_CASED}]*[{_LATIN_LETTERS}])(?=[{_CASED}]*[{_CYRILLIC}])[{_CASED}]{{2,}}")
_KAZAKH_LOOKALIKES = {
    "i": "і",
    "I": "І",
    "h": "һ",
    "H": "Һ",
    "ø": "ө",
    "Ø": "Ө",
    "ə": "ә",
    "Ə": "Ә",
    "ɵ": "ө",
    "Ɵ": "Ө",
    "γ": "ү",
}
_LIKE_CYRILLIC = "ABCEHKMOPTXYaceopxyi"
_WORD = re.compile(f"[{_CASED}]+")
_LATIN_ONLY = re.compile(f"(?<![\\w.])[{_LIKE_CYRILLIC}]{{1,12}}(?![\\w.])")
_ROMAN = re.compile(r"[IVXLCDMivxlcdm]+\Z")
# Latin letters come apart from their marks in every record that was MARC-8 once: that is no error.
_DECOMPOSED = re.compile(f"[{_CYRILLIC}][\u0300-\u036f]")


def check(look: Look) -> None:
    parts: list[str] = []
    for found in look.record.fields:
        if isinstance(found, ControlField):
            parts.append(found.value)
        else:
            parts.extend([value for _, value in found.subfields])
            if found.lead:
                parts.append(found.lead)
    if _SUSPICIOUS.search("\x1d".join(parts)) is None:
        _encoding(look, parts)
        return
    for tag, fields in look.record.by_tag.items():
        for occurrence, found in enumerate(fields, start=1):
            if isinstance(found, ControlField):
                if _SUSPICIOUS.search(found.value):
                    _text(look, tag, occurrence, "", found.value)
            elif isinstance(found, DataField):
                for code, value in found.subfields:
                    if _SUSPICIOUS.search(value):
                        _text(look, tag, occurrence, code, value)
    _encoding(look, parts)


def _encoding(look: Look, parts: list[str]) -> None:
    """MARC 21 declares its encoding in LDR/09; the UNIMARC family has no such position."""
    if not look.marc21 or len(look.record.leader) != 24:
        return
    declared = look.record.at(9)
    if declared == " " and look.encoding == "utf-8" and not all(part.isascii() for part in parts):
        look.say("cross.encoding", "LDR", 1, declared="MARC-8", found="UTF-8")
    elif declared == "a" and look.encoding == "marc-8":
        look.say("cross.encoding", "LDR", 1, declared="UTF-8", found="MARC-8")


def _named(letter: str) -> str:
    return f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()


def _text(look: Look, tag: str, occurrence: int, code: str, value: str) -> None:
    for rule, pattern in _ONE.items():
        for found in pattern.finditer(value):
            if not _belongs(found[0], value):
                look.say(rule, tag, occurrence, code, tag=tag, code=code, code_point=_named(found[0]))
                break
    lost = _LOST_LETTERS.search(value)
    if lost is not None:
        look.say("charset.replacement", tag, occurrence, code, tag=tag, code=code, value=lost[0][:60])
    broken = _MOJIBAKE.findall(value)
    if (len(broken) >= 3 and len(broken) * 5 > len(value)) or _LATIN_MOJIBAKE.search(value):
        look.say("charset.mojibake", tag, occurrence, code, tag=tag, code=code, value=value[:60])
        return
    _words(look, tag, occurrence, code, value)
    if tag in ("215", "300") and code == "a":
        pages = _LATIN_PAGES.search(value)
        title = look.record.value("245", "a") or look.record.value("200", "a")
        if pages is not None and any("\u0400" <= letter <= "\u052f" for letter in title):
            look.say("charset.foreign-word", tag, occurrence, code, tag=tag, code=code, value=pages[1])
    apart = _DECOMPOSED.search(value)
    if apart is not None and len(unicodedata.normalize("NFC", apart[0])) == 1:
        word = value[max(0, apart.start() - 12) : apart.end() + 12]
        look.say("charset.decomposed", tag, occurrence, code, tag=tag, code=code, value=word)


def _belongs(sign: str, value: str) -> bool:
    """Joiners belong to Persian and the scripts of India, direction marks to texts written from right to left."""
    if sign in "\u200c\u200d":
        return any("\u0600" <= letter <= "\u06ff" or "\u0900" <= letter <= "\u0dff" for letter in value)
    if sign in "\u200e\u200f\u202a\u202b\u202c\u061c":
        return any("\u0590" <= letter <= "\u08ff" for letter in value)
    return False


def _words(look: Look, tag: str, occurrence: int, code: str, value: str) -> None:
    for mixed in _MIXED.finditer(value):
        word = mixed[0]
        latin = [letter for letter in word if not "\u0400" <= letter <= "\u052f"]
        if len(latin) < len(word) and _separable(word):
            continue
        kazakh = [letter for letter in latin if letter in _KAZAKH_LOOKALIKES]
        letters = (
            ", ".join(dict.fromkeys(latin))
            if len(latin) <= len(word) / 2
            else ", ".join(dict.fromkeys(letter for letter in word if "\u0400" <= letter <= "\u052f"))
        )
        if kazakh and len(kazakh) == len(latin):
            pairs = ", ".join(f"{letter} → {_KAZAKH_LOOKALIKES[letter]}" for letter in dict.fromkeys(kazakh))
            look.say("charset.kazakh", tag, occurrence, code, tag=tag, code=code, value=word, letters=pairs)
        else:
            look.say("charset.lookalike", tag, occurrence, code, tag=tag, code=code, value=word, letters=letters)
    if code in "0123456789uxwz" and code:
        return
    for alone in _LATIN_ONLY.finditer(value):
        word = alone[0]
        if _ROMAN.match(word) or not _amid_cyrillic(value, alone.start(), alone.end()):
            continue
        look.say("charset.foreign-word", tag, occurrence, code, tag=tag, code=code, value=word)
        break


def _separable(word: str) -> bool:
    """«web‑сайт» glued is two words of two alphabets: whole runs of at least three letters each."""
    runs = re.findall(f"[{_CYRILLIC}]+|[{_LATIN_LETTERS}]+", word)
    latin = [run for run in runs if not "\u0400" <= run[0] <= "\u052f"]
    return (
        len(runs) == 2
        and all(len(run) >= 3 for run in runs)
        and not all(letter in _LIKE_CYRILLIC for letter in latin[0])
    )


def _amid_cyrillic(value: str, start: int, end: int) -> bool:
    """Whether Cyrillic words stand right beside, and the text has hardly any other Latin word.

    «60 x 80 см» is a size: digits stand beside the sign, so it is left alone.
    """
    before = value[:start].rstrip(" ,;:«»\"'()-–—")[-1:]
    after = value[end:].lstrip(" ,.;:«»\"'()-–—")[:1]
    sides = [side for side in (before, after) if side]
    if not sides or not all("\u0400" <= side <= "\u052f" for side in sides):
        return False
    latin = sum(1 for word in _WORD.findall(value) if not "\u0400" <= word[0] <= "\u052f")
    return latin <= 1 and (end - start > 1 or len(sides) == 2)
