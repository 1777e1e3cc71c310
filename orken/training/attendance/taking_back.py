"""One press too many: what somebody has just noted goes again, as long as it stood over nothing.

A correction is a new row with its reason; this is none. Only her own note is taken back, only at once, and it stays in the
history as superseded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.kit.ids import among
from orken.people.models import Account
from orken.training.attendance import policy
from orken.training.attendance.services import DONE, REFUSED, SAME, Written, uid_of
from orken.training.models import Enrolment, Mark, Run
from orken.training.services import seats

AT_ONCE = timedelta(minutes=15)


@dataclass(frozen=True)
class Back:
    """`base`: uid of the mark that goes; `at`: when she said so."""

    base: str
    at: datetime


def pressed(run: Run, session: int, moment: datetime, by: Account) -> list[Back]:
    """What one press of hers wrote on a sheet: all its marks bear the moment of that writing."""
    rows = Mark.objects.filter(session=session, session__run=run, by=by, recorded_at=moment, superseded_at=None)
    return [Back(str(uid), timezone.now()) for uid in rows.values_list("uid", flat=True)]


@transaction.atomic
def take_back(*, run: Run, backs: Sequence[Back], by: Account) -> list[Written]:
    """Take back notes of hers; what is gone already, or never was hers, is left as it is. Raises OutOfScope."""
    run = seats.locked(run)
    policy.require_keeping(by, run)
    if not policy.takes_marks(by, run):
        return [Written(REFUSED, "closed") for _ in backs]
    uids = [uid for back in backs if (uid := uid_of(back.base))]
    known = {str(mark.uid): mark for mark in Mark.objects.filter(uid__in=uids, session__run=run, by=by)}
    found, gone = [], dict[int, Mark]()
    for back in backs:
        mark = known.get(back.base.lower())
        if mark is None or mark.superseded_at is not None or mark.pk in gone:
            found.append(Written(SAME, mark=mark))
        elif mark.reason or back.at - mark.noted_at > AT_ONCE:
            found.append(Written(REFUSED, "late"))
        else:
            gone[mark.pk] = mark
            found.append(Written(DONE, mark=mark))
    _let_go(run, list(gone.values()), by)
    return found


def _let_go(run: Run, marks: list[Mark], by: Account) -> None:
    now = timezone.now()
    Mark.objects.filter(pk__in=among([mark.pk for mark in marks])).update(superseded_at=now)
    there = Mark.objects.filter(enrolment=OuterRef("pk"), superseded_at=None, aside=False, state__in=Mark.THERE)
    hers = Q(pk__in=among([mark.enrolment_id for mark in marks if mark.enrolment_id]))
    only_seated = Enrolment.objects.filter(hers, ~Exists(there), state=Enrolment.State.ATTENDING)
    only_seated.update(state=Enrolment.State.ENROLLED)
    audit.record_all(
        [
            audit.event(
                "attendance.taken_back", mark, by=by, scope_path=run.host.path, at=now,
                before={"session": mark.session_id, "state": mark.state, "minutes": mark.minutes},
            )
            for mark in marks
        ]
    )  # fmt: skip
