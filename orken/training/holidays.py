"""Public holidays that fall on the same day each year: nobody comes to a session then.

Source: Law of the Republic of Kazakhstan «On holidays», No. 267 of 13 December 2001, and the Labour Code, article 84.
Kurban Ait moves with the moon, and a government may move days off; both are known only year by year.
"""

from __future__ import annotations

from datetime import date

DAYS = frozenset(
    {(1, 1), (1, 2), (1, 7), (3, 8), (3, 21), (3, 22), (3, 23), (5, 1), (5, 7), (5, 9), (7, 6), (8, 30), (10, 25), (12, 16)}
)  # fmt: skip


def is_holiday(day: date) -> bool:
    return (day.month, day.day) in DAYS
