"""In the background: letters to whoever holds a seat when a programme comes out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from orken.kit.jobs.registry import job
from orken.kit.jobs.running import Run
from orken.meetings.models import Release
from orken.people.models import Account


@job("meetings.seats", title=_("Letters of a released programme"))
def seats(run: Run, *, release: int, told: list[int]) -> dict[str, Any] | None:
    """`told`: persons who have their own places in a letter already."""
    from orken.meetings import receivers

    row = Release.objects.select_related("meeting__run__host").filter(pk=release).first()
    by = Account.objects.filter(pk=run.work.by_id or 0).first()
    return {"letters": receivers.write_to_seats(row, told, by)} if row is not None else None
