"""What the apps above add to a region's public page: who has been trained.

    region_sections.register("coverage", "insights/on_region.html", context, order=10)

`context(region)` gives the variables of the template, or None when there is nothing to show; anybody may read the
page, so it holds only what anybody may know, at a constant number of queries.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orken.network.models import Unit

Context = Callable[[Unit], "dict[str, Any] | None"]


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


def of(region: Unit) -> list[tuple[str, dict[str, Any]]]:
    """Template and variables of each part that has something to show, in order."""
    found = []
    for section in sorted(_sections.values(), key=lambda one: (one.order, one.name)):
        context = section.context(region)
        if context is not None:
            found.append((section.template, context))
    return found
