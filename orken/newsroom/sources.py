"""Where facts come from: whoever owns an object says how it becomes an event. The newsroom knows none of them by name.

sources.register(Runs())     # from AppConfig.ready() of a lower app's reader, or of an app beside us
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise

from orken.network.models import Unit
from orken.network.policy import Scope
from orken.newsroom.facts import Event


@dataclass(frozen=True)
class Offer:
    """Something that news can be written of: its mark within its source, what it is called, when it was, whose it is."""

    mark: str
    label: str
    detail: str
    on: date
    unit: Unit


class Source(Protocol):
    """An owner of facts."""

    @property
    def name(self) -> str:
        """Stands before the mark of its objects: «run» of «run:NL-2026-03»; never changes."""

    @property
    def label(self) -> str | Promise:
        """What its objects are called at the desk."""

    def offers(self, scope: Scope, query: str) -> Iterable[Offer]:
        """What was held in `scope`, the newest first, fifty at most; `query` is a part of its name."""

    def offer(self, mark: str) -> Offer | None:
        """The one with this mark; None when there is none."""

    def facts(self, mark: str) -> Event:
        """What is known of it now."""

    def address(self, mark: str) -> str:
        """Its page for readers; empty when it has none."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.name] = source


def registered() -> list[Source]:
    return [_sources[name] for name in sorted(_sources)]


def find(source: str) -> tuple[Source, str] | None:
    """The owner and the mark of «run:NL-2026-03»; None when nobody owns such."""
    name, _colon, mark = source.partition(":")
    owner = _sources.get(name)
    return (owner, mark) if owner is not None and mark else None
