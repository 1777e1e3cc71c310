"""A certificate of earlier years that she claims herself: her methodologist vouches for it or refuses; and what a registrar strikes out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.competencies.models import Domain
from orken.credentials import policy, states
from orken.credentials.models import PastRecord
from orken.credentials.models.past import key_of
from orken.credentials.services import telling
from orken.credentials.services.refusals import Refused
from orken.network.policy import OutOfScope
from orken.people.models import Account

TWICE = gettext_lazy("Your record has this training already: from a paper register, or as a claim of yours.")


@transaction.atomic
def claim(
    *, by: Account, title: str, organiser: str, hours_stated: int, starts_on: date, ends_on: date, evidence: UploadedFile[Any],
    paper: str = "", domain: Domain | None = None,
) -> PastRecord:  # fmt: skip
    """She shows a certificate of earlier years; it counts as provisional, apart, until somebody vouches. Raises FileRefused, Refused."""
    unit = telling.library_of(by.person_id)
    telling.days_in_order(starts_on, ends_on)
    told = telling.said(title=title, organiser=organiser, hours_stated=hours_stated, starts_on=starts_on, ends_on=ends_on, paper=paper, domain=domain)  # fmt: skip
    keys = {"title_key": key_of(told["title"]), "paper_key": key_of(told["paper"])[:100]}
    if not keys["title_key"]:
        raise Refused(_("Write what the training was called."))
    standing = PastRecord.objects.filter(person=by.person_id, state__in=PastRecord.COUNTED, ends_on=ends_on)
    same = Q(title_key=keys["title_key"]) | (Q(paper_key=keys["paper_key"]) & ~Q(paper_key=""))
    if standing.filter(same).exists():
        raise Refused(TWICE)
    kept = telling.keep(evidence, purpose="past.claim", by=by, unit=unit)
    row = PastRecord(person_id=by.person_id, unit=unit, origin=PastRecord.Origin.CLAIM, evidence=kept, by=by, **told, **keys)  # fmt: skip
    try:
        with transaction.atomic():
            telling.sent(row, "past.claimed", by=by, after={"hours": hours_stated, "sha256": kept.sha256})
    except IntegrityError as twice:  # the constraint knows it, whoever else writes at the same moment
        raise Refused(TWICE) from twice
    return row


def _locked(record: PastRecord) -> PastRecord:
    return PastRecord.objects.select_for_update(of=("self",)).select_related("unit", "domain").get(pk=record.pk)


@transaction.atomic
def vouch(*, record: PastRecord, by: Account) -> PastRecord:
    """The methodologist has seen the certificate and vouches: the hours are confirmed, from paper. Raises OutOfScope, WayIsClosed."""
    row = _locked(record)
    policy.require_deciding(by, row)
    return telling.lead(row, states.PAST, "vouch", subject="past", by=by)


@transaction.atomic
def refuse(*, record: PastRecord, reason: str, by: Account) -> PastRecord:
    """It does not count, and she reads why. Raises OutOfScope, WayIsClosed, Refused."""
    row = _locked(record)
    policy.require_deciding(by, row)
    return telling.lead(row, states.PAST, "refuse", subject="past", by=by, reason=telling.why(reason))


@transaction.atomic
def withdraw_claim(*, record: PastRecord, by: Account) -> PastRecord:
    """She takes back what she claimed herself. Raises OutOfScope, WayIsClosed."""
    row = _locked(record)
    if row.person_id != by.person_id or row.origin != PastRecord.Origin.CLAIM:
        raise OutOfScope(f"past record {row.pk}")
    return telling.lead(row, states.PAST, "withdraw", subject="past", by=by)


@transaction.atomic
def strike(*, record: PastRecord, reason: str, by: Account) -> PastRecord:
    """It was a mistake: it counts no more and stays readable with the reason. Raises OutOfScope, WayIsClosed, Refused."""
    row = _locked(record)
    policy.require_striking(by, row)
    return telling.lead(row, states.PAST, "strike", subject="past", by=by, reason=telling.why(reason))
