"""Kinds of letters: what an app may tell a person, in three languages, with the facts it needs.

    notices.register(Kind("role.given", texts, placeholders, title=_("A role was given"), compulsory=True))

The texts in code are the defaults; the centre may write others (models.LetterText). A placeholder
stands in braces: {unit}. {name} is always there: how the person is greeted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from orken.kit.i18n.content import LANGUAGES, ORDER
from orken.kit.i18n.dates import short_date
from orken.kit.i18n.numbers import number
from orken.people.models import Account

PLACEHOLDER = re.compile(r"\{(\w+)\}")
BRACE = re.compile(r"[{}]")
NAME = "name"
HIDDEN = "••••"


@dataclass(frozen=True)
class Text:
    """Subject and body of a letter in one language, with placeholders."""

    subject: str
    body: str

    def placeholders(self) -> set[str]:
        return set(PLACEHOLDER.findall(f"{self.subject}\n{self.body}"))

    def filled(self, said: Mapping[str, str]) -> Text:
        """The text with every placeholder replaced by what stands in `said`; nothing in a fact is read as one."""

        def fill(text: str) -> str:
            return PLACEHOLDER.sub(lambda match: said[match[1]], text)

        return Text(" ".join(fill(self.subject).split()), fill(self.body))


@dataclass(frozen=True)
class Placeholder:
    """A fact of the letter: what it is, and an example for the preview (a text, or one by language)."""

    label: str | Promise
    sample: Any


class BadText(Exception):
    """A text that would send nonsense; the reasons are for whoever wrote it."""

    def __init__(self, unknown: set[str], missing: set[str], braces: bool) -> None:
        super().__init__(sorted(unknown), sorted(missing), braces)
        self.unknown, self.missing, self.braces = unknown, missing, braces


def everybody(account: Account) -> bool:
    """Such a letter may come to anybody."""
    return True


@dataclass(frozen=True)
class Kind:
    """One kind of letter.

    `compulsory` cannot be switched off; `urgent` waits for no morning and no digest. A `secret`
    placeholder stands only in the letter on its way, never in what is kept. `concerns` says whether
    such a letter can come to somebody at all: a wish about another is not asked of her.
    """

    code: str
    texts: Mapping[str, Text]
    placeholders: Mapping[str, Placeholder] = field(default_factory=dict)
    title: str | Promise = ""
    compulsory: bool = False
    urgent: bool = False
    secret: frozenset[str] = frozenset()
    concerns: Callable[[Account], bool] = everybody

    def judge(self, text: Text) -> None:
        """Raises BadText when a placeholder is unknown, a needed one is lacking, or a brace stands alone."""
        used = text.placeholders()
        known = {NAME, *self.placeholders}
        lone = bool(BRACE.search(PLACEHOLDER.sub("", f"{text.subject}\n{text.body}")))
        if used - known or self.secret - used or lone or not text.subject.strip() or not text.body.strip():
            raise BadText(used - known, set(self.secret - used), lone)


kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make `kind` known. A kind without a language or with a wrong placeholder stops the start."""
    lacking = set(LANGUAGES) - set(kind.texts)
    if lacking:
        raise ValueError(f"{kind.code} has no text in {', '.join(sorted(lacking))}")
    if kind.secret and not kind.urgent:
        raise ValueError(f"{kind.code} holds a secret, so it cannot wait for a morning")
    for text in kind.texts.values():
        kind.judge(text)
    kinds[kind.code] = kind
    return kind


def said(value: Any, language: str) -> str:
    """A fact in the words of a language: a date, a number, a text, or a mapping of texts by language."""
    if isinstance(value, Mapping):
        return next((str(value[code]) for code in ORDER[language] if value.get(code)), "")
    if isinstance(value, datetime):
        here = timezone.localtime(value)
        return f"{short_date(here, language)}, {here:%H:%M}"
    if isinstance(value, date):
        return short_date(value, language)
    if isinstance(value, int):
        return number(value)
    return str(value)


def ordered() -> Iterable[Kind]:
    return [kinds[code] for code in sorted(kinds)]
