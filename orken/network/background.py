"""What the network does in the background: applying staff lists and taking them back, forgetting old ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.kit.jobs.registry import job, timetable
from orken.kit.jobs.running import Run
from orken.network.models import StaffImport, StaffRow
from orken.network.staff_list import applying, lists
from orken.people.models import Account

KEPT = timedelta(days=180)  # cells of an old list; what came of it stays in the trail


@job("network.apply_staff_list", lane="heavy", title=gettext_lazy("Applying a staff list"))
def apply_staff_list(run: Run, *, table: str, by: int | None, language: str = "kk") -> dict[str, Any]:
    """Apply a list; taken up again after a crash it goes on where it stopped."""
    found = StaffImport.objects.get(pk=UUID(table))
    if found.state == StaffImport.State.APPLIED:
        return dict(found.counts)
    with translation.override(language):
        account = Account.objects.get(pk=by) if by is not None else None
        done = lists.apply(table=found, by=account, progress=run.advance)
    return dict(done.counts)


@job("network.take_back_staff_list", lane="heavy", title=gettext_lazy("Taking a staff list back"), retries=0)
def take_back_staff_list(run: Run, *, table: str, by: int | None, language: str = "kk") -> dict[str, Any]:
    """Take a list back as one batch, or say about whom something was changed since."""
    found = StaffImport.objects.get(pk=UUID(table))
    with translation.override(language):
        account = Account.objects.get(pk=by) if by is not None else None
        try:
            return {"undone": lists.take_back(table=found, by=account)}
        except applying.CannotTakeBack as refusal:
            run.fail(refusal.name, _("It was changed after the list was applied, so nothing was taken back."))
            return {"refused": refusal.name}


@timetable("network.forget_staff_lists", every=timedelta(days=1))
def forget_old_lists() -> None:
    """The cells of lists of last year hold persons' data that nobody needs any more."""
    StaffRow.objects.filter(table__created_at__lt=timezone.now() - KEPT).exclude(cells=[]).update(
        cells=[], corrections={}
    )
