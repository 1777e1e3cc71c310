"""Ending a sitting: she hands it in, or the clock does when the time is up."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from orken.attempts import events, owners, policy, selectors
from orken.attempts.algebra import OVER, ItemState
from orken.attempts.models import Attempt, AttemptItem, Step
from orken.attempts.services import grading
from orken.kit.audit import services as audit
from orken.network.policy import OutOfScope
from orken.people.models import Account

State = Attempt.State


@transaction.atomic
def hand_in(*, attempt: Attempt | UUID, by: Account, at: datetime | None = None) -> Attempt:
    """She is done. Sent twice it is once. `at`: when she pressed, by a clock put right. Raises OutOfScope."""
    uid = attempt if isinstance(attempt, UUID) else attempt.uid
    row = locked(uid)
    policy.require_own(by, row)
    if row.state == State.OPEN:
        now = timezone.now()
        over = row.deadline_at is not None and (at or now) > row.deadline_at
        end = Attempt.End.TIME if over else Attempt.End.LEARNER
        close(row, end, by, row.deadline_at if over and row.deadline_at else now)
    return row


def locked(uid: UUID) -> Attempt:
    row = Attempt.objects.select_for_update(of=("self",)).select_related("version", "exercise__unit").filter(uid=uid).first()  # fmt: skip
    if row is None:
        raise OutOfScope(str(uid))
    return row


def close(row: Attempt, end: str, by: Account | None, at: datetime) -> None:
    """Mark what is not marked yet and close the attempt, whose row the caller holds."""
    from orken.attempts.services.steps import add, store

    now = timezone.now()
    steps, touched = [], []
    items = list(row.items.select_related("question"))
    for item in items:
        if item.state in OVER:
            continue
        # What was tried and may be tried again keeps what its last try was worth.
        mark = {"share": item.share or 0.0} if item.state == ItemState.AGAIN else grading.final(item, row.version)  # fmt: skip
        steps.append(add(item, uuid4(), item.head, Step.Kind.GRADE, mark, now, None, now))
        touched.append(item)
    store(steps, touched)
    row.ended, row.closed_at, row.look_at = end, max(at, row.opened_at), None
    total(row, items)
    row.save(update_fields=["ended", "closed_at", "look_at", "state", "score", "passed", "unmarked"])
    audit.record("attempt.closed", row, by=by, scope_path=row.exercise.unit.path, after={"ended": end, "score": float(row.score or 0)})  # fmt: skip
    events.attempt_closed.send(Attempt, attempt=row, by=by)
    owner = owners.of(row.context)
    if owner is not None:
        owner.closed(row)


def total(row: Attempt, items: list[AttemptItem]) -> None:
    """State, score and passed as they follow from the questions."""
    whole = sum((item.mark for item in items), Decimal(0))
    got = sum((Decimal(str(item.share or 0)) * item.mark for item in items), Decimal(0))
    row.unmarked = sum(1 for item in items if item.state == ItemState.WAITING)
    row.score = (100 * got / whole).quantize(Decimal("0.01")) if whole else Decimal(0)
    row.state = State.WAITING if row.unmarked else State.DONE
    # As long as a person has to mark, nobody has passed or failed.
    row.passed = None if row.unmarked else row.score >= row.version.pass_mark


def reckon_anew(row: Attempt, by: Account | None) -> bool:
    """Bring a closed attempt, whose row the caller holds, to what its questions say now; True when its score moved."""
    before = (row.state, row.score, row.passed)
    total(row, list(row.items.all()))
    if (row.state, row.score, row.passed) == before:
        return False
    row.save(update_fields=["state", "score", "passed", "unmarked"])
    events.attempt_marked.send(Attempt, attempt=row, by=by)
    owner = owners.of(row.context)
    if owner is not None:
        owner.closed(row)
    return True


def close_overdue(most: int = 500) -> int:
    """Close what the clock has to close, each in a transaction of its own; several workers share the work."""
    done = 0
    for uid in list(selectors.overdue().values_list("uid", flat=True)[:most]):
        with transaction.atomic():
            rows = Attempt.objects.select_for_update(of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked)  # fmt: skip
            row = rows.select_related("version", "exercise__unit").filter(uid=uid, state=State.OPEN, look_at__lte=timezone.now()).first()  # fmt: skip
            if row is not None and row.deadline_at is not None:
                close(row, Attempt.End.TIME, None, row.deadline_at)
                done += 1
    return done
