"""Who keeps the attendance of a run, and who reads it."""

from __future__ import annotations

from django.db.models import Q

from orken.network import policy as network
from orken.network.policy import OutOfScope
from orken.network.roles import Permission
from orken.people.models import Account
from orken.training import policy
from orken.training.models import Mark, Run, Trainer

S = Run.State
OPEN = (S.CONFIRMED, S.RUNNING, S.ASSESSMENT)  # a keeper writes; once it is closed only who organises corrects


def keeps(account: Account, run: Run) -> bool:
    """She organises the run or teaches it."""
    return policy.manages(account, run) or policy.teaches(account, run)


def kept_once(account: Account, run: Run) -> bool:
    """She kept it at some time: she was asked to teach, whatever she answered, or a mark of hers stands in its history."""
    mine = Mark.objects.filter(session__run=run, by=account)
    return Trainer.objects.filter(run=run, person=account.person_id).exists() or mine.exists()


def require_keeping(account: Account, run: Run) -> None:
    if not keeps(account, run):
        raise OutOfScope(run.code)


def takes_marks(account: Account, run: Run) -> bool:
    """Whether the state of the run lets her write."""
    return run.state in OPEN or (run.state == S.CLOSED and policy.manages(account, run))


def kept(account: Account) -> Q:
    """Runs whose attendance she keeps, as a condition."""
    teaching = Trainer.objects.filter(person=account.person_id).exclude(state=Trainer.State.DECLINED).values("run")
    return policy.managed(account) | Q(pk__in=teaching)


def seen(account: Account) -> Q:
    """Runs whose attendance she may read: those she keeps, and those whose people she may see."""
    return kept(account) | network.scope(account, Permission.RUN_VIEW).q("host__path")
