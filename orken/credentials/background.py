"""Batches in the background: numbers and papers first, later, when they are signed, badges and hours; registers of earlier years."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from orken.credentials import services
from orken.credentials.models import Batch, PastList, PastRow
from orken.credentials.past import lists
from orken.kit.jobs import services as jobs
from orken.kit.jobs.models import Work
from orken.kit.jobs.registry import Job, job, timetable
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


# --- registers of earlier years ---

FORGOTTEN = timedelta(days=180)  # cells of rows that were never entered; what was entered keeps the row it stands on


@job("credentials.apply_register", lane="heavy", title=gettext_lazy("Applying a register of earlier years"))
def apply_register(run: Run, *, table: str, by: int | None) -> dict[str, Any]:
    """Apply a register; taken up again after a crash it goes on where it stopped."""
    found = PastList.objects.get(pk=UUID(table))
    account = Account.objects.get(pk=by) if by is not None else None
    done = lists.apply(table=found, by=account, progress=run.advance)
    return {"address": done.get_absolute_url()}


@job("credentials.take_back_register", lane="heavy", title=gettext_lazy("Taking a register of earlier years back"))
def take_back_register(run: Run, *, table: str, by: int | None) -> dict[str, Any]:
    """Take a register back whole, in one transaction; done already it does nothing."""
    found = PastList.objects.get(pk=UUID(table))
    if found.state != PastList.State.UNDONE:
        lists.take_back(table=found, by=Account.objects.get(pk=by) if by is not None else None)
    return {"address": found.get_absolute_url()}


def start_applying(table: PastList, by: Account) -> None:
    _start(apply_register, table, by)


def start_taking_back(table: PastList, by: Account) -> None:
    _start(take_back_register, table, by)


@transaction.atomic
def _start(what: Job, table: PastList, by: Account) -> None:
    work = jobs.start(
        what, payload={"table": str(table.pk), "by": by.pk}, by_id=by.pk, scope_path=table.unit.path, title=f"{what.title}: {table.file_name}"[:300],
        once=f"credentials.register:{table.pk}",
    )  # fmt: skip
    PastList.objects.filter(pk=table.pk).update(work_id=work.pk)


@timetable("credentials.forget_registers", every=timedelta(days=1))
def forget_registers() -> None:
    """Rows of old registers that were never entered hold persons' data that nobody needs any more."""
    old = PastRow.objects.filter(table__created_at__lt=timezone.now() - FORGOTTEN, applied_at=None).exclude(cells=[])
    old.update(cells=[], corrections={}, values={}, name="", candidates=[], notes=[])
