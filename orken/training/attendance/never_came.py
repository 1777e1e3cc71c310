"""«Did not come», decided from the sheet when the last session is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from orken.people.models import Account
from orken.training import services as training
from orken.training.attendance import policy
from orken.training.models import Enrolment, Mark, Run, Session
from orken.training.services import seats

E = Enrolment.State
KNOWN = (*Mark.THERE, Mark.State.EXCUSED)  # a mark that was laid aside and not decided yet speaks for her too


def is_over(run: Run) -> bool:
    """The last session of the timetable has ended, and notes are still taken."""
    last = Session.objects.filter(run=run, cancelled_at=None).order_by("-ends_at").first()
    return run.state in Run.LIVE and last is not None and last.ends_at <= timezone.now()


def offered(run: Run) -> list[Enrolment]:
    """Who has a seat and not a minute in any session; whoever apologised, for the run or for a session, is not among them."""
    if not is_over(run):
        return []
    known = Mark.objects.filter(
        enrolment=OuterRef("pk"), session__cancelled_at=None, superseded_at=None, state__in=KNOWN
    )
    rows = Enrolment.objects.filter(~Exists(known), run=run, state=E.ENROLLED)
    return list(rows.select_related("person", "unit").order_by("person__sort_kk", "pk"))


def noted(run: Run) -> list[Enrolment]:
    """Who is noted as not having come."""
    rows = Enrolment.objects.filter(run=run, state=E.NO_SHOW).select_related("person", "unit", "applicant")
    return list(rows.order_by("person__sort_kk", "pk"))


@dataclass(frozen=True)
class Noted:
    """Who is noted now, and how many were not: somebody wrote of them meanwhile."""

    people: list[Enrolment]
    passed_over: int


@transaction.atomic
def note_all(*, run: Run, reasons: Mapping[int, str], by: Account) -> Noted:
    """Note these enrolments as not having come, each with its reason; all or none. Who came meanwhile is passed over.

    Raises ReasonIsMissing, OutOfScope.
    """
    run = seats.locked(run)
    policy.require_keeping(by, run)
    now = {one.pk: one for one in offered(run)}
    for pk in reasons:
        if pk in now:
            now[pk].run = run
    people = [training.miss(enrolment=now[pk], by=by, reason=reasons[pk]) for pk in reasons if pk in now]
    return Noted(people, len(reasons) - len(people))


@transaction.atomic
def take_back(*, run: Run, people: list[int], by: Account) -> list[Enrolment]:
    """What was noted of these enrolments is taken back; answers those of whom it stood still."""
    run = seats.locked(run)
    policy.require_keeping(by, run)
    rows = Enrolment.objects.filter(run=run, pk__in=people, state=E.NO_SHOW).select_related("run")
    return [training.restore(enrolment=one, by=by) for one in rows.order_by("pk")]
