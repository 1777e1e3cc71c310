"""Exercises inside lessons belong to other apps: whoever owns some registers how they stand and where they are done.

    embeds.register(Exercises())  # and embeds.register(Assignments()): each is asked for the codes that nobody before it knew

A block holds a code and nothing else, so that an exercise goes its own way of versions. As long as nobody is
registered a lesson says that the exercise is not open yet, and no course asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from orken.people.models import Person


@dataclass(frozen=True)
class Exercise:
    """A published exercise as a lesson shows it: its title in three languages."""

    code: str
    title_kk: str
    title_ru: str
    title_en: str


@dataclass(frozen=True)
class Standing:
    """How one learner stands to one exercise: `best` in percent, None before the first try; `address` is its page."""

    code: str
    passed: bool = False
    best: int | None = None
    left: int | None = None  # tries; None: any number
    open: bool = False  # a try is begun and not handed in
    waiting: bool = False  # handed in, and a person has not marked it yet
    address: str = ""
    along: bool = False  # its page is of use without a line: taken along with the course


class Owner(Protocol):
    def stands(self, codes: Collection[str]) -> Mapping[str, Exercise]:
        """Of these codes those that are published."""

    def offered(self) -> Collection[Exercise]:
        """All that are published, for an author who chooses one."""

    def standings(
        self, people: Collection[Person], codes: Collection[str], contexts: Collection[str]
    ) -> Mapping[tuple[int, str, str], Standing]:
        """By person, code and context, in a constant number of queries; a context names the run («study.run:12»)."""


class Owners:
    """All who own exercises, as one. A code is the first one's who knows it; the next are asked for the rest alone."""

    def __init__(self, several: tuple[Owner, ...]) -> None:
        self.several = several

    def stands(self, codes: Collection[str]) -> Mapping[str, Exercise]:
        found: dict[str, Exercise] = {}
        for one in self.several:
            if rest := [code for code in codes if code not in found]:
                found |= one.stands(rest)
        return found

    def offered(self) -> list[Exercise]:
        found = {one.code: one for several in reversed(self.several) for one in several.offered()}
        return [found[code] for code in sorted(found)]

    def standings(
        self, people: Collection[Person], codes: Collection[str], contexts: Collection[str]
    ) -> Mapping[tuple[int, str, str], Standing]:
        found: dict[tuple[int, str, str], Standing] = {}
        known: set[str] = set()
        for one in self.several:
            if rest := [code for code in codes if code not in known]:
                found |= one.standings(people, rest, contexts)
                known = {code for _person, code, _context in found}
        return found


_owners: tuple[Owner, ...] = ()


def register(owner: Owner | Owners | None) -> None:
    """One more owner; None: nobody any more; all of `owner()`: they and nobody else."""
    global _owners
    _owners = () if owner is None else owner.several if isinstance(owner, Owners) else (*_owners, owner)


def owner() -> Owners | None:
    """Everybody who owns exercises; None when nobody does."""
    return Owners(_owners) if _owners else None
