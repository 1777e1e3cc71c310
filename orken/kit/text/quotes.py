"""Quotation marks nested as each language wants: «… „…“ …» in Kazakh and Russian, “… ‘…’ …” in English."""

from __future__ import annotations

PAIRS = {"kk": (("«", "»"), ("„", "“")), "ru": (("«", "»"), ("„", "“")), "en": (("“", "”"), ("‘", "’"))}
OPENING, CLOSING, EITHER = "«„", "»”", '"“'
MARKS = OPENING + CLOSING + EITHER
BEFORE_OPENING = " \u00a0\t\n([—–-/" + OPENING


def plain(text: str, language: str) -> str:
    """`text` with its own quotation marks set by the habit of `language`: outer ones outside."""
    return _set(text, language, 0)


def quoted(text: str, language: str) -> str:
    """`text` in quotation marks, those inside it one step deeper; marks around the whole are not doubled."""
    opening, closing = PAIRS[language][0]
    return f"{opening}{_set(bare(text), language, 1)}{closing}"


def bare(text: str) -> str:
    """`text` without a pair of marks that embraces all of it: «Отырар» → Отырар, «А» и «Б» stays."""
    text = text.strip()
    if len(text) > 2 and text[0] in MARKS and text[-1] in MARKS:
        depths = [depth for _letter, depth, _mark in _depths(text)]
        if all(depth > 0 for depth in depths[1:-1]):
            return text[1:-1].strip()
    return text


def _depths(text: str) -> list[tuple[str, int, str]]:
    """Each letter with the depth of marks around it, and «open», «close» or nothing."""
    found: list[tuple[str, int, str]] = []
    depth = 0
    for n, letter in enumerate(text):
        if letter not in MARKS:
            found.append((letter, depth, ""))
            continue
        before = text[n - 1] if n else " "
        opens = letter in OPENING or (
            letter in EITHER and (before in BEFORE_OPENING or (before in EITHER and _opened(found)))
        )
        if opens:
            depth += 1
            found.append((letter, depth, "open"))
        else:
            found.append((letter, max(depth, 1), "close"))
            depth = max(depth - 1, 0)
    return found


def _opened(found: list[tuple[str, int, str]]) -> bool:
    return bool(found) and found[-1][2] == "open"


def _set(text: str, language: str, outside: int) -> str:
    pairs = PAIRS[language]
    letters = []
    for letter, depth, mark in _depths(text):
        if not mark:
            letters.append(letter)
            continue
        opening, closing = pairs[(depth - 1 + outside) % 2]
        letters.append(opening if mark == "open" else closing)
    return "".join(letters)
