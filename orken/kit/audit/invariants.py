"""Truths that no single constraint can hold: proved every night, and by `orken audit invariants`.

    invariants.register("network.copies", check)

`check()` yields a `Broken` for each row that breaks the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Broken:
    """A row that breaks a rule; `why` is a plain English sentence for the operator."""

    row: str
    why: str


Check = Callable[[], Iterable[Broken]]
_checks: dict[str, Check] = {}


def register(rule: str, check: Check) -> None:
    _checks[rule] = check


def run(*beginnings: str) -> Iterator[tuple[str, list[Broken]]]:
    """Every rule by name with the rows that break it; only those whose names begin so, where that is said."""
    for rule in sorted(one for one in _checks if not beginnings or one.startswith(beginnings)):
        yield rule, list(_checks[rule]())
