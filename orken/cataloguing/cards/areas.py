"""The areas of a description, and how the parts of one are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from orken.cataloguing.record import DataField

_MARKS = re.compile(r"\s*[/:;=+]\s*\Z|\s*,\s*\Z")
_ABBREVIATED = re.compile(r"(?:^|[\s(\[])[\w-]{1,4}\.\Z|\.\.\.\Z|\b[A-ZА-ЯӘҒҚҢӨҰҮҺІ]\.\Z")


@dataclass(frozen=True)
class Areas:
    """A description by areas. Empty texts and tuples: the record has no such area."""

    heading: str = ""
    title: str = ""
    host: tuple[str, ...] = ()
    """For a component part: its host and what follows, area by area."""
    edition: str = ""
    specific: str = ""
    publication: str = ""
    physical: str = ""
    series: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    content: str = ""
    subjects: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shelf: tuple[str, ...] = ()

    def title_with_host(self, dash: str) -> str:
        """The first area; of a component part with « // » and the host after it."""
        if not self.host:
            return self.title
        parts = [part if part.endswith((".", "?", "!")) else part + "." for part in self.host[:-1]]
        return f"{self.title} // " + "".join(part + dash for part in parts) + self.host[-1]


def bare(text: str, *, stop: bool = False) -> str:
    """A text without the ISBD mark typed at its end; with `stop` also without a final full stop."""
    text = text.strip()
    while (shorter := _MARKS.sub("", text)) != text:
        text = shorter
    if stop and text.endswith(".") and not _ABBREVIATED.search(text):
        text = text[:-1].rstrip()
    return text


def typed_mark(text: str) -> str:
    """The mark that a cataloguer typed at the end of a subfield, or an empty text."""
    found = re.search(r"\s([:=;/+])\s*\Z", text)
    return found[1] if found else ""


def joined(parts: Iterable[tuple[str, str]]) -> str:
    """Texts with what stands before each: [("", "Title"), (" : ", "reader"), (" / ", "A. B.")].

    A mark that begins with a full stop is not doubled after a text that ends with one.
    """
    text = ""
    for before, part in parts:
        if not part:
            continue
        if not text:
            text = part
        elif before.startswith(".") and text.endswith("."):
            text += before[1:] + part
        else:
            text += before + part
    return text


def by_code(found: DataField | None, before: Mapping[str, str], *, again: Mapping[str, str] | None = None) -> str:
    """A field's subfields in their order, each after the mark of its code; `again`: when the code repeats."""
    if found is None:
        return ""
    seen: set[str] = set()
    parts: list[tuple[str, str]] = []
    for code, value in found.subfields:
        if code not in before:
            continue
        mark = (again or {}).get(code, before[code]) if code in seen else before[code]
        parts.append((mark, bare(value)))
        seen.add(code)
    return joined(parts)
