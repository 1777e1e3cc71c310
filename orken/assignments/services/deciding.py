"""What the reviews of a work come to, and what follows from it."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from orken.assignments import events, owners, peers
from orken.assignments.models import Marking, Review, Work
from orken.assignments.services import telling
from orken.kit.audit import services as audit
from orken.people.models import Account

Role, State, Decided = Review.Role, Work.State, Work.Decided


def decide(row: Work, by: Account | None, *, again: bool = False) -> bool:
    """Bring the work, whose row the caller holds, to what its reviews say; True when it is decided by them.

    A trainer's word stands over everything; a third marker's over two that differ.
    """
    given = list(Review.objects.filter(work=row, state=Review.State.GIVEN).order_by("given_at", "pk"))
    by_role = {one.role: one for one in given}  # the last in each role
    trainer = by_role.get(Role.TRAINER)
    if trainer is not None:
        over = any(one.role == Role.PEER for one in given)
        return _close(row, _score(trainer), Decided.OVERRIDE if over else Decided.ONE, by, again=again)
    if row.version.marking == Marking.TWO:
        first, second, third = (by_role.get(role) for role in (Role.FIRST, Role.SECOND, Role.THIRD))
        if third is not None:
            return _close(row, _score(third), Decided.THIRD, by, again=again)
        if first is None or second is None:
            return False
        if abs(_score(first) - _score(second)) > row.version.difference:
            row.state = State.DISPUTED
            row.save(update_fields=["state"])
            return False
        between = ((_score(first) + _score(second)) / 2).quantize(Decimal("0.01"))
        return _close(row, between, Decided.TWO, by)
    if row.version.marking == Marking.PEERS and not row.to_trainer:
        waits = Review.objects.filter(work=row, role=Role.PEER, state__in=[Review.State.ASKED, Review.State.BEGUN]).exists()  # fmt: skip
        scores = [_score(one) for one in given if one.role == Role.PEER]
        if not waits and len(scores) >= peers.LEAST:
            return _close(row, peers.middle(scores), Decided.PEERS, by)
    return False


def _score(review: Review) -> Decimal:
    assert review.score is not None, "a review that is given has a score"
    return review.score


def left(row: Work) -> int:
    """How many times she may hand in again."""
    return max(0, row.version.resubmissions - (row.number - 1))


def agree_on(row: Work, review: Review, by: Account) -> None:
    """Two marks differed, and after a talk this one stands."""
    _close(row, _score(review), Decided.AGREED, by)


def _close(row: Work, score: Decimal, how: str, by: Account | None, *, again: bool = False) -> bool:
    passed = score >= row.version.pass_mark
    row.score, row.passed, row.decided, row.closed_at = score, passed, how, timezone.now()
    row.state = State.RETURNED if left(row) and (again or not passed) else State.DONE
    row.save(update_fields=["score", "passed", "decided", "closed_at", "state"])
    # Nobody is asked for what is decided.
    open_still = [Review.State.ASKED, Review.State.BEGUN]
    Review.objects.filter(work=row, role=Role.PEER, state__in=open_still).update(state=Review.State.LAPSED)
    audit.record("work.decided", row, by=by, scope_path=row.assignment.unit.path, after={"score": float(score), "decided": how, "state": row.state})  # fmt: skip
    events.work_decided.send(Work, work=row, by=by)
    owner = owners.of(row.context)
    if owner is not None:
        owner.closed(row)
    telling.decided(row, by)
    return True
