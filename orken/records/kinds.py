"""Kinds of papers. The app that owns the facts registers a kind: what it is called and how its data are gathered.

    kinds.register(PaperKind("order.enrol", label=_("Order to enrol"), title=Words("Бұйрық", "Приказ"), series=ORDERS, build=…))

`build(paper)` reads the facts of today out of what the paper is about (`paper.source`, `paper.answers`); it is
asked for a preview, and once more when the paper gets its number: from then on the paper says what it said then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from orken.network.roles import Permission
from orken.people.models import Person
from orken.records.models import Paper

Text = str | Promise
Block = dict[str, Any]  # {"type": "points" | "text" | "lines" | "facts", …} as papers/paper.typ reads it


@dataclass(frozen=True)
class Words:
    """A text of a paper: Kazakh and Russian always (Law on languages, art. 15), English for the page."""

    kk: str
    ru: str
    en: str = ""

    def data(self) -> dict[str, str]:
        return {"kk": self.kk, "ru": self.ru}


NOTHING = Words("", "")


@dataclass(frozen=True)
class Line:
    """A series of numbers: its code in the register, and the letter that stands in the number."""

    code: str
    letter: str
    label: Text


@dataclass(frozen=True)
class Built:
    """What a paper says. `problems` are sentences for the one who prepares it: with any of them it cannot be made."""

    subject: Words
    blocks: Sequence[Block] = ()
    annexes: Sequence[Block] = ()
    people: Sequence[Person] = ()
    problems: Sequence[Text] = ()
    signatories: Sequence[
        dict[str, Any]
    ] = ()  # of a sheet, an agreement: whoever signs beside the signatory of the issuer
    role: Words = NOTHING  # of an agreement: as what the issuer signs
    wide: bool = False


@dataclass(frozen=True)
class Remark:
    """What has to be known of a paper today, and where something is done about it."""

    text: Text
    address: str = ""
    label: Text = ""
    grave: bool = True


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper."""

    code: str
    label: Text
    title: Words
    line: Line
    build: Callable[[Paper], Built]
    command: Words = NOTHING  # «БҰЙЫРАМЫН / ПРИКАЗЫВАЮ»
    preamble: Words = NOTHING
    closing: Words = NOTHING
    prepares: Permission = Permission.RECORD_PREPARE  # over the unit whose business it is
    registers: Permission = Permission.RECORD_REGISTER  # over the issuer
    docx: bool = False
    remark: Callable[[Paper], Remark | None] | None = None
    edit: Callable[[Paper], str] | None = None  # the owner's page where a draft's answers are changed
    changes: str = ""  # it amends or cancels other papers (Change.Effect)


_kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> None:
    _kinds[kind.code] = kind


def forget(code: str) -> None:
    _kinds.pop(code, None)


def of(code: str) -> PaperKind:
    return _kinds[code]


def all_kinds() -> list[PaperKind]:
    return list(_kinds.values())


def lines() -> dict[str, Line]:
    """Every series by its code."""
    return {kind.line.code: kind.line for kind in _kinds.values()}


def point(kk: str, ru: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru}


@dataclass(frozen=True)
class Head:
    """The head of a column of a table on paper: its words, its width in mm (0: a share of what is left) and its side."""

    kk: str
    ru: str
    mm: float = 0
    align: str = "left"
    share: int = 1


@dataclass
class Lines:
    """A table on paper; a cell is a text, or {"kk", "ru"} of which the Kazakh stands above."""

    heads: Sequence[Head]
    rows: list[list[Any]] = field(default_factory=list)
    title: Words = NOTHING

    def block(self) -> Block:
        made: Block = {
            "type": "lines", "head": [{"kk": one.kk, "ru": one.ru} for one in self.heads], "rows": self.rows,
            "widths": [{"mm": one.mm} if one.mm else {"fr": one.share} for one in self.heads], "align": [one.align for one in self.heads],
        }  # fmt: skip
        return made | ({"title": self.title.data()} if self.title.kk else {})
