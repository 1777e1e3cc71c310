"""Batches in the background: numbers and papers first, later, when they are signed, badges and hours."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from orken.credentials import services
from orken.credentials.models import Batch
from orken.kit.jobs import services as jobs
from orken.kit.jobs.models import Work
from orken.kit.jobs.registry import job
from orken.kit.jobs.running import Run
from orken.people.models import Account


@job("credentials.prepare", lane="heavy", title=gettext_lazy("Preparing certificates"))
def prepare_batch(run: Run, *, batch: str) -> dict[str, Any]:
    """Number and draw; taken up again after a crash it goes on where it stopped."""
    found = Batch.objects.select_related("prefix__issuer", "prefix__unit").get(pk=UUID(batch))
    whole = 2 * found.size
    for one in services.prepare(batch=found, progress=lambda done: run.advance(done, whole)):
        run.fail(one.name, one.reason)
    services.draw(batch=found, progress=lambda done: run.advance(found.size + done, whole))
    run.finish()
    return {"address": found.get_absolute_url()}


@job("credentials.issue", lane="heavy", title=gettext_lazy("Issuing certificates"))
def issue_batch(run: Run, *, batch: str, by: int | None) -> dict[str, Any]:
    """Sign badges and issue; taken up again after a crash it goes on where it stopped."""
    found = Batch.objects.select_related("prefix__issuer").get(pk=UUID(batch))
    account = Account.objects.get(pk=by) if by is not None else None
    waiting = found.certificates.filter(state="signed").count()
    run.advance(0, waiting)
    services.issue(batch=found, by=account, progress=lambda done: run.advance(done, waiting))
    run.finish()
    return {"address": found.get_absolute_url()}


@transaction.atomic
def start_preparing(batch: Batch, by: Account | None) -> Work:
    return _started(batch, jobs.start(prepare_batch, payload={"batch": str(batch.pk)}, **_told(batch, by)))


@transaction.atomic
def start_issuing(batch: Batch, by: Account | None) -> Work:
    payload = {"batch": str(batch.pk), "by": by.pk if by else None}
    return _started(batch, jobs.start(issue_batch, payload=payload, **_told(batch, by)))


def _told(batch: Batch, by: Account | None) -> dict[str, Any]:
    return {
        "by_id": by.pk if by else None, "scope_path": batch.prefix.issuer.path, "title": batch.title, "total": batch.size,
        "once": f"credentials.batch:{batch.pk}",
    }  # fmt: skip


def _started(batch: Batch, work: Work) -> Work:
    batch.work = work.pk
    batch.save(update_fields=["work"])
    return work
