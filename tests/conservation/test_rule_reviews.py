"""A restorer decides on the rules of treatment; what she decides judges from then on, and is told to everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from orken.conservation.kinds.treatment import PlanTreatment
from orken.conservation.models import RuleReview
from orken.conservation.selectors import rules as selectors
from orken.conservation.services import rules as services
from orken.conservation.treatment import RULES
from orken.conservation.treatment.rules import Status
from orken.kit.audit.models import AuditEvent
from orken.network.policy import OutOfScope
from orken.people.models import Account

pytestmark = pytest.mark.django_db
Accounts = Callable[[str], Account]
Browse = Callable[[str], Client]
DRAFT = next(rule.id for rule in RULES.values() if rule.status is Status.DRAFT)
WITHOUT_BOX: dict[str, object] = {
    "steps": [{"id": step, "material": "", "values": {}} for step in ("T01", "T02", "T41", "T44", "T45")]
}


def verdict() -> float:
    kind = PlanTreatment()
    return kind.judge({"case": "quiet-newspaper"}, kind.parse(WITHOUT_BOX)).score


def test_a_rule_sent_back_to_draft_costs_nobody_a_mark(account: Accounts) -> None:
    before = verdict()
    assert before < 100, "a plan without a box breaks R-008"
    services.review(rule_id="R-008", status=Status.DRAFT, why="Толық мәтіні қаралуда", by=account("national"))
    assert verdict() > before
    services.review(rule_id="R-008", status=Status.APPROVED, why="ГОСТ 7.50-2002, 6.4", by=account("national"))
    assert verdict() == before
    live = RuleReview.objects.filter(rule="R-008", superseded_at=None)
    assert [one.status for one in live] == ["approved"] and RuleReview.objects.filter(rule="R-008").count() == 2


def test_a_draft_rule_is_approved_on_its_page(browse: Browse, account: Accounts) -> None:
    page = reverse("conservation:rule", args=[DRAFT])
    keeper = browse("national")
    assert 'name="why"' in keeper.get(page).content.decode()
    nothing = keeper.post(page, {"status": "approved", "why": " "})
    assert nothing.status_code == 422 and not RuleReview.objects.exists()
    assert keeper.post(page, {"status": "approved", "why": "Реставраторлар кеңесі, 3-хаттама"}).status_code == 302
    found = selectors.one(DRAFT)
    assert found is not None and found.status is Status.APPROVED and found.by == str(account("national"))
    assert "3-хаттама" in browse("village").get(page).content.decode()
    row = AuditEvent.objects.get(verb="rule.approved")
    assert row.before == {"status": "draft"} and row.after["why"] == "Реставраторлар кеңесі, 3-хаттама"
    keeper.post(page, {"status": "approved", "why": "тағы"})
    assert RuleReview.objects.filter(rule=DRAFT).count() == 1


@pytest.mark.parametrize("login", ["village", "pavlodar", "trainer", "director", "curator"])
def test_only_restorers_of_the_school_decide(login: str, browse: Browse, account: Accounts) -> None:
    page = reverse("conservation:rule", args=[DRAFT])
    opened = browse(login).get(page)
    assert opened.status_code == 200 and 'name="why"' not in opened.content.decode()
    assert browse(login).post(page, {"status": "approved", "why": "мен келісемін"}).status_code == 404
    with pytest.raises(OutOfScope):
        services.review(rule_id=DRAFT, status=Status.APPROVED, why="мен келісемін", by=account(login))
    assert not RuleReview.objects.exists()


def test_a_rule_has_one_standing_and_every_decision_a_reason(account: Accounts) -> None:
    services.review(rule_id=DRAFT, status=Status.APPROVED, why="негіз", by=account("national"))
    row = RuleReview.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleReview.objects.create(rule=DRAFT, status="draft", why="x", version="1", by=row.by)
    for bad in ({"why": ""}, {"status": "law"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RuleReview.objects.filter(pk=row.pk).update(**bad)


def test_a_rule_that_is_not_there_has_no_page(browse: Browse) -> None:
    assert browse("national").get(reverse("conservation:rule", args=["R-999"])).status_code == 404
