"""Grading records as they come from people: read, check, describe, grade. The one door for pages, commands and kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from orken.cataloguing import checker, codecs, profiles
from orken.cataloguing.calibration import Agreement, agreement
from orken.cataloguing.elements import Description, describe
from orken.cataloguing.grading import ElementScore, Expert, Marked, Terms, grade
from orken.cataloguing.grading.comparing import text
from orken.cataloguing.profiles import Profile
from orken.cataloguing.record import Record
from orken.cataloguing.tasks import material


def expert(record: Record, profile: Profile) -> Expert:
    """An expert's record made ready: elements and the checker's messages about it."""
    return Expert(describe(record, profile.code), tuple(checker.check(record, profile)))


@lru_cache(maxsize=256)
def experts_of(code: str, format: str, seed: int = 0) -> tuple[Expert, ...]:
    """The experts of a book of the school, ready to grade by. Raises KeyError."""
    return tuple(expert(record, profiles.get(format)) for record in material.experts(code, format, seed))


def mark(record: Record, profile: Profile, experts: Sequence[Expert], terms: Terms | None = None) -> Marked:
    """Grade `record`, read by `profile`, against `experts`, who may have worked in another format."""
    issues = tuple(checker.check(record, profile))
    return grade(describe(record, profile.code), experts, issues=issues, terms=terms)


@lru_cache(maxsize=256)
def agreement_of(code: str, format: str) -> Agreement:
    """How the experts of a book agree in `format`."""
    return agreement(experts_of(code, format))


# --- many records at once: ten records of an examination, a file of one's own ---


@dataclass(frozen=True)
class Graded:
    """One record of a file with its mark; none when no expert has described the same book."""

    number: int
    record: Record
    format: str
    experts: int
    marked: Marked | None

    @property
    def title(self) -> str:
        found = describe(self.record, self.format)["title"]
        return found[0].shown if found else self.record.identifier

    @property
    def text(self) -> str:
        """The record as people type it."""
        return codecs.dumps(self.record, "mrk").decode("utf-8", errors="replace")

    @property
    def worst(self) -> ElementScore | None:
        """The element that cost most."""
        if self.marked is None:
            return None
        dearest = max(self.marked.elements, key=lambda one: one.points, default=None)
        return dearest if dearest is not None and dearest.points > 0.05 else None


def keys_of(description: Description) -> frozenset[tuple[str, ...]]:
    """By what two records are known to describe one book: a standard number, or title and date together."""
    numbers = {("number", value.text) for value in description["number"]}
    dates = [value.text for value in (*description["coded_date"], *description["date"])]
    titles = {("title", value.text, date) for value in description["title"] for date in dates}
    return frozenset(numbers | titles)


SAME_TITLE = 0.6  # less like than this is another title: the bar of the key element


def _by_title(description: Description, experts: Sequence[Expert]) -> list[Expert]:
    """Experts of the book whose title is most like, for a record whose number and title both have slips."""
    if not description["title"]:
        return []
    own = description["title"][0].text
    likeness = [(text(own, one.description["title"][0].text), one) for one in experts if one.description["title"]]
    best = max((like for like, _one in likeness), default=0.0)
    found: list[Expert] = []
    for like, one in likeness:
        if like == best >= SAME_TITLE and one not in found:
            found.append(one)
    return found


def school_experts(format: str) -> tuple[Expert, ...]:
    """The experts of every book of the school in one format."""
    return tuple(one for book in material.books() for one in experts_of(book.code, format))


def mark_many(
    records: Sequence[tuple[int, Record]], pool: Callable[[str], Sequence[Expert]], profile: Callable[[str], Profile]
) -> list[Graded]:
    """Grade each record against the experts of the pool who described the same book. `pool` is asked by format."""
    found = []
    shelves: dict[str, dict[tuple[str, ...], list[Expert]]] = {}
    for number, record in records:
        format = profiles.detect(record)
        if format not in shelves:
            shelf = shelves[format] = {}
            for expert in pool(format):
                for key in keys_of(expert.description):
                    shelf.setdefault(key, []).append(expert)
        described = describe(record, format)
        same: list[Expert] = []
        for key in sorted(keys_of(described)):
            same += [one for one in shelves[format].get(key, []) if one not in same]
        same = same or _by_title(described, [one for shelf in shelves[format].values() for one in shelf])
        marked = mark(record, profile(format), same) if same else None
        found.append(Graded(number, record, format, len(same), marked))
    return found
