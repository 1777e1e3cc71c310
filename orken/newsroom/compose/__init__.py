"""Facts in, an article out: pure functions, no database, no clock, no chance. The same facts give the same text."""

from __future__ import annotations

from dataclasses import dataclass, field

from orken.newsroom.compose import english, kazakh, russian
from orken.newsroom.compose.telling import Telling
from orken.newsroom.facts import Event

WRITERS = {"kk": kazakh.write, "ru": russian.write, "en": english.write}


@dataclass(frozen=True)
class Article:
    """A news article in one language, with the places of the facts that it tells and of those it leaves out."""

    language: str
    title: str
    lead: str
    body: list[str]
    used: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join([self.title, self.lead, *self.body])


def compose(event: Event, language: str) -> Article:
    """The article about `event` in `language`: every fact that was given is told, and nothing else."""
    telling = Telling(event, language)
    title, lead, body = WRITERS[language](telling)
    given = event.given()
    return Article(
        language, title, lead, body,
        used=[path for path in given if path in telling.used], unused=[path for path in given if path not in telling.used],
    )  # fmt: skip
