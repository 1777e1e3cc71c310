"""Academic hours: minutes kept, hours shown by the norm of the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from orken.curriculum import hours, selectors, services
from orken.curriculum.forms import in_hours
from orken.curriculum.hours import Norm
from orken.curriculum.models import HourNorm
from orken.kit.audit import invariants
from orken.network.policy import OutOfScope
from orken.people.models import Account

Accounts = Callable[[str], Account]
norms = st.builds(Norm, minutes=st.integers(20, 120), hours_a_day=st.integers(1, 12), hours_a_week=st.integers(12, 60))
minutes = st.integers(0, 200_000)


def test_seventy_two_hours_are_3240_minutes() -> None:
    assert hours.academic(3240, hours.DEFAULT) == 72
    assert str(hours.academic(3240, hours.DEFAULT)) == "72"
    assert hours.academic(100, hours.DEFAULT) == Decimal("2.2")
    assert hours.exactly(3240, 72, hours.DEFAULT) and not hours.exactly(3241, 72, hours.DEFAULT)


@given(minutes, norms)
def test_shown_hours_are_never_further_than_a_twentieth_from_the_truth(found: int, norm: Norm) -> None:
    shown = hours.academic(found, norm)
    assert abs(shown * norm.minutes - found) * 20 <= norm.minutes


@given(minutes, minutes, norms)
def test_more_minutes_never_show_fewer_hours(one: int, other: int, norm: Norm) -> None:
    less, more = sorted((one, other))
    assert hours.academic(less, norm) <= hours.academic(more, norm)


@given(st.decimals(0, 10_000, places=2), st.integers(20, 120))
def test_a_module_loses_no_minute_on_its_way_through_the_form(found: Decimal, length: int) -> None:
    norm = Norm(minutes=length)
    assert hours.minutes_of(in_hours(found, norm), norm) == found


@given(st.lists(st.integers(1, 40), max_size=30), st.sampled_from([40, 45, 50]))
def test_quarters_of_an_hour_add_up_to_the_minute(quarters: list[int], length: int) -> None:
    norm = Norm(minutes=length)
    parts = [hours.minutes_of(Decimal(one) / 4, norm) for one in quarters]
    assert sum(parts) * 4 == sum(quarters) * length


@given(minutes, norms)
def test_the_days_needed_hold_the_minutes_and_one_day_fewer_does_not(found: int, norm: Norm) -> None:
    needed, a_day = hours.days_needed(found, norm), norm.minutes * norm.hours_a_day
    assert needed >= 1 and needed * a_day >= found
    assert needed == 1 or (needed - 1) * a_day < found


def test_a_norm_of_tomorrow_does_not_hold_today_and_the_past_stays(account: Accounts) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    before = timezone.now()
    services.set_norm(minutes=40, hours_a_day=8, hours_a_week=36, basis="№ 7", on=tomorrow, by=account("national"))
    assert selectors.academic_hours(3600) == 80
    assert selectors.academic_hours(3600, tomorrow) == 90
    assert selectors.academic_hours(3600, date(2020, 5, 5)) == 80
    assert selectors.norm(tomorrow, known_at=before).minutes == 45
    assert not {rule: rows for rule, rows in invariants.run() if rows}


def test_a_norm_of_1900_does_not_wipe_the_past(browse: Callable[[str], Client]) -> None:
    stated = {"minutes": 40, "hours_a_day": 8, "hours_a_week": 36, "basis": "№ 7", "on_day": 1, "on_month": 1}
    refused = browse("national").post("/kk/programmes/hour/", {**stated, "on_year": 1900})
    assert refused.status_code == 422 and "2000 жылғы 1\xa0қаңтар" in refused.content.decode()
    assert selectors.norm(date(2020, 5, 5)).minutes == 45
    assert browse("national").post("/kk/programmes/hour/", {**stated, "on_year": 2027}).status_code == 302


def test_only_who_publishes_for_the_country_states_the_norm(account: Accounts) -> None:
    for login in ("curator", "pavlodar", "registrar"):
        with pytest.raises(OutOfScope):
            services.set_norm(
                minutes=40, hours_a_day=8, hours_a_week=36, basis="№ 7", on=date(2027, 1, 1), by=account(login)
            )
    assert HourNorm.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"minutes": 10}, {"hours_a_day": 0}, {"hours_a_week": 4}, {"valid_to": date(1999, 1, 1)}]
)
def test_the_database_refuses_a_norm_that_cannot_be(country: Callable[[str], object], wrong: dict[str, object]) -> None:
    HourNorm.objects.all().delete()
    values: dict[str, object] = {"minutes": 45, "hours_a_day": 8, "hours_a_week": 36, "basis": "x", "valid_from": date(2000, 1, 1)}  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        HourNorm.objects.create(**{**values, **wrong})


def test_two_open_norms_cannot_stand(country: Callable[[str], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HourNorm.objects.create(minutes=40, hours_a_day=8, hours_a_week=36, basis="x", valid_from=date(2020, 1, 1))
