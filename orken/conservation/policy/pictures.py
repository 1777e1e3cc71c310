"""Who sees which specimen: the published ones everybody who is signed in, the others who keeps or marks them."""

from __future__ import annotations

from django.db.models import Q

from orken.conservation.models import Specimen
from orken.network import policy
from orken.network.policy import OutOfScope
from orken.network.roles import Permission, Role
from orken.people.models import Account

EXPERTS = (Role.TRAINER, Role.CURATOR, Role.MENTOR, Role.NATIONAL_METHODOLOGIST)
"""Roles from which experts are asked; the asking itself is the right to one specimen."""


def kept(account: Account) -> Q:
    """The specimens that the account keeps: adds, hands to experts, publishes."""
    return policy.scope(account, Permission.SPECIMEN_EDIT).q("unit__path")


def asked(account: Account) -> Q:
    """The specimens that the account was asked to mark."""
    return Q(markings__expert=account)


def seen(account: Account) -> Q:
    """The specimens whose pictures the account may see."""
    return (
        Q(state=Specimen.State.PUBLISHED)
        | kept(account)
        | Q(pk__in=Specimen.objects.filter(asked(account)).values("pk"))
    )


def require_kept(account: Account, specimen: Specimen) -> None:
    """Raise OutOfScope unless the account keeps the specimen."""
    if not policy.allows(account, Permission.SPECIMEN_EDIT, specimen.unit):
        raise OutOfScope(f"specimen {specimen.number}")


def keeps(account: Account) -> bool:
    """Whether the account keeps specimens anywhere."""
    return bool(policy.scope(account, Permission.SPECIMEN_EDIT))
