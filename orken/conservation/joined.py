"""What becomes of passports of condition when two persons are joined."""

from __future__ import annotations

from orken.people.services import merging


def register() -> None:
    """Her work goes over; a sealed version keeps its text and its seal: its pages were written at the time."""
    for field in ("examiner", "mentor", "approved_by", "issued_by"):
        merging.register("conservation.Passport", field)
