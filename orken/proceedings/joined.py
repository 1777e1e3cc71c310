"""What becomes of what somebody watched when two persons are joined."""

from __future__ import annotations

from orken.people.services import merging


def register() -> None:
    """Every stretch goes over: watched by both, a second counts once all the same."""
    merging.register("proceedings.Stretch", "person")
