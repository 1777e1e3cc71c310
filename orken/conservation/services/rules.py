"""The verb of the rules of treatment: a restorer approves a rule, or sends it back to draft, with a reason."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from orken.conservation.models import RuleReview
from orken.conservation.policy import rules as policy
from orken.conservation.selectors import rules as selectors
from orken.conservation.treatment import VERSION
from orken.conservation.treatment.rules import Status
from orken.kit.audit import services as audit
from orken.people.models import Account

VERBS = {Status.APPROVED: "rule.approved", Status.DRAFT: "rule.sent_back"}


class StandsSo(Exception):
    """The rule has this status already: there is nothing to decide."""


def review(*, rule_id: str, status: Status, why: str, by: Account) -> RuleReview:
    """Give a rule another standing, from now on and for everybody. Raises OutOfScope, StandsSo."""
    unit = policy.require_reviewer(by)
    standing = selectors.one(rule_id)
    if standing is None:
        raise ValueError(f"there is no rule {rule_id}")
    if standing.status is status:
        raise StandsSo(rule_id)
    now = timezone.now()
    try:
        with transaction.atomic():
            RuleReview.objects.filter(rule=rule_id, superseded_at=None).update(superseded_at=now)
            made = RuleReview.objects.create(
                rule=rule_id, status=status.value, why=why, version=VERSION, by=by, recorded_at=now
            )
            audit.record(
                VERBS[status], made, by=by, scope_path=unit.path,
                before={"status": standing.status.value}, after={"status": status.value, "why": why},
            )  # fmt: skip
    except IntegrityError as twin:
        raise StandsSo(rule_id) from twin  # another restorer decided at the same moment
    return made
