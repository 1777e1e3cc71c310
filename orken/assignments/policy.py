"""Who writes assignments, who sees a work, who marks it. Whatever is not hers does not exist for her."""

from __future__ import annotations

from orken.assignments import owners
from orken.assignments.models import AssignmentVersion, Review, Work
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.questions.policy import ISSUERS, editable, may_edit, may_publish, publishable, require_edit, require_publish

__all__ = [
    "ISSUERS", "OutOfScope", "editable", "has_written", "is_hers", "marks", "may_edit", "may_publish", "publishable", "require_edit",
    "require_marking", "require_own", "require_publish", "reviews",
]  # fmt: skip


def has_written(account: Account, version: AssignmentVersion) -> bool:
    """Whoever wrote in a version is not the second person who publishes it."""
    return version.authors.filter(pk=account.pk).exists()


def is_hers(account: Account, work: Work) -> bool:
    return work.person_id == account.person_id


def require_own(account: Account, work: Work) -> None:
    if not is_hers(account, work):
        raise OutOfScope(str(work.uid))


def marks(account: Account, work: Work) -> bool:
    """Whoever marks at the place; nobody her own work, and no draft."""
    if is_hers(account, work) or work.state in (Work.State.DRAFT, Work.State.VOID):
        return False
    return work.context in owners.marked_by(account, [work.context])


def require_marking(account: Account, work: Work) -> None:
    if not marks(account, work):
        raise OutOfScope(str(work.uid))


def reviews(account: Account, work: Work) -> Review | None:
    """Her review of it as a learner, when it was asked of her and its time is not over."""
    return work.reviews.filter(reviewer=account.person_id, role=Review.Role.PEER).exclude(state=Review.State.LAPSED).first()  # fmt: skip
