"""Asking for the certificates of a run: whoever issues chooses among those who passed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from orken.credentials import policy as issuing
from orken.credentials import services as credentials
from orken.credentials.background import start_preparing
from orken.credentials.models import Batch, Prefix
from orken.credentials.services.preparing import prefix_for
from orken.people.models import Account
from orken.training.certifying import rows
from orken.training.models import Run


def prefix_of(account: Account, run: Run) -> Prefix | None:
    """Under which prefix she issues the certificates of this run; None when that is not hers to do, or nothing is set."""
    try:
        prefix = prefix_for(rows.unit_of(run))
    except credentials.NoPrefix:
        return None
    return prefix if issuing.issues(account, prefix.issuer) else None


@transaction.atomic
def certify(
    *, run: Run, enrolments: Collection[int], dated_on: date, signed: list[dict[str, dict[str, str]]], by: Account | None, order: str = "",
    ordered_on: date | None = None, latin: bool = False,
) -> Batch:  # fmt: skip
    """Prepare certificates for these enrolments in the background. Raises OutOfScope, credentials.Refused.

    Only a confirmed sheet gives certificates, and only to those whom it says to have passed.
    """
    confirmed = rows.confirmed_on(run)
    if confirmed is None:
        raise credentials.Refused(_("The result sheet of this run is not confirmed yet."))
    if dated_on < confirmed:
        raise credentials.Refused(_("A certificate is not dated before its result sheet."))
    chosen = [one for one in rows.candidates(run) if one.result.enrolment_id in enrolments and one.certificate is None]
    said = rows.common(run, dated_on=dated_on, signed=signed, order=order, ordered_on=ordered_on, latin=latin)
    titles = {code: getattr(run, f"title_{code}") or run.title_kk for code in rows.LANGUAGES}
    batch = credentials.issue_batch(
        unit=rows.unit_of(run), source=rows.source_of(run), source_address=reverse("training:certificates", args=[run.code]), title=titles,
        common=said, rows=rows.rows(run, chosen), by=by,
    )  # fmt: skip
    start_preparing(batch, by)
    return batch
