"""Training that was held outside: she sends its paper, the methodologist of her region vouches for it or declines."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.competencies.models import Domain
from orken.credentials import hours, policy, states
from orken.credentials.models import OutsideTraining
from orken.credentials.services import ledger
from orken.credentials.services.refusals import Refused
from orken.kit.audit import services as audit
from orken.kit.files import services as files
from orken.network.models import Appointment
from orken.network.policy import OutOfScope
from orken.people.models import Account

EVIDENCE = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})
LARGEST = 10 * files.MB
T = OutsideTraining.State


@transaction.atomic
def send_outside(
    *, by: Account, title: str, organiser: str, hours_stated: int, starts_on: date, ends_on: date, evidence: UploadedFile[Any],
    paper: str = "", domain: Domain | None = None,
) -> OutsideTraining:  # fmt: skip
    """She sends the paper of a training; it counts as provisional until somebody vouches. Raises FileRefused, Refused."""
    post = (
        Appointment.objects.at()
        .filter(person=by.person_id)
        .select_related("unit")
        .order_by("-employment", "pk")
        .first()
    )
    if post is None:
        raise Refused(_("You hold no post in a library today, so nobody can vouch for it."))
    if not starts_on <= ends_on <= timezone.localdate():
        raise Refused(_("The training ended on its first day or later, and not after today."))
    same = OutsideTraining.objects.filter(person=by.person_id, title__iexact=title.strip(), starts_on=starts_on, state__in=[T.SENT, T.RECOGNISED])  # fmt: skip
    if same.exists():
        raise Refused(_("You have sent this training already."))
    kept = files.store(upload=evidence, purpose="outside.training", by_id=by.pk, scope_path=post.unit.path, allowed=EVIDENCE, most=LARGEST)  # fmt: skip
    row = OutsideTraining(
        person_id=by.person_id, unit=post.unit, title=" ".join(title.split())[:300], organiser=" ".join(organiser.split())[:300],
        hours=hours_stated, minutes=hours_stated * hours.norm_on(ends_on), starts_on=starts_on, ends_on=ends_on,
        paper=" ".join(paper.split())[:100], domain=domain, evidence=kept, by=by,
    )  # fmt: skip
    row.save()
    ledger.of_outside(row, by=None, at=timezone.now())
    audit.record(
        "outside.sent", row, by=by, scope_path=post.unit.path, after={"hours": hours_stated, "sha256": kept.sha256}
    )
    return row


def _locked(training: OutsideTraining) -> OutsideTraining:
    return OutsideTraining.objects.select_for_update(of=("self",)).select_related("unit", "domain").get(pk=training.pk)


def _lead(row: OutsideTraining, way: str, by: Account, reason: str = "") -> OutsideTraining:
    target = states.OUTSIDE.check(row, way).target
    assert target is not None
    now = timezone.now()
    before, row.state, row.reason = row.state, target, reason
    if way != "withdraw":
        row.decided_by, row.decided_at = by, now
    row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    ledger.of_outside(row, by=by, at=now)
    audit.record(f"outside.{row.state}", row, by=by, scope_path=row.unit.path, before={"state": before}, after={"state": row.state} | ({"reason": reason} if reason else {}))  # fmt: skip
    return row


@transaction.atomic
def recognise(*, training: OutsideTraining, by: Account) -> OutsideTraining:
    """The methodologist has seen the paper and vouches: the hours are confirmed. Raises OutOfScope, WayIsClosed."""
    row = _locked(training)
    policy.require_vouching(by, row)
    return _lead(row, "recognise", by)


@transaction.atomic
def decline(*, training: OutsideTraining, reason: str, by: Account) -> OutsideTraining:
    """It does not count, and she reads why. Raises OutOfScope, WayIsClosed, Refused."""
    row = _locked(training)
    policy.require_vouching(by, row)
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise Refused(_("Say why: she will read it."))
    return _lead(row, "decline", by, reason)


@transaction.atomic
def withdraw(*, training: OutsideTraining, by: Account) -> OutsideTraining:
    """She takes back what she sent herself. Raises OutOfScope, WayIsClosed."""
    row = _locked(training)
    if row.person_id != by.person_id:
        raise OutOfScope(f"outside training {row.pk}")
    return _lead(row, "withdraw", by)
