"""What the three languages share: what was said of the facts, and which way of saying is taken."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from orken.kit.text import quotes
from orken.newsroom.facts import Event, Talk, Words
from orken.newsroom.matching import stands
from orken.newsroom.reading import written

OWN_INSTITUTION = re.compile(r"\S\s+[«„“\"]?[А-ЯЁӘҒҚҢӨҰҮҺІA-Z]")  # a capital letter behind the first word


@dataclass
class Telling:
    """One article in the making. `used` are the facts that have been said, by their place."""

    event: Event
    language: str
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        facts = json.dumps(written(self.event), ensure_ascii=False, sort_keys=True)
        self.seed = hashlib.sha256(facts.encode()).digest()

    def pick(self, place: int, ways: Sequence[str]) -> str:
        """One of several ways to say it; the same facts always take the same way."""
        return ways[self.seed[place % len(self.seed)] % len(ways)]

    def say(self, *paths: str) -> None:
        self.used.update(paths)

    def text(self, words: Words, path: str) -> tuple[str, str]:
        """The text for this reader, its quotation marks set, and the language that it is in; noted as said."""
        value, code = words.best(self.language)
        if value:
            self.say(path)
        return quotes.plain(value, self.language), code

    def quoted(self, words: Words, path: str) -> tuple[str, str]:
        value, code = words.best(self.language)
        if value:
            self.say(path)
        return quotes.quoted(value, self.language), code

    def dated(self, when: Callable[[date, date | None], str]) -> str:
        """The days of the event in the words of a language; nothing where none is known."""
        if self.event.on is None:
            return ""
        self.say("date", "end_date")
        return when(self.event.on, self.event.until)

    def small(self, office: str) -> str:
        """A post stands inside the sentence: «Методист» is методист there. English keeps what was written.

        A post that begins with the name of the country or of a town of the event keeps its capital letter.
        """
        towns = [self.event.organiser.city, *(one.city for one in self.event.participants)]
        begins = ("Қазақстан", "Казахстан", *(town.of(self.language)[:5] for town in towns if town))
        if self.language == "en" or not office[1:2].islower() or office.startswith(begins):
            return office
        return office[:1].lower() + office[1:]

    def offices(self, talk: Talk, unit: str) -> tuple[list[str], int | None]:
        """The offices of a speaker one by one, and which of them is that of her institution.

        None when the offices name it themselves («директор Национальной библиотеки»). An office with an institution of
        its own («председатель Союза») is not that of another; of those without the last one takes it.
        """
        position = quotes.plain(talk.position.of(self.language), self.language)
        parts = [self.small(part.strip()) for part in re.split(r"[;,]", position) if part.strip()]
        if not parts:
            return [], None
        if unit and stands(position, unit):
            return parts, None
        without = [n for n, part in enumerate(parts) if not OWN_INSTITUTION.search(part)]
        return parts, (without[-1] if without else 0)


def joined(parts: Sequence[str], last: str) -> str:
    """«А, Б және В», «А, Б и В»; where a part has a comma of its own, semicolons keep them apart."""
    if len(parts) < 2:
        return "".join(parts)
    mark = ";" if any(re.search(r",(?![^(]*\))", part) for part in parts) else ","
    return f"{f'{mark} '.join(parts[:-1])}{mark if mark == ';' else ''} {last} {parts[-1]}"


def sentence(text: str) -> str:
    """A capital letter at the beginning, one mark at the end, no space twice."""
    text = " ".join(text.split())
    n = next((n for n, letter in enumerate(text) if letter.isalnum()), 0)
    if text[:1] in "«“" or n == 0:
        text = text[:n] + text[n : n + 1].upper() + text[n + 1 :]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def headline(text: str) -> str:
    """A sentence without its full stop; the stop of «2021 г.» is not one."""
    return sentence(text).removesuffix(".")
