"""Dated facts: whatever is stated, in whatever order, one live row speaks of any day, and the past knows what it knew."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orken.kit import history
from orken.network.models import Unit, UnitTraits

FIRST = date(2026, 1, 1)
DAYS = 30
days = st.integers(min_value=0, max_value=DAYS)
statements = st.lists(
    st.tuples(days, st.one_of(st.none(), days), st.one_of(st.none(), st.sampled_from(["good", "weak", "none"]))),
    max_size=12,
)


def unit() -> Unit:
    found = Unit.objects.first()
    assert found is not None
    UnitTraits.objects.filter(unit=found).delete()
    return found


def said(subject: Unit, day: date, known_at: datetime | None = None) -> str | None:
    rows = list(UnitTraits.objects.at(day, known_at).filter(unit=subject))
    assert len(rows) <= 1, "at most one row speaks of a day"
    return rows[0].internet if rows else None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said_things=statements)
def test_every_day_holds_what_was_stated_of_it_last(
    said_things: list[tuple[int, int | None, str | None]], country: object
) -> None:
    with transaction.atomic():
        subject = unit()
        expected: list[dict[int, str | None]] = [dict.fromkeys(range(DAYS + 2))]
        moments = [datetime(2026, 6, 1, tzinfo=UTC)]
        for number, (start, end, value) in enumerate(said_things):
            if end is not None and end <= start:
                continue
            moments.append(moments[0] + timedelta(minutes=number + 1))
            history.state(
                UnitTraits.objects.all(),
                subject={"unit": subject},
                values=None if value is None else {"internet": value},
                valid_from=FIRST + timedelta(days=start),
                valid_to=None if end is None else FIRST + timedelta(days=end),
                now=moments[-1],
            )
            expected.append(
                {
                    day: value if start <= day and (end is None or day < end) else held
                    for day, held in expected[-1].items()
                }
            )
        for moment, then in zip(moments[1:], expected[1:], strict=True):
            for day in range(0, DAYS + 2, 3):
                assert said(subject, FIRST + timedelta(days=day), moment) == then[day]
        for day, value in expected[-1].items():
            assert said(subject, FIRST + timedelta(days=day)) == value
        transaction.set_rollback(True)


def test_the_database_itself_refuses_a_fact_that_ends_before_it_begins(country: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitTraits.objects.create(unit=unit(), valid_from=FIRST, valid_to=FIRST)
