"""What the apps above add to a person's page: hours, certificates, obligations, evidence.

    person_sections.register("hours", "credentials/person_hours.html", context, order=20)

`context(person, reader)` gives the variables of the template, or None when there is nothing for this
reader; it costs a constant number of queries. The page has asked already whether she may be seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orken.people.models import Account, Person

Context = Callable[[Person, Account], "dict[str, Any] | None"]


@dataclass(frozen=True)
class Section:
    """A registered part of the page."""

    name: str
    template: str
    context: Context
    order: int


_sections: dict[str, Section] = {}


def register(name: str, template: str, context: Context, *, order: int = 100) -> None:
    _sections[name] = Section(name, template, context, order)


def unregister(name: str) -> None:
    _sections.pop(name, None)


def of(person: Person, reader: Account) -> list[tuple[str, dict[str, Any]]]:
    """Template and variables of each part that has something to show, in order."""
    found = []
    for section in sorted(_sections.values(), key=lambda one: (one.order, one.name)):
        context = section.context(person, reader)
        if context is not None:
            found.append((section.template, context))
    return found
