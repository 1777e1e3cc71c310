"""Who prepares papers of a run, and who sees them at the run."""

from __future__ import annotations

from django.db.models import Q

from orken.network import policy as network
from orken.network.roles import Permission
from orken.people.models import Account
from orken.training.models import Run


def prepares(account: Account, run: Run) -> bool:
    """She prepares papers over the host: it issues them, also where others hold the run along."""
    return network.allows(account, Permission.RECORD_PREPARE, run.host)


def sees(account: Account, run: Run) -> bool:
    return network.allows(account, Permission.RECORD_VIEW, run.host)


def seen(account: Account) -> Q:
    """Runs whose papers she sees, as a condition: those of hosts over which she sees papers at all."""
    return network.scope(account, Permission.RECORD_VIEW).q("host__path")


def refers(account: Account, unit_path: str) -> bool:
    return network.scope(account, Permission.RECORD_REFER).contains(unit_path)
