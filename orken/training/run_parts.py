"""What the apps above add to a run: tabs of its desk, other certificates than those of its results, parts of the page that
everybody reads.

    run_parts.register_tab("programme", _("Talks"), "meetings:desk", shown=lambda run: …, order=35)
    run_parts.register_papers("speaking", _("Speakers' certificates"), "meetings:speaking", shown=lambda run: …)
    run_parts.register_part("programme", "meetings/on_run.html", context, shown=lambda run: …, there=condition, order=10)

`shown(run)` asks the database nothing. `context(run, account)` gives the variables of the template, or None when
there is nothing for this reader; it costs a constant number of queries. `there` is a condition on a run (an `Exists`):
whether there is anything at all is asked for all parts in one query, and a part without anything asks nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists
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
    shown: Callable[[Run], bool]
    there: Callable[[], Exists]
    order: int


_tabs: dict[str, Tab] = {}
_papers: dict[str, Tab] = {}
_parts: dict[str, Part] = {}


def register_tab(
    name: str, label: str | Promise, address: str, *, shown: Callable[[Run], bool], order: int = 100
) -> None:
    _tabs[name] = Tab(name, label, address, shown, order)


def register_papers(name: str, label: str | Promise, address: str, *, shown: Callable[[Run], bool]) -> None:
    """Certificates of the run that follow from no result; the page of its certificates leads to them."""
    _papers[name] = Tab(name, label, address, shown, 100)


def register_part(
    name: str,
    template: str,
    context: Context,
    *,
    shown: Callable[[Run], bool],
    there: Callable[[], Exists],
    order: int = 100,
) -> None:
    _parts[name] = Part(name, template, context, shown, there, order)


def tabs_of(run: Run) -> list[tuple[str, str | Promise, str]]:
    """Name, label and address of each tab that this run has, in order."""
    ordered = sorted(_tabs.values(), key=lambda one: (one.order, one.name))
    return [(one.name, one.label, reverse(one.address, args=[run.code])) for one in ordered if one.shown(run)]


def papers_of(run: Run) -> list[tuple[str | Promise, str]]:
    """Label and address of each page of other certificates."""
    return [(one.label, reverse(one.address, args=[run.code])) for one in _papers.values() if one.shown(run)]


def parts_of(run: Run, account: Account | None) -> list[tuple[str, dict[str, Any]]]:
    """Template and variables of each part that has something to show, in order."""
    ordered = [one for one in sorted(_parts.values(), key=lambda one: (one.order, one.name)) if one.shown(run)]
    if not ordered:
        return []
    asked = Run.objects.filter(pk=run.pk).annotate(**{f"there_{n}": part.there() for n, part in enumerate(ordered)})
    (there,) = asked.values_list(*(f"there_{n}" for n in range(len(ordered))))
    found = []
    for part, has in zip(ordered, there, strict=True):
        context = part.context(run, account) if has else None
        if context is not None:
            found.append((part.template, context))
    return found
