"""The invented books of the school: title pages with surplus details, and what two cataloguers made of them.

Each book is a TOML file, so that a methodologist can add one without programming. `[a]` is the description
by the first expert, `[b]` what the second decided otherwise. Persons, publishers and books are invented;
the rules, class marks and codes are real.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "books"


@dataclass(frozen=True)
class Name:
    """«p|Сарыбаев|Ермек Асқарұлы|Е. А.|aut»: a person; «c|Библиотека|Отдел»: a body; «m|Имя|№|место|год»: a meeting."""

    kind: str
    entry: str
    full: str = ""
    initials: str = ""
    role: str = ""

    @classmethod
    def parse(cls, text: str) -> Name:
        return cls(*text.split("|"))


@dataclass(frozen=True)
class Subject:
    """«topic|Чтение|x=История|g=Казахстан»: kind, heading (a person: surname, full, initials), subdivisions."""

    kind: str
    head: str
    full: str
    initials: str
    parts: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, text: str) -> Subject:
        kind, *rest = text.split("|")
        heads = [part for part in rest if part[1:2] != "="]
        parts = tuple((part[0], part[2:]) for part in rest if part[1:2] == "=")
        head, full, initials = (*heads, "", "")[:3]
        return cls(kind, head, full, initials, parts)


@dataclass(frozen=True)
class Host:
    """Where an article is published."""

    title: str
    year: str
    pages: str
    number: str = ""
    place: str = ""
    publisher: str = ""
    issn: str = ""
    isbn: str = ""


@dataclass(frozen=True)
class Decisions:
    """One cataloguer's description, before it is written in a format."""

    languages: tuple[str, ...]
    catalogued_in: str
    title: str
    date: str
    type: str = "a"
    level: str = "m"
    date_type: str = "s"
    date_end: str = ""
    original: str = ""
    nonfiling: int = 0
    rest: tuple[str, ...] = ()
    parallel: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    edition: str = ""
    place: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    extent: str = ""
    detail: str = ""
    size: str = ""
    series: str = ""
    volume: str = ""
    main: str = ""
    added: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    udc: tuple[str, ...] = ()
    bbk: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    issn: str = ""
    illus: str = ""
    form: str = ""
    genre: str = ""
    biography: str = ""
    index: bool = False
    conference: bool = False
    government: str = "y"
    audience: str = "m"
    notes: tuple[str, ...] = ()
    numbering: str = ""
    frequency: str = ""
    serial: str = ""
    electronic: str = ""
    url: str = ""
    system: str = ""
    set: str = "0"
    host: Host | None = None

    @property
    def main_name(self) -> Name | None:
        return Name.parse(self.main) if self.main else None

    @property
    def added_names(self) -> list[Name]:
        return [Name.parse(text) for text in self.added]


@dataclass(frozen=True)
class Book:
    """One invented book: its name in three languages, its pages line by line, two experts' decisions."""

    code: str
    kind: str
    hard: int
    say: Mapping[str, str]
    front: tuple[tuple[str, str], ...]
    verso: tuple[tuple[str, str], ...]
    colophon: tuple[tuple[str, str], ...]
    experts: tuple[Decisions, ...] = field(default_factory=tuple)

    @property
    def language(self) -> str:
        return self.experts[0].languages[0]


def _decisions(raw: Mapping[str, Any]) -> Decisions:
    known = {one.name for one in fields(Decisions)}
    unknown = set(raw) - known
    if unknown:
        raise ValueError(f"a book has a key that nobody reads: {sorted(unknown)}")
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
    if isinstance(values.get("host"), dict):
        values["host"] = Host(**values["host"])
    return Decisions(**values)


def _lines(raw: list[str]) -> tuple[tuple[str, str], ...]:
    found = []
    for line in raw:
        style, _colon, text = line.partition(": ")
        found.append((style, text))
    return tuple(found)


def _book(path: Path) -> Book:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    first = raw["a"]
    return Book(
        code=raw["code"], kind=raw["kind"], hard=raw["hard"], say=raw["say"],
        front=_lines(raw["pages"]["front"]), verso=_lines(raw["pages"]["verso"]), colophon=_lines(raw["pages"]["colophon"]),
        experts=(_decisions(first), _decisions({**first, **raw["b"]})),
    )  # fmt: skip


@cache
def books() -> tuple[Book, ...]:
    """All books, in the order of their files."""
    return tuple(_book(path) for path in sorted(FOLDER.glob("*.toml")))


def book(code: str) -> Book:
    """Raises KeyError for a code that no book has."""
    for one in books():
        if one.code == code:
            return one
    raise KeyError(code)
