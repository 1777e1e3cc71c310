"""Whose turn it is to mark a work. Pure: the work, its reviews, who asks, and the moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from orken.assignments.models import Marking, Review, Work

LEASE = timedelta(hours=8)
Role, RState, State = Review.Role, Review.State, Work.State


def role_for(work: Work, reviews: Iterable[Review], person: int, now: datetime) -> tuple[str, str]:
    """The role in which she may mark now, or why not (a key of the refusals): exactly one of the two is empty.

    Learners' reviews are not asked here: they are hers by the row.
    """
    known = [one for one in reviews if one.role != Role.PEER]
    given = {one.role: one for one in known if one.state == RState.GIVEN}
    # Whose lease is over does not hold the place any more.
    held = {one.role for one in known if one.state == RState.BEGUN and one.reviewer_id != person and one.begun_until and one.begun_until > now}  # fmt: skip
    if work.is_closed:
        return (Role.TRAINER, "") if Role.TRAINER not in held else ("", "taken")
    if not work.is_waiting:
        return "", "closed"
    if work.version.marking != Marking.TWO:
        return ("", "taken") if Role.TRAINER in held else (Role.TRAINER, "")
    hers = any(one.reviewer_id == person and one.role in (Role.FIRST, Role.SECOND) for one in given.values())
    if work.state == State.DISPUTED:
        return ("", "given") if hers else ("", "taken") if Role.THIRD in held else (Role.THIRD, "")
    if hers:
        return "", "given"
    free = [role for role in (Role.FIRST, Role.SECOND) if role not in given and role not in held]
    return (free[0], "") if free else ("", "taken")


def waits_for_trainer(work: Work) -> bool:
    """Whether it stands in the queue: what learners review does not, until a trainer has to."""
    return work.is_waiting and (work.version.marking != Marking.PEERS or work.to_trainer)


def needs_reason(work: Work) -> bool:
    """A mark over another that stands, or over those of learners, says why."""
    if work.is_closed:
        return True
    return work.version.marking == Marking.PEERS and not work.to_trainer


def blind(work: Work) -> bool:
    """Whether markers must not see yet what the other said. When two differ all is shown: a third decides between them."""
    return work.version.marking == Marking.TWO and not work.is_closed and work.state != State.DISPUTED
