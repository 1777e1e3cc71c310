"""Which document a training gives: a dated row that the centre states for the whole country."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from orken.credentials import policy
from orken.credentials.models import DocumentRule
from orken.credentials.services.refusals import Refused
from orken.kit import history
from orken.kit.audit import services as audit
from orken.people.models import Account

SUBJECT = ("training", "hours_from", "final")


@transaction.atomic
def state_rule(
    *, training: str, hours_from: int, final: bool, hours_below: int | None, kind: str, title_kk: str, title_ru: str, title_en: str,
    basis: str, on: date, by: Account | None,
) -> DocumentRule:  # fmt: skip
    """From the day `on` such a training gives this document; papers that were made keep what they say. Raises OutOfScope."""
    country = policy.require_ruling(by)
    values: dict[str, Any] = {
        "hours_below": hours_below, "kind": kind, "title_kk": title_kk, "title_ru": title_ru, "title_en": title_en, "basis": basis,
    }  # fmt: skip
    subject = {"training": training, "hours_from": hours_from, "final": final}
    row: DocumentRule | None = history.state(DocumentRule.objects.all(), subject=subject, values=values, valid_from=on)
    assert row is not None
    audit.record("certificate.rule_stated", row, by=by, scope_path=country.path, note=basis, after={"kind": kind, "on": str(on), **subject})  # fmt: skip
    return row


@transaction.atomic
def end_rule(*, rule: DocumentRule, on: date, basis: str, by: Account | None) -> None:
    """From the day `on` the rule holds no more: a more general one stands, or no document is given. Raises OutOfScope, Refused."""
    country = policy.require_ruling(by)
    rule = DocumentRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
    if rule.superseded_at is not None or (rule.valid_to is not None and rule.valid_to <= on):
        raise Refused(_("This rule has ended already. Open the list again."))
    subject = {name: getattr(rule, name) for name in SUBJECT}
    history.state(DocumentRule.objects.all(), subject=subject, values=None, valid_from=on)
    audit.record("certificate.rule_ended", rule, by=by, scope_path=country.path, note=basis, after={"kind": rule.kind, "on": str(on), **subject})  # fmt: skip
