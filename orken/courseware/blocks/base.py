"""What a kind of block is: its questions to the author, its look, its words, and what an author forgets about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import ORDER

Text = str | Promise
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """One answer of the author. `shape`: line, text, choice, number.

    `offers`: pairs of what may be typed into a line and how it is called; it may be chosen by either.
    """

    name: str
    label: Text
    shape: str = "line"
    hint: Text = ""
    most: int = 300
    rows: int = 6
    needed: bool = False
    choices: Sequence[tuple[str, Text]] = ()
    offers: Callable[[], Sequence[tuple[str, str]]] | None = None


class Shown(Protocol):
    """A block as a kind needs it: the row of the database, or one in the author's form."""

    kind: str
    shared: Any
    said: Any


@dataclass(frozen=True)
class Picture:
    """A picture in its widths: the address of the smallest, all of them, and the size of the largest."""

    src: str
    srcset: str
    width: int
    height: int


@dataclass(frozen=True)
class Material:
    """An asset as a block shows it: `address` of what is not a picture, `size` in bytes."""

    key: str
    kind: str
    name: str
    size: int
    address: str = ""
    media_type: str = ""
    picture: Picture | None = None


Materials = Mapping[str, Material]


@dataclass(frozen=True)
class Lack:
    """What an author should mend: `stops` publishing or only advises; `language` where it is one of them."""

    why: Text
    stops: bool = False
    language: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of block; each lives in a module of its own and registers one object (SCORM, H5P will do the same)."""

    code: str
    label: Text
    hint: Text
    shared: tuple[Question, ...] = ()
    said: tuple[Question, ...] = ()
    takes: str = ""  # «picture», «pictures», «sound», «film», «paper», «slides»: which files its form takes
    outward: bool = False  # it hangs on another app (an exercise, a discussion): the page around it shows it
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"courseware/blocks/{self.code}.html"

    def show(self, block: Shown, said: Said, materials: Materials) -> dict[str, Any]:
        """The variables of the template, in one language."""
        return {**block.shared, **said, "materials": self.materials(block, materials)}

    def materials(self, block: Shown, known: Materials) -> list[Material]:
        return [known[key] for key in block.shared.get("assets", []) if key in known]

    def words(self, said: Said) -> str:
        """What it says, as plain text: for the search and for the list of the author."""
        return " ".join(str(value) for value in said.values() if value)

    def links(self, said: Said) -> list[str]:
        return []

    def lacks(self, block: Shown, languages: Sequence[str]) -> Iterator[Lack]:
        """What is missing; the rules that hold for every kind stand in `checks`."""
        if self.takes and not block.shared.get("assets"):
            yield Lack(_("There is no file yet."), stops=True)


def empty(said: Said | None) -> bool:
    return not said or not any(value for value in said.values())


def in_language(block: Shown, language: str) -> tuple[Said, str]:
    """What it says for a reader, and in which language really: the next one where hers is empty."""
    for code in ORDER[language]:
        if not empty(block.said.get(code)):
            return block.said[code], code
    return {}, language


def print_of(said: Said | None) -> str:
    """Equal exactly when the words are equal: a translation remembers the print of its original."""
    text = json.dumps({key: value for key, value in sorted((said or {}).items()) if value}, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def stale(block: Any, source: str) -> list[str]:
    """Languages whose text was made from another original than the one that stands now."""
    now = print_of(block.said.get(source))
    return [code for code in ("kk", "ru", "en") if code != source and not empty(block.said.get(code)) and block.seen.get(code) != now]  # fmt: skip


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a kind; a code is given once."""
    if kind.code in _kinds and type(_kinds[kind.code]) is not type(kind):
        raise ValueError(f"two kinds of block are called {kind.code!r}")
    _kinds[kind.code] = kind
    return kind


def get(code: str) -> Kind:
    """Raises KeyError for a kind that no module registered."""
    return _kinds[code]


def registered() -> list[Kind]:
    """In the order of registration: what is used most stands first."""
    return list(_kinds.values())
