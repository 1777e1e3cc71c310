"""Writing the hour ledger: rows are added and superseded, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from orken.competencies.models import Domain
from orken.credentials.models import Activity, Certificate, LedgerRow, OutsideTraining
from orken.kit import bulk
from orken.people.models import Account


def of_certificates(certificates: Sequence[Certificate], *, by: Account | None, at: datetime) -> None:
    """Confirmed hours of certificates that were just issued, a row for each kind of activity."""
    domains = {one.code: one.pk for one in Domain.objects.all()}
    bulk.insert(
        LedgerRow,
        [
            LedgerRow(
                person_id=one.person_id, activity=activity, minutes=minutes, domain_id=domains.get(one.data["domain"]),
                on=one.ends_on, certificate=one, confirmed=True, verifier=by, recorded_at=at,
            )
            for one in certificates
            for activity, minutes in sorted(one.data["by_activity"].items())
        ],
    )  # fmt: skip


def end(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """The hours of certificates that hold no more are counted no more."""
    LedgerRow.objects.filter(certificate__in=[one.pk for one in certificates], superseded_at=None).update(
        superseded_at=at
    )


def of_outside(training: OutsideTraining, *, by: Account | None, at: datetime) -> None:
    """What she sent counts as provisional, what was recognised as confirmed, what was declined or taken back not at all."""
    LedgerRow.objects.filter(outside=training, superseded_at=None).update(superseded_at=at)
    if training.state in (OutsideTraining.State.SENT, OutsideTraining.State.RECOGNISED):
        confirmed = training.state == OutsideTraining.State.RECOGNISED
        LedgerRow.objects.create(
            person_id=training.person_id, activity=Activity.OUTSIDE, minutes=training.minutes, domain=training.domain,
            on=training.ends_on, outside=training, confirmed=confirmed, verifier=by if confirmed else None, recorded_at=at,
        )  # fmt: skip
