"""Who decides on the rules of treatment: restorers of the School, for the whole country."""

from __future__ import annotations

from orken.network.models import Unit
from orken.network.policy import OutOfScope, allows
from orken.network.roles import Permission
from orken.people.models import Account

SCHOOL = "NL-CONSERVATION"


def require_reviewer(account: Account) -> Unit:
    """The School whose restorers decide. Raises OutOfScope for everybody else."""
    unit = Unit.objects.filter(code=SCHOOL).first()
    if unit is None or not allows(account, Permission.CONDITION_APPROVE, unit):
        raise OutOfScope("rules of treatment")
    return unit


def reviews(account: Account) -> bool:
    """Whether the account decides on rules."""
    try:
        require_reviewer(account)
    except OutOfScope:
        return False
    return True
