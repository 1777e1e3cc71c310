"""What anybody may know of the training of a region, on its public page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from orken.insights.coverage import Question, coverage
from orken.network.models import Unit


def context(region: Unit) -> dict[str, Any] | None:
    """People, trained in the last year and never; nothing where nobody is counted."""
    total = coverage(region, Question(timezone.localdate()), whole=False, below=False).total
    if not total.sums.people:
        return None
    return {
        "code": region.code, "people": total.people, "trained": total.within(1), "share": total.share(1), "never": total.of_class("never"),
        "certificates": total.measure("certificates", 1),
    }  # fmt: skip
