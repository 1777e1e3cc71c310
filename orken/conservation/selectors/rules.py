"""The rules as they stand today: the first set with what restorers decided since."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet
from django.utils import timezone

from orken.conservation.models import RuleReview
from orken.conservation.treatment import RULES, Rule
from orken.conservation.treatment.rules import Status


def standing() -> tuple[Rule, ...]:
    """Every rule with its status of today, in the order of the set."""
    live = {row.rule: row for row in RuleReview.objects.filter(superseded_at=None).select_related("by__person")}
    return tuple(_reviewed(rule, live.get(rule.id)) for rule in RULES.values())


def _reviewed(rule: Rule, review: RuleReview | None) -> Rule:
    if review is None:
        return rule
    return replace(
        rule, status=Status(review.status), by=str(review.by), on=timezone.localtime(review.recorded_at).date()
    )


def one(rule_id: str) -> Rule | None:
    """A rule as it stands today."""
    return next((rule for rule in standing() if rule.id == rule_id), None)


def reviews(rule_id: str) -> QuerySet[RuleReview]:
    """Every decision on a rule, the newest first."""
    return RuleReview.objects.filter(rule=rule_id).select_related("by__person").order_by("-pk")
