"""What every installation begins with: the norm of an academic hour (domain.md §1.5)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from orken.curriculum.hours import DEFAULT
from orken.curriculum.models import HourNorm

SINCE = date(2000, 1, 1)
RECORDED_AT = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)  # one moment in every installation


def load() -> None:
    """Write the default norm when none stands."""
    if not HourNorm.objects.exists():
        HourNorm.objects.create(
            minutes=DEFAULT.minutes, hours_a_day=DEFAULT.hours_a_day, hours_a_week=DEFAULT.hours_a_week,
            basis=DEFAULT.basis, valid_from=SINCE, recorded_at=RECORDED_AT,
        )  # fmt: skip
