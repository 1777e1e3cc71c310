"""The norm of an academic hour: a dated row that the centre states."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from orken.curriculum.models import HourNorm
from orken.kit import history
from orken.kit.audit import services as audit
from orken.network import policy
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.people.models import Account


@transaction.atomic
def set_norm(*, minutes: int, hours_a_day: int, hours_a_week: int, basis: str, on: date, by: Account) -> HourNorm:
    """State the norm from the day `on`. It is one for the country: whoever publishes over the country states it."""
    country = Unit.objects.select_for_update(of=("self",)).get(kind=Unit.Kind.COUNTRY)
    policy.require(by, Permission.PROGRAMME_PUBLISH, country)
    row: HourNorm | None = history.state(
        HourNorm.objects.all(),
        subject={},
        values={"minutes": minutes, "hours_a_day": hours_a_day, "hours_a_week": hours_a_week, "basis": basis},
        valid_from=on,
    )
    assert row is not None
    audit.record(
        "norm.set", row, by=by, scope_path=country.path, note=basis,
        after={"minutes": minutes, "hours_a_day": hours_a_day, "hours_a_week": hours_a_week, "on": str(on)},
    )  # fmt: skip
    return row
