"""Who sees a work sample and who looks at it: she, her head of today, whoever teaches or organises the run. Nobody else."""

from __future__ import annotations

from django.db.models import Q

from orken.network import policy as network
from orken.network.models import Appointment
from orken.network.policy import OutOfScope, Scope
from orken.network.roles import Role
from orken.people.models import Account
from orken.training import policy as office
from orken.training.models import Run, SampleAsk, Trainer


def headed(account: Account) -> Scope:
    """The units that she heads today; nowhere while she owes the second step of sign-in."""
    if network.owes_second_step(account):
        return Scope(())
    return Scope(tuple(grant.path for grant in network.grants(account) if grant.role == Role.HEAD))


def listed(account: Account) -> Q:
    """Runs whose samples she sees all together: those that she organises or teaches."""
    teaching = Trainer.objects.filter(person=account.person_id).exclude(state=Trainer.State.DECLINED).values("run")
    return office.managed(account) | Q(pk__in=teaching)


def looked_at(account: Account) -> Q:
    """What she may look at: of her runs and of her own people. Of nobody whose data are blocked or erased, and never her own."""
    runs = Q(enrolment__run__in=Run.objects.filter(listed(account)).values("pk"))
    scope = headed(account)
    if scope:
        works = Appointment.objects.at().filter(scope.q("unit__path")).values("person")
        runs |= Q(enrolment__person__in=works)
    shown = Q(enrolment__person__blocked_at=None, enrolment__person__erased_at=None)
    return runs & shown & ~Q(enrolment__person=account.person_id)


def seen(account: Account) -> Q:
    return looked_at(account) | Q(enrolment__person=account.person_id)


def require_looking(account: Account, ask: SampleAsk) -> None:
    """Raise OutOfScope unless she may say what the sample is worth."""
    if not SampleAsk.objects.filter(looked_at(account), pk=ask.pk).exists():
        raise OutOfScope(f"sample {ask.pk}")
