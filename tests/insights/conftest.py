"""Coverage of the demo country: its columns as the demo left them, and certificates to move its numbers with."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from orken.insights.coverage import Coverage, Question, coverage
from orken.insights.shown import figures
from orken.network.models import Unit
from tests.credentials.conftest import asked, issued

__all__ = ["asked", "issued"]


def covered(code: str, on: date | None = None, known_at: datetime | None = None, **more: int) -> Coverage:
    """Everything of a unit, as whoever sees its people sees it."""
    return coverage(Unit.objects.get(code=code), Question(on or timezone.localdate(), known_at, **more), whole=True)


def numbers(answer: Coverage) -> dict[str, int | None]:
    """The numbers in all, by name."""
    return {one.name: one.value for one in figures(answer.total, answer.question.years)}
