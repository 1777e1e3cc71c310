"""What an author sees."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from orken.assignments.models import Assignment
from orken.network.policy import Scope
from orken.questions.selectors import issuers

__all__ = ["editable", "issuers"]


def editable(scope: Scope) -> QuerySet[Assignment]:
    """Assignments of her scope with how many works were handed in."""
    rows = Assignment.objects.filter(scope.q("unit__path")).select_related("unit", "draft", "published")
    return rows.annotate(handed_in=Count("works__handed_at")).order_by("code")
