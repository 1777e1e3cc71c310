"""Who owns a sitting: an app above registers a kind of place, and says who sits there, who marks, what is told when it is done.

    owners.register("study.lesson", LessonOwner())

`attempts` itself registers «training.run»: whoever has a seat in the run (of_runs.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from orken.attempts.models import Attempt
from orken.people.models import Account, Person
from orken.questions.models import Exercise

Text = str | Promise


@dataclass(frozen=True)
class Seat:
    """Whether somebody may begin here. `why`: what keeps her, in her language, with the way out."""

    sits: bool
    why: Text = ""


class Owner(Protocol):
    """What an app above says of the places that it owns."""

    def seat(self, key: str, exercise: Exercise, person: Person) -> Seat: ...

    def marks(self, account: Account, keys: Iterable[str]) -> set[str]:
        """Of these keys those where she marks and sees who answered what, in a constant number of queries."""

    def titles(self, keys: Iterable[str]) -> Mapping[str, tuple[str, str]]:
        """How each place is called in the reader's language, and its page (without a language); two queries at most."""

    def closed(self, attempt: Attempt) -> None:
        """A sitting was closed or marked: the owner does what follows from it (inside the transaction)."""


_owners: dict[str, Owner] = {}


def register(kind: str, owner: Owner) -> None:
    _owners[kind] = owner


def of(context: str) -> Owner | None:
    """None: nobody owns such a place (an old address)."""
    return _owners.get(context.partition(":")[0])


def kinds() -> dict[str, Owner]:
    return dict(_owners)


def titles(contexts: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Names and pages of places of any owner."""
    found: dict[str, tuple[str, str]] = {}
    by_kind: dict[str, set[str]] = {}
    for context in contexts:
        kind, _colon, key = context.partition(":")
        by_kind.setdefault(kind, set()).add(key)
    for kind, keys in by_kind.items():
        if kind in _owners:
            found |= {f"{kind}:{key}": told for key, told in _owners[kind].titles(keys).items()}
    return found


def marked_by(account: Account, contexts: Iterable[str]) -> set[str]:
    """Of these places those where she marks."""
    by_kind: dict[str, set[str]] = {}
    for context in contexts:
        kind, _colon, key = context.partition(":")
        by_kind.setdefault(kind, set()).add(key)
    return {
        f"{kind}:{key}" for kind, keys in by_kind.items() if kind in _owners for key in _owners[kind].marks(account, keys)
    }  # fmt: skip
