"""Who sees which figures, and who sees the persons behind them."""

from __future__ import annotations

from django.http import Http404

from orken.network import policy
from orken.network.models import Unit
from orken.network.policy import Scope
from orken.network.roles import Permission
from orken.people.models import Account

PUBLIC = (Unit.Kind.COUNTRY, Unit.Kind.REGION)


def figures(reader: Account | None) -> Scope:
    """Where she sees figures down to single libraries."""
    return policy.scope(reader, Permission.COVERAGE_VIEW) if reader else Scope(())


def persons(reader: Account | None) -> Scope:
    """Where she sees who was trained: numbers are not hidden there, and each of them opens."""
    return policy.scope(reader, Permission.CREDENTIAL_VIEW) if figures(reader) and reader else Scope(())


def require_figures(reader: Account | None, unit: Unit) -> None:
    """The country and its regions are for everybody; anything below them for whoever sees figures there."""
    if unit.kind not in PUBLIC and not figures(reader).contains(unit.path):
        raise Http404


def sees_below(reader: Account | None, unit: Unit) -> bool:
    """Whether she sees what stands under the unit line by line. The regions of the country everybody sees."""
    return unit.kind == Unit.Kind.COUNTRY or figures(reader).contains(unit.path)


def sees_persons(reader: Account | None, unit: Unit) -> bool:
    return persons(reader).contains(unit.path)
