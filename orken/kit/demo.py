"""The demo country: every app adds its part, in order; the same seed gives the same data for ever.

    demo.register("network", build, order=10)

`build(stage)` gets a `Stage`: the random numbers, the frozen moment at which everything was
recorded, and a place where apps leave what the next one needs.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core.management import call_command
from django.db import transaction

from orken.kit.search import services as search

SEED = 1910  # the year the National Library of Kazakhstan counts its history from
# Everything in the demo was written down at this moment; nothing depends on the day of the visit.
RECORDED_AT = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)


@dataclass
class Stage:
    """What the parts of the demo share."""

    random: random.Random = field(default_factory=lambda: random.Random(SEED))
    recorded_at: datetime = RECORDED_AT
    made: dict[str, Any] = field(default_factory=dict)


Build = Callable[[Stage], None]
_parts: dict[str, tuple[int, Build]] = {}


def register(name: str, build: Build, *, order: int) -> None:
    """Add a part; parts run by `order`, then by name."""
    _parts[name] = (order, build)


@transaction.atomic
def make(told: Callable[[str], None] | None = None) -> Stage:
    """Empty the database and make the demo country afresh, in one transaction: the old state or the new.

    `told` hears a line before each part: on an old machine it takes minutes, and silence looks like a fault.
    """
    say = told or (lambda _line: None)
    parts = sorted(_parts.items(), key=lambda part: (part[1][0], part[0]))
    say("emptying the database")
    call_command("flush", interactive=False, verbosity=0, reset_sequences=True)
    search.empty()
    stage = Stage()
    for place, (name, (_order, build)) in enumerate(parts, start=1):
        say(f"{place} of {len(parts)}: {name.replace('_', ' ')}")
        build(stage)
    say("the index of the search")
    search.rebuild()
    return stage
