"""What upper apps show on the public page of a programme: its coming runs, opinions of listeners.

    parts.register("runs", coming_runs, order=10)     # coming_runs(request, version) -> SafeString

Calls go downward only, so `curriculum` asks whoever registered from `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from orken.curriculum.models import ProgrammeVersion

Draw = Callable[[HttpRequest, ProgrammeVersion], SafeString]
_parts: dict[str, tuple[int, Draw]] = {}


def register(name: str, draw: Draw, *, order: int) -> None:
    """Add a part; it draws a `<section>` or nothing, in a constant number of queries."""
    _parts[name] = (order, draw)


def drawn(request: HttpRequest, version: ProgrammeVersion) -> list[SafeString]:
    """The parts that have something to show, in order."""
    shown = (draw(request, version) for _, (_, draw) in sorted(_parts.items(), key=lambda part: (part[1][0], part[0])))
    return [part for part in shown if part]
