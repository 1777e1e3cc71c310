"""Academic hours: minutes are stored, hours are shown, and the length of an hour is a norm of the day.

45 minutes by default (domain.md §1.5); 50 in one rulebook of higher schools, 40 in some schools.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil

TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


@dataclass(frozen=True)
class Norm:
    """The norm of a day: minutes of an academic hour, and how many fit into a day and a week."""

    minutes: int = 45
    hours_a_day: int = 8
    hours_a_week: int = 36
    basis: str = ""


# A basis is one text, as the paper says it; ours stands in both languages of the papers.
DEFAULT = Norm(
    basis="Жалпы норма: 45 минут, күніне 8, аптасына 36 академиялық сағат · Общая норма: 45 минут, 8 академических часов в день, 36 в неделю"
)


def academic(minutes: int | Decimal, norm: Norm) -> Decimal:
    """Academic hours to one decimal place, half up; whole numbers without a point: 3240 → 72, 100 → 2.2."""
    exact = Fraction(minutes) / norm.minutes
    shown = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(TENTH, ROUND_HALF_UP)
    whole = shown.to_integral_value()
    return whole if whole == shown else shown


def minutes_of(hours: Decimal, norm: Norm) -> Decimal:
    """The minutes of so many academic hours, to a hundredth: half an hour of 45 minutes is 22.5."""
    return (hours * norm.minutes).quantize(HUNDREDTH, ROUND_HALF_UP)


def exactly(minutes: int | Decimal, hours: int, norm: Norm) -> bool:
    """Whether the minutes are exactly so many academic hours: what an approved paper says must be true to the minute."""
    return minutes == hours * norm.minutes


def days_needed(minutes: int | Decimal, norm: Norm) -> int:
    """The fewest days that hold these minutes of lessons, at least one."""
    return max(1, ceil(Fraction(minutes) / (norm.minutes * norm.hours_a_day)))
