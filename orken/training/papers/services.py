"""The verbs of a run's papers: they say what the paper is about and leave the rest to `records`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.records import kinds
from orken.records import services as records
from orken.records.models import Paper
from orken.training import policy as office
from orken.training.models import Applicant, Run
from orken.training.papers import policy, sheets
from orken.training.papers.orders import source_of
from orken.training.papers.selectors import changeable
from orken.training.services import seats


@transaction.atomic
def prepare(
    *, run: Run, kind: str, answers: Mapping[str, Any], by: Account | None, synthetic: bool = False, pk: UUID | None = None
) -> Paper:  # fmt: skip
    """Draft a paper about the run. Raises records.CannotMake, OutOfScope.

    An order that changes others takes them out of `answers["papers"]`: only papers of this run that are in force.
    """
    run = seats.locked(run)
    if by is not None and not policy.prepares(by, run):
        raise OutOfScope(run.code)
    effect = kinds.of(kind).changes
    chosen = {str(pk) for pk in answers.get("papers", [])}
    changes = (
        [(paper, effect) for paper in changeable(run, kind.partition(".")[0]) if str(paper.pk) in chosen]
        if effect
        else []
    )
    return records.prepare(
        kind=kind, unit=run.host, source=source_of(run), address=f"/training/{run.code}/", answers=answers, by=by,
        changes=changes, synthetic=synthetic, pk=pk,
    )  # fmt: skip


@transaction.atomic
def refer(*, applicant: Applicant, answers: Mapping[str, Any], by: Account | None, synthetic: bool = False) -> Paper:
    """Draft a referral (жолдама) of a library for its applicant. Raises records.CannotMake, OutOfScope."""
    if by is not None and not office.may_send(by, applicant.unit):
        raise OutOfScope(str(applicant.pk))
    return records.prepare(
        kind="referral", unit=applicant.unit, source=f"{sheets.APPLICANT}{applicant.pk}",
        address=f"/applications/{applicant.pk}/", answers=answers, by=by, synthetic=synthetic,
    )  # fmt: skip
