"""The catalogue card as text: ГОСТ 7.1-2003, ГОСТ Р 7.0.100-2018 or the areas of ISBD.

    cards.card(record, profile, style="gost71")

ГОСТ 7.1-2003 is interstate and holds in Kazakhstan, so it is the card by default. The words come from
the record alone; the punctuation comes from the style, whatever was typed.
"""

from __future__ import annotations

import textwrap

from orken.cataloguing.cards import marc21, unimarc
from orken.cataloguing.cards.areas import Areas
from orken.cataloguing.profiles.model import Profile
from orken.cataloguing.record import Record

__all__ = ["STYLES", "Areas", "areas", "card"]

STYLES = ("gost71", "gost70100", "isbd")
WIDTH = 72


def areas(record: Record, profile: Profile) -> Areas:
    """The description of a record cut into its areas, without punctuation between them."""
    return marc21.areas(record) if profile.family == "marc21" else unimarc.areas(record)


def card(record: Record, profile: Profile, *, style: str = "gost71", width: int = WIDTH) -> str:
    """The card. Raises KeyError for an unknown style."""
    if style not in STYLES:
        raise KeyError(style)
    found = areas(record, profile)
    if style == "isbd":
        return _isbd(found)
    dash = " – "
    first = [found.title_with_host(dash), found.edition, found.specific, found.publication, found.physical]
    first += [f"({series})" for series in found.series]
    tail = [*found.notes, *found.identifiers]
    if style == "gost70100":
        tail.append(found.content)
    lines: list[str] = []
    if found.heading:
        lines.append(_stopped(found.heading))
    body = _joined(first, dash)
    lines.append(textwrap.fill(body, width, initial_indent="   ", subsequent_indent="") if width else "   " + body)
    rest = _joined(tail, dash)
    if rest:
        lines.append(textwrap.fill(rest, width, initial_indent="   ", subsequent_indent="") if width else "   " + rest)
    tracing = _tracing(found)
    if tracing:
        lines += ["", textwrap.fill(tracing, width, initial_indent="   ") if width else "   " + tracing]
    classes = [f"{name} {', '.join(numbers)}" for name, numbers in found.classes.items() if numbers]
    if classes or found.shelf:
        lines += ["", *classes, *found.shelf]
    return "\n".join(lines) + "\n"


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else text + "."


def _joined(parts: list[str], dash: str) -> str:
    """Areas with a full stop, a blank and a dash between them; one stop only where an area ends with one."""
    text = ""
    for part in parts:
        if not part:
            continue
        text = f"{_stopped(text)}{dash}{part}" if text else part
    return _stopped(text) if text else ""


def _isbd(found: Areas) -> str:
    """One area on a line, with the number ISBD gives it."""
    lines: list[str] = []
    if found.heading:
        lines.append(_stopped(found.heading))
    numbered = [
        ("0", [found.content]),
        ("1", [found.title_with_host(" — ")]),
        ("2", [found.edition]),
        ("3", [found.specific]),
        ("4", [found.publication]),
        ("5", [found.physical]),
        ("6", [f"({series})" for series in found.series]),
        ("7", found.notes),
        ("8", found.identifiers),
    ]
    for number, parts in numbered:
        lines.extend(f"{number}  {_stopped(part)}" for part in parts if part)
    return "\n".join(lines) + "\n"


def _tracing(found: Areas) -> str:
    """What the card is also filed under: subjects by Arabic numbers, other entries by Roman ones."""
    parts = [f"{number}. {_stopped(subject)}" for number, subject in enumerate(found.subjects, start=1)]
    parts += [f"{_roman(number)}. {_stopped(name)}" for number, name in enumerate(found.added, start=1)]
    return " ".join(parts)


def _roman(number: int) -> str:
    text = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            text += sign
            number -= value
    return text
