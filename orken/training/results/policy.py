"""Who enters marks, who confirms a sheet, and who reads a result."""

from __future__ import annotations

from django.db.models import Q

from orken.network import policy as network
from orken.network.policy import OutOfScope
from orken.network.roles import Permission
from orken.people.models import Account
from orken.training import policy
from orken.training.models import Run, Trainer

S = Run.State
ENTERED = (S.RUNNING, S.ASSESSMENT, S.CLOSED)  # after that the run lies in the archive
CONFIRMED = (S.ASSESSMENT, S.CLOSED)
AHEAD = (S.TENTATIVE, S.CONFIRMED)  # nothing is counted before it begins
SETTLING = (*AHEAD, S.RUNNING)  # as long as the lessons go on nobody has failed


def enters(account: Account, run: Run) -> bool:
    """She organises the run or teaches it."""
    return policy.manages(account, run) or policy.teaches(account, run)


def require_entering(account: Account, run: Run) -> None:
    if not enters(account, run):
        raise OutOfScope(run.code)


def entered(account: Account) -> Q:
    """Runs whose marks she enters, as a condition."""
    teaching = Trainer.objects.filter(person=account.person_id).exclude(state=Trainer.State.DECLINED).values("run")
    return policy.managed(account) | Q(pk__in=teaching)


def seen(account: Account) -> Q:
    """Runs whose results she reads: those she enters, and those whose people she may see."""
    return entered(account) | network.scope(account, Permission.RUN_VIEW).q("host__path")


def rules(account: Account, run: Run) -> bool:
    """Whose the rule is: of a programme version its owner's, of a kind the centre's for the whole country."""
    scope = network.scope(account, Permission.RUN_MANAGE)
    return scope.contains(run.version.programme.unit.path) if run.version is not None else scope.whole


def rules_own(account: Account, run: Run) -> bool:
    """Whose the rule of this run alone is: of a programme its owner's, for nobody else makes it easier; else the organiser's."""
    return rules(account, run) if run.version is not None else policy.manages(account, run)


def require_ruling(account: Account, run: Run, *, own: bool = False) -> None:
    if not (rules_own if own else rules)(account, run):
        raise OutOfScope(run.code)
