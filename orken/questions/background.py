"""Long files of questions go on behind the page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.kit.jobs.registry import job
from orken.kit.jobs.running import Refused, Run
from orken.people.models import Account
from orken.questions.exchange import taking
from orken.questions.models import Intake


@job("questions.take_in", lane="heavy", title=gettext_lazy("Taking in a file of questions"))
def take_in(run: Run, *, intake: str, by: int) -> dict[str, Any]:
    """All questions in one transaction: a worker that dies leaves none, and the next one begins anew."""
    row = Intake.objects.select_related("bank__unit", "file").get(pk=intake)
    if row.applied_at is not None:
        raise Refused(_("This file was taken in already."))
    found = taking.write(outcome=taking.outcome_of(row), bank=row.bank, by=Account.objects.get(pk=by), intake=row)
    for one in found.not_imported:
        run.fail(one.where, one.reason)
    run.finish()
    return {"imported": found.imported}
