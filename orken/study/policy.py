"""Who learns in a run, who teaches it, who opens its course. For everybody else its pages do not exist."""

from __future__ import annotations

from orken.curriculum.models import Form
from orken.network.policy import OutOfScope
from orken.people.models import Account
from orken.training import policy as training
from orken.training.models import Enrolment, Run

E = Enrolment.State
# Whoever has a seat, or had it to the end: what she learnt from stays open to her.
LEARNING = (E.ENROLLED, E.ATTENDING, E.COMPLETED, E.FAILED)
OPEN = (Run.State.CONFIRMED, Run.State.RUNNING, Run.State.ASSESSMENT, Run.State.CLOSED, Run.State.ARCHIVED)


def has_lessons(run: Run) -> bool:
    """A run at a distance may have a course; one that is held in a room has none, and costs no question."""
    return run.kind == Run.Kind.COURSE and run.form in (Form.OWN_PACE, Form.LIVE, Form.BLENDED, Form.CORRESPONDENCE)


def teaches(account: Account, run: Run) -> bool:
    """She organises or teaches the run: she sees who is stuck, and every lesson whatever the week."""
    return training.manages(account, run) or training.teaches(account, run)


def opens(account: Account, run: Run) -> bool:
    return training.manages(account, run)


def require_opening(account: Account, run: Run) -> None:
    if not opens(account, run):
        raise OutOfScope(run.code)


def require_teaching(account: Account, run: Run) -> None:
    if not teaches(account, run):
        raise OutOfScope(run.code)


def require_hers(account: Account, enrolment: Enrolment) -> None:
    """Progress and notes are written by nobody but her."""
    if account.person_id != enrolment.person_id or enrolment.state not in LEARNING:
        raise OutOfScope(str(enrolment.pk))
