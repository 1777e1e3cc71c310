"""A text and an event held together: what is told, what is covered, what was remarked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from orken.newsroom.facts import Event, Names, Words
from orken.newsroom.matching import Token, tokens

CONTRADICTS, UNKNOWN = "contradicts", "unknown"


@dataclass(frozen=True)
class Remark:
    """One place of the text. `says` is what the facts say there; empty where no fact speaks of it."""

    start: int
    end: int
    stands: str
    kind: str
    about: str  # title, name, date, number, quotation, words
    fact: str = ""
    says: str = ""

    @property
    def grave(self) -> bool:
        return self.kind == CONTRADICTS


@dataclass(frozen=True)
class Report:
    """What was found. `told` are the places of the facts that stand in the text, `left_out` the others."""

    remarks: list[Remark] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def contradictions(self) -> list[Remark]:
        return [one for one in self.remarks if one.grave]


QUOTED = re.compile(r"«[^«»]*(?:«[^«»]*»[^«»]*)*»|“[^“”]*”")
PERSONAL = re.compile(
    r"(ов|ев|ин|ова|ева|ина|овой|евой|иной|ову|еву|ину|ым|ский|ская|ской|вна|вны|вне|вной|вич|вича|вичу|вичем|ұлы|қызы|улы|кызы)"
    r"(ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|ны|ні|ды|ді|ты|ті|мен|бен|пен|на|не)?$"
)
ENDS = re.compile(r"[.!?…](?![»”’\"])")
SHORTENED = frozenset(
    ["им", "ул", "пр", "гг", "стр", "тов", "гр", "обл", "dr", "mr", "mrs", "ms", "st", "no", "prof", "ж", "жж"]
)
BETWEEN = re.compile(r"[ \u00a0.]*$")


class Held:
    """One text beside one event, word by word. What the parts of the checker share."""

    def __init__(self, text: str, event: Event, language: str) -> None:
        self.text, self.event, self.language = text, event, language
        self.tokens = tokens(text)
        self.covered = [False] * len(self.tokens)
        self.remarks: list[Remark] = []
        self.told: set[str] = set()
        self.where: dict[str, list[int]] = {}  # first words of names and titles, by their fact
        self.sentences = self._sentences()

    def _sentences(self) -> list[int]:
        """The number of the sentence in which each word stands."""
        numbers: list[int] = []
        number = 0
        for n, token in enumerate(self.tokens):
            if n:
                gap = self.text[self.tokens[n - 1].end : token.start]
                before = self.tokens[n - 1].word
                short = len(before) == 1 or before.casefold() in SHORTENED
                number += bool("\n" in gap or (ENDS.search(gap) and not short and not token.word[0].islower()))
            numbers.append(number)
        return numbers

    def values(self) -> Iterator[tuple[str, str]]:
        """Every fact that is a text, in the language of the article; a post office by office."""
        for path, value in self.event.given().items():
            if isinstance(value, Words):
                yield path, value.of(self.language)

    def others(self) -> Iterator[str]:
        """The same texts in the other languages: they may be quoted."""
        for value in self.event.given().values():
            if isinstance(value, Words):
                yield from (getattr(value, code) for code in value.known if code != self.language)

    def named(self) -> Iterator[tuple[str, Names]]:
        for path, value in self.event.given().items():
            if isinstance(value, Names):
                yield path, value

    def quotations(self) -> Iterator[tuple[int, int]]:
        for found in QUOTED.finditer(self.text):
            yield found.start() + 1, found.end() - 1

    def cover(self, start: int, end: int) -> None:
        for n in range(start, end):
            self.covered[n] = True

    def cover_text(self, start: int, end: int) -> None:
        for n, token in enumerate(self.tokens):
            if token.start >= start and token.end <= end:
                self.covered[n] = True

    def mark(self, first: int, last: int, about: str, fact: str, says: str, kind: str = CONTRADICTS) -> None:
        """Tokens from `first` to before `last`."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        self.mark_text(start, end, about, fact, says, kind)

    def mark_text(self, start: int, end: int, about: str, fact: str, says: str, kind: str = CONTRADICTS) -> None:
        self.cover_text(start, end)
        self.remarks.append(Remark(start, end, self.text[start:end], kind, about, fact, says))

    def _begins(self, n: int) -> bool:
        """Whether the word begins a sentence, so that its capital tells nothing."""
        before = self.text[: self.tokens[n].start].rstrip(" \u00a0")
        return not before or before[-1] in ".!?…\n:—«“"

    def _personal(self, token: Token) -> bool:
        return bool(PERSONAL.search(token.word.lower())) or token.word.lower().endswith(
            ("ova", "ova's", "eva", "ev", "ov")
        )
