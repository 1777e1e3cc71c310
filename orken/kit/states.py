"""States and the ways between them: one table for each model.

The table drives the buttons, bulk actions, the verbs' own check, tests and the diagram in docs/states/.
A condition answers None when it holds, or the reason in the reader's language when it does not; so
every way that is closed can say why.

    RUN = States("run", Run.State, [Way("confirm", _("Confirm"), ("tentative",), "confirmed", conditions=(has_dates,)), …])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise

Text = str | Promise
Condition = Callable[[Any], Text | None]


class WayIsClosed(Exception):
    """The object cannot take this way now; `reasons` say why, for the reader."""

    def __init__(self, way: str, reasons: Sequence[Text]) -> None:
        super().__init__(way)
        self.way = way
        self.reasons = list(reasons)


@dataclass(frozen=True)
class Way:
    """One transition: its name (a verb), the word on the button, from which states to which.

    `target` None means that the verb itself settles it. `needs_reason`: who takes it must say why.
    """

    name: str
    label: Text
    sources: tuple[str, ...]
    target: str | None
    conditions: tuple[Condition, ...] = ()
    actor: str = ""
    needs_reason: bool = False
    grave: bool = False

    def reasons(self, row: Any) -> list[Text]:
        """Why `row` cannot take it now, apart from its state; empty when it can."""
        return [reason for condition in self.conditions if (reason := condition(row)) is not None]


@dataclass(frozen=True)
class Open:
    """A way from where a row stands: `reasons` is empty when it can be taken now."""

    way: Way
    reasons: list[Text]


@dataclass(frozen=True)
class States:
    """The states of one model and the ways between them."""

    name: str
    choices: type[TextChoices]
    ways: Sequence[Way]
    first: str
    field: str = "state"

    def way(self, name: str) -> Way:
        return next(way for way in self.ways if way.name == name)

    def from_here(self, row: Any) -> Iterator[Open]:
        """Every way that begins at the row's state, with the reasons that close it."""
        standing = getattr(row, self.field)
        for way in self.ways:
            if standing in way.sources:
                yield Open(way, way.reasons(row))

    def check(self, row: Any, name: str) -> Way:
        """The way `name` for `row`. Raises WayIsClosed with the reasons."""
        way = self.way(name)
        if getattr(row, self.field) not in way.sources:
            raise WayIsClosed(name, [self.choices(getattr(row, self.field)).label])
        if reasons := way.reasons(row):
            raise WayIsClosed(name, reasons)
        return way

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, in the order it is written."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.first}"]
        for way in self.ways:
            for source in way.sources:
                target = way.target or source
                mark = f"{way.name}, with a reason" if way.needs_reason else way.name
                lines.append(f"    {source} --> {target}: {mark}")
        left = {source for way in self.ways for source in way.sources}
        lines += [f"    {value} --> [*]" for value in self.choices.values if value not in left]
        return "\n".join(lines)
