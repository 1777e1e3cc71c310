"""Who sees, prepares, numbers and signs papers: by the unit whose business it is, and by the issuer."""

from __future__ import annotations

from django.db.models import Q

from orken.network import policy as network
from orken.network.models import Unit
from orken.network.policy import OutOfScope, Scope
from orken.network.roles import Permission
from orken.people.models import Account
from orken.records import kinds
from orken.records.models import Paper


def seeing(account: Account) -> Scope:
    return network.scope(account, Permission.RECORD_VIEW)


def registering(account: Account) -> Scope:
    return network.scope(account, Permission.RECORD_REGISTER)


def seen(account: Account) -> Q:
    """Papers that the account may see, as a condition: of the units of her scope."""
    return seeing(account).q("unit__path")


def may_see(account: Account, paper: Paper) -> bool:
    return seeing(account).contains(paper.unit.path)


def may_prepare(account: Account, kind: str, unit: Unit) -> bool:
    return network.allows(account, kinds.of(kind).prepares, unit)


def require_preparing(account: Account | None, kind: str, unit: Unit) -> None:
    """Raise OutOfScope unless she prepares papers of this kind for the unit; nobody is the system itself."""
    if account is not None and not may_prepare(account, kind, unit):
        raise OutOfScope(f"{kind} for {unit.code}")


def may_register(account: Account, paper: Paper) -> bool:
    """A referral is numbered by whoever writes it for her library; everything else by the registrar of the issuer."""
    right = kinds.of(paper.kind).registers
    return network.allows(account, right, paper.issuer if right == Permission.RECORD_REGISTER else paper.unit)


def require_registering(account: Account | None, paper: Paper) -> None:
    if account is not None and not may_register(account, paper):
        raise OutOfScope(str(paper.pk))


def require_wording(account: Account | None, issuer: Unit) -> None:
    """Raise OutOfScope unless she writes the words of this issuer's papers."""
    if account is not None and not registering(account).contains(issuer.path):
        raise OutOfScope(issuer.code)
