"""What the apps above add to the page that a guest, or a speaker without an account, opens by her link.

    guest_parts.register("live_room/on_guest.html", context)

`context(run, address)` gives the variables of the template, or None when there is nothing for her; `address` is the address
of her own page, under which everything lies that her link opens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from orken.training.models import Run

Context = Callable[[Run, str], "dict[str, Any] | None"]
_parts: dict[str, Context] = {}


def register(template: str, context: Context) -> None:
    _parts[template] = context


def parts_of(run: Run, address: str) -> list[tuple[str, dict[str, Any]]]:
    found = ((template, context(run, address)) for template, context in sorted(_parts.items()))
    return [(template, context) for template, context in found if context is not None]
