"""Who writes and publishes questions: whoever writes and publishes programmes of the unit that owns the bank (decision 0090)."""

from __future__ import annotations

from orken.curriculum import policy as programmes
from orken.curriculum.policy import ISSUERS, editable, publishable
from orken.network.models import Unit
from orken.people.models import Account

__all__ = ["ISSUERS", "editable", "may_edit", "may_publish", "publishable", "require_edit", "require_publish"]


def may_edit(account: Account, unit: Unit) -> bool:
    return editable(account).contains(unit.path)


def may_publish(account: Account, unit: Unit) -> bool:
    return publishable(account).contains(unit.path)


def require_edit(account: Account, unit: Unit) -> None:
    programmes.require_edit(account, unit)


def require_publish(account: Account, unit: Unit) -> None:
    programmes.require_publish(account, unit)
