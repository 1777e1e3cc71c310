"""Training that was held outside: she sends its paper, the methodologist of her region vouches for it or declines."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from orken.competencies.models import Domain
from orken.credentials import policy, states
from orken.credentials.models import OutsideTraining
from orken.credentials.services import telling
from orken.credentials.services.refusals import Refused
from orken.network.policy import OutOfScope
from orken.people.models import Account


@transaction.atomic
def send_outside(
    *, by: Account, title: str, organiser: str, hours_stated: int, starts_on: date, ends_on: date, evidence: UploadedFile[Any],
    paper: str = "", domain: Domain | None = None,
) -> OutsideTraining:  # fmt: skip
    """She sends the paper of a training; it counts as provisional until somebody vouches. Raises FileRefused, Refused."""
    unit = telling.library_of(by.person_id)
    telling.days_in_order(starts_on, ends_on)
    same = OutsideTraining.objects.filter(person=by.person_id, title__iexact=title.strip(), starts_on=starts_on, state__in=OutsideTraining.COUNTED)  # fmt: skip
    if same.exists():
        raise Refused(_("You have sent this training already."))
    kept = telling.keep(evidence, purpose="outside.training", by=by, unit=unit)
    told = telling.said(title=title, organiser=organiser, hours_stated=hours_stated, starts_on=starts_on, ends_on=ends_on, paper=paper, domain=domain)  # fmt: skip
    row = OutsideTraining(person_id=by.person_id, unit=unit, evidence=kept, by=by, **told)
    telling.sent(row, "outside.sent", by=by, after={"hours": hours_stated, "sha256": kept.sha256})
    return row


def _locked(training: OutsideTraining) -> OutsideTraining:
    return OutsideTraining.objects.select_for_update(of=("self",)).select_related("unit", "domain").get(pk=training.pk)


@transaction.atomic
def recognise(*, training: OutsideTraining, by: Account) -> OutsideTraining:
    """The methodologist has seen the paper and vouches: the hours are confirmed. Raises OutOfScope, WayIsClosed."""
    row = _locked(training)
    policy.require_vouching(by, row)
    return telling.lead(row, states.OUTSIDE, "recognise", subject="outside", by=by)


@transaction.atomic
def decline(*, training: OutsideTraining, reason: str, by: Account) -> OutsideTraining:
    """It does not count, and she reads why. Raises OutOfScope, WayIsClosed, Refused."""
    row = _locked(training)
    policy.require_vouching(by, row)
    return telling.lead(row, states.OUTSIDE, "decline", subject="outside", by=by, reason=telling.why(reason))


@transaction.atomic
def withdraw(*, training: OutsideTraining, by: Account) -> OutsideTraining:
    """She takes back what she sent herself. Raises OutOfScope, WayIsClosed."""
    row = _locked(training)
    if row.person_id != by.person_id:
        raise OutOfScope(f"outside training {row.pk}")
    return telling.lead(row, states.OUTSIDE, "withdraw", subject="outside", by=by)
