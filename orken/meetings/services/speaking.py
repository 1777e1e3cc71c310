"""Certificates of speaking: whoever issues for the organiser asks for those of talks that were held."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from orken.credentials import policy as issuing
from orken.credentials import services as credentials
from orken.credentials.background import start_preparing
from orken.credentials.models import Batch, Prefix
from orken.credentials.services.preparing import prefix_for
from orken.credentials.speaking import LANGUAGES, source_of
from orken.meetings.selectors import speaking
from orken.meetings.selectors.talks import city_as_of
from orken.people.models import Account
from orken.training.models import Run


def source_of_run(run: Run) -> str:
    return f"meetings.run:{run.code}"


def prefix_of(account: Account, run: Run) -> Prefix | None:
    """Under which prefix she certifies who spoke; None when that is not hers to do, or nothing is set."""
    try:
        prefix = prefix_for(run.host)
    except credentials.NoPrefix:
        return None
    return prefix if issuing.issues(account, prefix.issuer) else None


@transaction.atomic
def certify_speakers(
    *, run: Run, given: Collection[int], dated_on: date, signed: list[dict[str, dict[str, str]]], by: Account | None, order: str = "",
    ordered_on: date | None = None, latin: bool = False, start: bool = True,
) -> Batch:  # fmt: skip
    """Prepare certificates for these talks, each as one speaker gave it. Raises OutOfScope, credentials.Refused.

    Only a talk that was held gives one, and to each who gave it one that holds.
    """
    chosen = [one for one in speaking.given_at(run) if one.giving.pk in given and one.waits and one.spoken is not None]
    spoken = [one.spoken for one in chosen if one.spoken is not None]
    if not spoken:
        raise credentials.NothingToIssue(_("There is nobody to issue a certificate to."))
    titles = {code: getattr(run, f"title_{code}") or run.title_kk for code in LANGUAGES}
    form, city = {}, city_as_of(run.place or run.host, run.starts_on)
    for code in LANGUAGES:
        with translation.override(code):
            form[code] = str(run.get_form_display())
    common = credentials.Common(
        training=run.kind, programme=titles, form=form, starts_on=min(one.on for one in spoken), ends_on=max(one.on for one in spoken),
        dated_on=dated_on, place={code: city[f"city_{code}"] or "" for code in LANGUAGES}, order=order, ordered_on=ordered_on, signed=signed, latin=latin,
    )  # fmt: skip
    batch = credentials.issue_batch(
        unit=run.host, source=source_of_run(run), source_address=reverse("meetings:speaking", args=[run.code]), title=titles, common=common,
        rows=[
            credentials.Row(source=source_of(one.giving.pk), person=one.giving.speaker.person_id, unit=one.giving.speaker.unit_id, spoken=one.spoken)
            for one in chosen
        ],
        by=by,
    )  # fmt: skip
    if start:
        start_preparing(batch, by)
    return batch
