"""An edited text held against the facts: what contradicts them, what no fact gives, and which facts it tells.

A contradiction is marked with what stands there and what the facts say. A number, a quotation or a name of a person
that no fact gives is only pointed out: an editor may know more than the system. A fact left out is no mistake; the
list of facts shows it.
"""

from __future__ import annotations

from functools import lru_cache

from orken.newsroom.checking.held import CONTRADICTS, UNKNOWN, Remark, Report
from orken.newsroom.checking.names import ByNames
from orken.newsroom.checking.numbers import ByNumbers
from orken.newsroom.checking.phrases import ByPhrases
from orken.newsroom.facts import Event

__all__ = ["CONTRADICTS", "UNKNOWN", "Checker", "Remark", "Report", "check"]


class Checker(ByNames, ByPhrases, ByNumbers):
    """One text against one event. What stands comes first: what it covers is not asked about again."""

    def report(self) -> Report:
        self.phrases()
        self.names()
        self.exchanged()
        self.days()
        self.beside_units()
        self.near_titles()
        self.near_phrases()
        self.numbers()
        self.form()
        self.unknown_quotations()
        self.unknown_names()
        given = list(self.event.given())
        return Report(
            sorted(self.remarks, key=lambda one: (one.start, one.end)),
            [path for path in given if path in self.told], [path for path in given if path not in self.told],
        )  # fmt: skip


@lru_cache(maxsize=256)
def check(text: str, event: Event, language: str) -> Report:
    """Hold `text` (title, lead and paragraphs, one after another) against the facts of `event`.

    Kept for a while: a page asks of three languages, and the way onward asks again.
    """
    return Checker(text, event, language).report()
