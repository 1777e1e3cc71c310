"""Questions of a questionnaire as data: what may be asked, what stops publishing, what an answer may be. Pure.

A version keeps them as one document, so that what was asked stands beside what was answered for ever:

    {"key": "q3", "kind": "scale", "text": {"kk": "…", "ru": "…", "en": "…"}, "required": true, …}

A question is known by its key, which is never given twice within a questionnaire: answers of two versions can be
laid side by side where the key is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import LANGUAGES, ORDER, current_language

MOST = 60  # questions of one questionnaire: longer ones are not answered to the end
MOST_OPTIONS = 20
STEPS = 5  # of a scale (domain.md §1.5: reaction is asked from 1 to 5)
LONGEST_TEXT = 2000  # letters of a free answer
NEEDED = ("kk", "ru")  # languages without which nothing is published
IN_KAZAKH, IN_RUSSIAN = _("in Kazakh"), _("in Russian")
TITLE_WANTING = _("The title is wanting %(language)s.")
TOO_MANY = _("A questionnaire has at most %(n)s questions: longer ones are not answered to the end.")


class Kind(models.TextChoices):
    SCALE = "scale", _("a scale from 1 to 5")
    CHOICE = "choice", _("one of several answers")
    SEVERAL = "several", _("any number of answers")
    TEXT = "text", _("an answer in her own words")
    RANKING = "ranking", _("answers put in order")
    MATRIX = "matrix", _("several lines, each from 1 to 5")


WITH_OPTIONS = (Kind.CHOICE, Kind.SEVERAL, Kind.RANKING, Kind.MATRIX)
WITH_ENDS = (Kind.SCALE, Kind.MATRIX)


@dataclass(frozen=True)
class Words:
    """One text in three languages; English may be wanting."""

    kk: str = ""
    ru: str = ""
    en: str = ""

    def __str__(self) -> str:
        """In the reader's language or the next that is there."""
        return self.said(current_language())

    def __bool__(self) -> bool:
        return any(getattr(self, language) for language in LANGUAGES)

    def said(self, language: str) -> str:
        return next((text for one in ORDER[language] if (text := getattr(self, one))), "")

    def lacks(self) -> list[str]:
        return [language for language in NEEDED if not getattr(self, language)]

    def kept(self) -> dict[str, str]:
        return {language: text for language in LANGUAGES if (text := getattr(self, language))}


@dataclass(frozen=True)
class Option:
    """An answer to choose, or a line of a matrix."""

    key: str
    text: Words


@dataclass(frozen=True)
class Question:
    key: str
    kind: Kind
    text: Words
    hint: Words = field(default_factory=Words)
    required: bool = True
    options: tuple[Option, ...] = ()
    low: Words = field(default_factory=Words)  # what 1 means
    high: Words = field(default_factory=Words)  # what 5 means

    def kept(self) -> dict[str, Any]:
        """The question as the document keeps it."""
        row: dict[str, Any] = {
            "key": self.key,
            "kind": self.kind.value,
            "text": self.text.kept(),
            "required": self.required,
        }
        if self.hint:
            row["hint"] = self.hint.kept()
        if self.kind in WITH_OPTIONS:
            row["options"] = [{"key": one.key, "text": one.text.kept()} for one in self.options]
        if self.kind in WITH_ENDS:
            row |= {"low": self.low.kept(), "high": self.high.kept()}
        return row


def read(document: Sequence[Mapping[str, Any]]) -> list[Question]:
    """Questions out of a document of ours."""
    return [
        Question(
            key=row["key"],
            kind=Kind(row["kind"]),
            text=Words(**row["text"]),
            hint=Words(**row.get("hint", {})),
            required=row["required"],
            options=tuple(Option(one["key"], Words(**one["text"])) for one in row.get("options", [])),
            low=Words(**row.get("low", {})),
            high=Words(**row.get("high", {})),
        )
        for row in document
    ]


def kept(questions: Sequence[Question]) -> list[dict[str, Any]]:
    return [one.kept() for one in questions]


def new_key(taken: Sequence[str], letter: str) -> str:
    """The next key after the highest ever given: a key that was taken out does not come back with another meaning."""
    highest = max((int(key[1:]) for key in taken if key[:1] == letter and key[1:].isdecimal()), default=0)
    return f"{letter}{highest + 1}"


def with_options(question: Question, by_language: Mapping[str, Sequence[str]]) -> Question:
    """The question with its options as lines of text, one list for each language, side by side.

    An option keeps its key when its line stays where it was, or when its text in one of the languages is the same.
    """
    length = max((len(lines) for lines in by_language.values()), default=0)
    standing = list(question.options)
    taken = [one.key for one in standing]
    made: list[Option] = []
    for place in range(length):
        text = Words(**{language: lines[place] for language, lines in by_language.items() if place < len(lines)})
        same = next((one for one in standing if one not in made and _alike(one.text, text)), None)
        if same is None and place < len(question.options) and length == len(question.options):
            same = question.options[place]
        if same is not None and same.key not in {one.key for one in made}:
            key = same.key
        else:
            key = new_key(taken, "a")
            taken.append(key)
        made.append(Option(key, text))
    return replace(question, options=tuple(made))


def _alike(first: Words, second: Words) -> bool:
    return any(
        getattr(first, language) and getattr(first, language) == getattr(second, language) for language in LANGUAGES
    )


@dataclass(frozen=True)
class Problem:
    """What stops publishing, and at which question (empty: of the whole)."""

    key: str
    text: str


def problems(questions: Sequence[Question]) -> Iterator[Problem]:
    """Everything that stops a version from being published."""
    if not questions:
        yield Problem("", str(_("There is no question yet.")))
    for one in questions:
        yield from _problems(one)


def _problems(one: Question) -> Iterator[Problem]:
    names = {"kk": IN_KAZAKH, "ru": IN_RUSSIAN}
    for language in one.text.lacks():
        yield Problem(one.key, str(_("The question is wanting %(language)s.")) % {"language": names[language]})
    if one.kind in WITH_OPTIONS:
        least = 1 if one.kind == Kind.MATRIX else 2
        if len(one.options) < least:
            yield Problem(one.key, str(_("There are too few answers to choose from.")))
        for language in NEEDED:
            if any(not getattr(option.text, language) for option in one.options):
                yield Problem(one.key, str(_("An answer is wanting %(language)s.")) % {"language": names[language]})
    if one.kind in WITH_ENDS:
        for language in NEEDED:
            if not (getattr(one.low, language) and getattr(one.high, language)):
                yield Problem(
                    one.key, str(_("What 1 and 5 mean is wanting %(language)s.")) % {"language": names[language]}
                )
