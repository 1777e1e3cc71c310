"""Reading the papers of a run."""

from __future__ import annotations

from django.db.models import QuerySet

from orken.records.models import Paper
from orken.training.models import Applicant, Run
from orken.training.papers import orders, sheets


def papers_of(run: Run) -> QuerySet[Paper]:
    """All papers about the run, the newest first; drafts before them."""
    rows = Paper.objects.filter(source=orders.source_of(run)).select_related("issuer", "signature")
    return rows.order_by("-on", "-registered_at", "-prepared_at")


def changeable(run: Run, sort: str = "order") -> QuerySet[Paper]:
    """Orders (or agreements) of the run that are in force: another of their sort can amend or end them."""
    rows = Paper.objects.filter(source=orders.source_of(run), kind__startswith=f"{sort}.", state__in=Paper.IN_FORCE)
    return rows.exclude(kind__in=("order.cancel", "agreement.end")).order_by("on", "code")


def to_cancel(run: Run, sort: str = "order") -> list[Paper]:
    """Orders (or agreements) in force of a run that is cancelled, which nothing ends yet."""
    if run.state != Run.State.CANCELLED:
        return []
    return list(changeable(run, sort).exclude(changed_by__effect="cancel"))


def referrals_of(applicant: Applicant) -> QuerySet[Paper]:
    return Paper.objects.filter(source=f"{sheets.APPLICANT}{applicant.pk}").order_by("-prepared_at")
