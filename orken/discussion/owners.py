"""Who owns a thread: an app above registers a kind, and says who reads, who writes, who moderates.

    owners.register("meetings.talk", TalkOwner())

A thread is made by its owner (`services.open_thread`) and asked for by its source. An owner costs a constant
number of queries for a thread, whoever reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from orken.discussion.models import Thread
from orken.people.models import Account, Person


@dataclass(frozen=True)
class Standing:
    """How one reader stands to a thread. `why`: what keeps her from writing, in her language, with the way out."""

    reads: bool = False
    writes: bool = False
    moderates: bool = False
    role: str = ""  # as whom she writes: a word of the owner's `roles`
    why: str | Promise = ""


class Owner(Protocol):
    """What an app above says of its threads."""

    roles: dict[str, str | Promise]
    told: str | Promise  # who reads what is written here: a sentence that stands under the form

    def standing(self, thread: Thread, account: Account) -> Standing: ...

    def readable(self, account: Account, keys: Iterable[str]) -> set[str]:
        """Of these keys those whose threads she reads, in a constant number of queries."""

    def findable(self, keys: Iterable[str]) -> set[str]:
        """Of these keys those whose threads everybody who is signed in reads: their posts stand in the search."""

    def moderators(self, thread: Thread) -> list[Account]: ...

    def hears(self, thread: Thread) -> Iterable[Person]:
        """Who is told of every post without having asked: whoever speaks of it."""


_owners: dict[str, Owner] = {}


def register(kind: str, owner: Owner) -> None:
    _owners[kind] = owner


def of(thread: Thread) -> Owner:
    return _owners[thread.kind]


def kinds() -> dict[str, Owner]:
    return dict(_owners)
