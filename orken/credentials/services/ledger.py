"""Writing the hour ledger: rows are added and superseded, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from orken.competencies.models import Domain
from orken.credentials.models import Activity, Certificate, LedgerRow, PastRecord, Told
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
            if one.person_id is not None  # a guest who spoke has learned nothing here
            for activity, minutes in sorted(one.data["by_activity"].items())
        ],
    )  # fmt: skip


def end(certificates: Sequence[Certificate], *, at: datetime) -> None:
    """The hours of certificates that hold no more are counted no more."""
    LedgerRow.objects.filter(certificate__in=[one.pk for one in certificates], superseded_at=None).update(
        superseded_at=at
    )


def of_told(rows: Sequence[Told], *, at: datetime) -> None:
    """What was sent counts as provisional, what somebody confirmed as confirmed by her, what ended not at all.

    Rows of one kind: training held elsewhere, or past records, whose hours are «from paper».
    """
    if not rows:
        return
    link, activity = ("past", Activity.PAPER) if isinstance(rows[0], PastRecord) else ("outside", Activity.OUTSIDE)
    standing = LedgerRow.objects.filter(**{f"{link}__in": [one.pk for one in rows]}, superseded_at=None)
    standing.update(superseded_at=at)
    bulk.insert(
        LedgerRow,
        [
            LedgerRow(
                person_id=one.person_id, activity=activity, minutes=one.minutes, domain_id=one.domain_id, on=one.ends_on,
                confirmed=one.state == one.CONFIRMED, verifier=one.decided_by if one.state == one.CONFIRMED else None,
                recorded_at=at, **{link: one},
            )
            for one in rows
            if one.state in one.COUNTED
        ],
    )  # fmt: skip
