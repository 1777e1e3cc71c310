"""Who sits and who marks: the owner of the place says it, and here it is asked."""

from __future__ import annotations

from orken.attempts import owners
from orken.attempts.models import Attempt
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.questions import policy as questions
from orken.questions.models import Exercise


def is_hers(account: Account, attempt: Attempt) -> bool:
    return attempt.person_id == account.person_id


def require_own(account: Account, attempt: Attempt) -> None:
    if not is_hers(account, attempt):
        raise OutOfScope(str(attempt.uid))


def marks(account: Account, context: str) -> bool:
    return context in owners.marked_by(account, [context])


def require_marking(account: Account, context: str) -> None:
    if not marks(account, context):
        raise OutOfScope(context)


def sees_figures(account: Account, exercise: Exercise) -> bool:
    """Whoever writes exercises of its owner sees how its questions do; who answered what is the marker's alone."""
    return questions.may_edit(account, exercise.unit)
