"""What anybody may know of the training of a region, on its public page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from orken.insights.coverage import PEOPLE, Question, coverage
from orken.insights.shown import figures
from orken.network.models import Unit

SHOWN = (PEOPLE, "in-1", "never", "certificates")


def context(region: Unit) -> dict[str, Any] | None:
    """People, trained in the last year and never; nothing where nobody is counted."""
    total = coverage(region, Question(timezone.localdate()), whole=False, below=False).total
    if not total.sums.people:
        return None
    return {"code": region.code, "total": [one for one in figures(total, 1) if one.name in SHOWN]}
