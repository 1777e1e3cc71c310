"""What the apps above add to a run: tabs of its desk, and parts of the page that everybody reads.

    run_parts.register_tab("programme", _("Talks"), "meetings:desk", shown=lambda run: …, order=35)
    run_parts.register_part("programme", "meetings/on_run.html", context, order=10)

`shown(run)` asks the database nothing. `context(run, account)` gives the variables of the template, or None when
there is nothing for this reader; it costs a constant number of queries, and none for a run that is not concerned.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from orken.people.models import Account
from orken.training.models import Run

Context = Callable[[Run, "Account | None"], "dict[str, Any] | None"]


@dataclass(frozen=True)
class Tab:
    """A registered tab of the desk; `address` is the name of a page that takes the code of the run."""

    name: str
    label: str | Promise
    address: str
    shown: Callable[[Run], bool]
    order: int


@dataclass(frozen=True)
class Part:
    """A registered part of the public page."""

    name: str
    template: str
    context: Context
    order: int


_tabs: dict[str, Tab] = {}
_parts: dict[str, Part] = {}


def register_tab(
    name: str, label: str | Promise, address: str, *, shown: Callable[[Run], bool], order: int = 100
) -> None:
    _tabs[name] = Tab(name, label, address, shown, order)


def register_part(name: str, template: str, context: Context, *, order: int = 100) -> None:
    _parts[name] = Part(name, template, context, order)


def tabs_of(run: Run) -> list[tuple[str, str | Promise, str]]:
    """Name, label and address of each tab that this run has, in order."""
    ordered = sorted(_tabs.values(), key=lambda one: (one.order, one.name))
    return [(one.name, one.label, reverse(one.address, args=[run.code])) for one in ordered if one.shown(run)]


def parts_of(run: Run, account: Account | None) -> list[tuple[str, dict[str, Any]]]:
    """Template and variables of each part that has something to show, in order."""
    found = []
    for part in sorted(_parts.values(), key=lambda one: (one.order, one.name)):
        context = part.context(run, account)
        if context is not None:
            found.append((part.template, context))
    return found
