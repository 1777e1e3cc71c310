"""Who may do what with a run: her role over the host, over the applicant's unit, or her place in the run itself."""

from __future__ import annotations

from django.db.models import Q

from orken.network import policy as network
from orken.network.models import RoleAssignment, Unit
from orken.network.policy import OutOfScope, Scope
from orken.network.roles import PERMISSIONS, Permission
from orken.people.models import Account
from orken.training.models import Applicant, Enrolment, Run, SeatPool, Trainer

Level = Applicant.Level
# Which right passes an application on at each level, and over which unit: the applicant's or the host.
RIGHTS = {
    Level.LIBRARY: Permission.APPLICATION_SEND,
    Level.REGION: Permission.APPLICATION_REVIEW,
    Level.ORGANISER: Permission.RUN_MANAGE,
}


def manages(account: Account, run: Run) -> bool:
    """She organises for the host or for a co-host: they hold it together."""
    scope = network.scope(account, Permission.RUN_MANAGE)
    return bool(scope) and (scope.contains(run.host.path) or any(scope.contains(unit.path) for unit in run.together))


def hosts(account: Account, run: Run) -> bool:
    """She organises for the host itself, which alone says who holds it along."""
    return network.scope(account, Permission.RUN_MANAGE).contains(run.host.path)


def require_hosting(account: Account, run: Run) -> None:
    if not hosts(account, run):
        raise OutOfScope(run.code)


def organisers(run: Run, also: Account | None = None) -> list[Account]:
    """Whoever organises for the host, and nearest to it, with a way to sign in; for the co-hosts the same. Two queries.

    `also`: an account that organises from higher up and is to be among them.
    """
    paths = [unit.path for unit in (run.host, *run.together)]
    over = {int(part) for path in paths for part in path.split("/") if part}
    managing = [role for role, held in PERMISSIONS.items() if Permission.RUN_MANAGE in held]
    roles = RoleAssignment.objects.at().filter(unit__in=over, role__in=managing, person__account__is_active=True)
    held = list(roles.select_related("person__account", "unit").order_by("pk"))
    found: dict[int, Account] = {}
    for path in paths:
        # The units over one path stand over one another: a second role below the first adds nothing.
        highest: dict[int, str] = {}
        for role in held:
            if path.startswith(role.unit.path):
                highest[role.person_id] = min(highest.get(role.person_id, path), role.unit.path, key=len)
        nearest = max(highest.values(), key=len, default="")
        for role in held:
            hers = highest.get(role.person_id)
            if hers is not None and (hers == nearest or (also is not None and role.person_id == also.person_id)):
                role.person.account.person = role.person
                found[role.person.account.pk] = role.person.account
    return list(found.values())


def require_managing(account: Account, run: Run) -> None:
    """Raise OutOfScope unless the account organises the run."""
    if not manages(account, run):
        raise OutOfScope(run.code)


def managed(account: Account) -> Q:
    """Runs that the account organises, as a condition."""
    return _managed(account, "host__path", "pk")


def managed_through(account: Account) -> Q:
    """The same as a condition on rows that have a `run`."""
    return _managed(account, "run__host__path", "run")


def _managed(account: Account, host: str, run: str) -> Q:
    scope = network.scope(account, Permission.RUN_MANAGE)
    if not scope or scope.whole:
        return scope.q(host)
    together = Run.co_hosts.through.objects.filter(scope.q("unit__path")).values("run")
    return scope.q(host) | Q(**{f"{run}__in": together})


def teaches(account: Account, run: Run) -> bool:
    """She is a trainer of this run and has not declined: a relation, not a role."""
    declined = Trainer.State.DECLINED
    return Trainer.objects.filter(run=run, person=account.person_id).exclude(state=declined).exists()


def public(state: str) -> bool:
    """A tentative run is shown with the word that it may still change; only an archived one is not announced."""
    return state != Run.State.ARCHIVED


def holds(account: Account, level: str, unit: Unit, run: Run) -> bool:
    """Whether the account has the right of `level` over an applicant from `unit`."""
    if level == Level.ORGANISER:
        return manages(account, run)
    return network.scope(account, RIGHTS[Level(level)]).contains(unit.path)


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


def may_note(account: Account, enrolment: Enrolment, way: str) -> bool:
    """Who may note that somebody is not there: who holds or teaches the run; an apology also herself and her library."""
    if way == "excuse" and (enrolment.person_id == account.person_id or may_send(account, enrolment.unit)):
        return True
    return manages(account, enrolment.run) or teaches(account, enrolment.run)


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
    teaching = Q(
        run__in=Trainer.objects.filter(person=account.person_id).exclude(state=Trainer.State.DECLINED).values("run"),
        state=Applicant.State.ACCEPTED,
    )
    return units.q("unit__path") | watching | managed_through(account) | teaching | Q(person=account.person_id)
