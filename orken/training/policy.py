"""Who may do what with a run: her role over the host, over the applicant's unit, or her place in the run itself."""

from __future__ import annotations

from django.db.models import Q

from orken.network import policy as network
from orken.network.models import Unit
from orken.network.policy import OutOfScope, Scope
from orken.network.roles import Permission
from orken.people.models import Account
from orken.training.models import Applicant, Run, SeatPool, Trainer

Level = Applicant.Level
# Which right passes an application on at each level, and over which unit: the applicant's or the host.
RIGHTS = {
    Level.LIBRARY: Permission.APPLICATION_SEND,
    Level.REGION: Permission.APPLICATION_REVIEW,
    Level.ORGANISER: Permission.RUN_MANAGE,
}


def manages(account: Account, run: Run) -> bool:
    return network.scope(account, Permission.RUN_MANAGE).contains(run.host.path)


def require_managing(account: Account, run: Run) -> None:
    """Raise OutOfScope unless the account organises the run."""
    if not manages(account, run):
        raise OutOfScope(run.code)


def managed(account: Account) -> Q:
    """Runs that the account organises, as a condition."""
    return network.scope(account, Permission.RUN_MANAGE).q("host__path")


def teaches(account: Account, run: Run) -> bool:
    """She is a trainer of this run and has not declined: a relation, not a role."""
    declined = Trainer.State.DECLINED
    return Trainer.objects.filter(run=run, person=account.person_id).exclude(state=declined).exists()


def public(state: str) -> bool:
    """A tentative run is shown with the word that it may still change; only an archived one is not announced."""
    return state != Run.State.ARCHIVED


def holds(account: Account, level: str, unit: Unit, run: Run) -> bool:
    """Whether the account has the right of `level` over an applicant from `unit`."""
    right = RIGHTS[Level(level)]
    path = run.host.path if level == Level.ORGANISER else unit.path
    return network.scope(account, right).contains(path)


def level_for(account: Account, unit: Unit, run: Run) -> str:
    """The first level whose right the account lacks: what she sends needs no look of her own."""
    for level in (Level.LIBRARY, Level.REGION):
        if not holds(account, level, unit, run):
            return level
    return Level.ORGANISER


def may_send(account: Account, unit: Unit) -> bool:
    return network.scope(account, Permission.APPLICATION_SEND).contains(unit.path)


def decides(account: Account, applicant: Applicant, pool: SeatPool | None) -> bool:
    """The organiser decides everything; a reviewer what is at her level or past it, out of a pool of her own scope."""
    if manages(account, applicant.run):
        return True
    own = network.scope(account, Permission.APPLICATION_REVIEW)
    if not own.contains(applicant.unit.path):
        return False
    return pool is not None and pool.unit is not None and own.contains(pool.unit.path)


def require_sharing(account: Account, run: Run, giver: SeatPool) -> None:
    """The organiser shares out every seat; a reviewer those of a pool that stands in her own scope."""
    if manages(account, run):
        return
    unit = giver.unit
    if unit is None or not network.scope(account, Permission.APPLICATION_REVIEW).contains(unit.path):
        raise OutOfScope(run.code)


def seen(account: Account) -> Q:
    """Applicants that the account may see: of the runs it organises, of its own units, and its own."""
    units = Scope(
        tuple(
            {
                *network.scope(account, Permission.APPLICATION_SEND).paths,
                *network.scope(account, Permission.APPLICATION_REVIEW).paths,
            }
        )
    )
    watching = network.scope(account, Permission.RUN_VIEW).q("run__host__path")
    managing = network.scope(account, Permission.RUN_MANAGE).q("run__host__path")
    teaching = Q(
        run__in=Trainer.objects.filter(person=account.person_id).exclude(state=Trainer.State.DECLINED).values("run"),
        state=Applicant.State.ACCEPTED,
    )
    return units.q("unit__path") | watching | managing | teaching | Q(person=account.person_id)
