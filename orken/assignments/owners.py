"""Who owns the place of a work: an app above registers a kind of place, and says who hands in there, who marks, what follows.

owners.register("study.run", Place())
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise

from orken.assignments.models import Assignment, Work
from orken.people.models import Account, Person

Text = str | Promise


@dataclass(frozen=True)
class Seat:
    """Whether somebody may begin here. `why`: what keeps her, with the way out. `opened`: since when the lesson is open;
    `until`: the last day of the place, after which nothing is handed in."""

    sits: bool
    why: Text = ""
    opened: date | None = None
    until: date | None = None


class Owner(Protocol):
    """What an app above says of the places that it owns."""

    def seat(self, key: str, assignment: Assignment, person: Person) -> Seat: ...

    def marks(self, account: Account, keys: Iterable[str]) -> set[str]:
        """Of these keys those where she marks, in a constant number of queries."""

    def markers(self, keys: Iterable[str]) -> Mapping[str, Iterable[Person]]:
        """Who hears that works wait at each of these keys, in a constant number of queries."""

    def titles(self, keys: Iterable[str]) -> Mapping[str, tuple[str, str]]:
        """How each place is called in the reader's language, and its page (without a language)."""

    def closed(self, work: Work) -> None:
        """A work was marked: the owner does what follows from it (inside the transaction)."""


_owners: dict[str, Owner] = {}


def register(kind: str, owner: Owner) -> None:
    _owners[kind] = owner


def of(context: str) -> Owner | None:
    """None: nobody owns such a place (an old address)."""
    return _owners.get(context.partition(":")[0])


def key_of(context: str) -> str:
    return context.partition(":")[2]


def _by_kind(contexts: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for context in contexts:
        kind, _colon, key = context.partition(":")
        if kind in _owners:
            found.setdefault(kind, set()).add(key)
    return found


def titles(contexts: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Names and pages of places of any owner."""
    return {
        f"{kind}:{key}": told
        for kind, keys in _by_kind(contexts).items()
        for key, told in _owners[kind].titles(keys).items()
    }


def markers(contexts: Iterable[str]) -> dict[str, list[Person]]:
    """Whoever is told that works wait, by place."""
    return {
        f"{kind}:{key}": list(people)
        for kind, keys in _by_kind(contexts).items()
        for key, people in _owners[kind].markers(keys).items()
    }


def marked_by(account: Account, contexts: Iterable[str]) -> set[str]:
    """Of these places those where she marks."""
    return {f"{kind}:{key}" for kind, keys in _by_kind(contexts).items() for key in _owners[kind].marks(account, keys)}
