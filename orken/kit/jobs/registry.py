"""Functions that run in the background.

@job("network.apply_table", lane="heavy", title=_("Applying a table"))
def apply_table(run: Run, *, table: str) -> dict[str, Any]: …

@timetable("audit.invariants", daily_at=time(3, 0))
def prove() -> None: …
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal

from django.utils import timezone
from django.utils.functional import Promise

if TYPE_CHECKING:
    from orken.kit.jobs.running import Run

Lane = Literal["quick", "heavy"]
LANES: tuple[Lane, ...] = ("quick", "heavy")
Function = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Job:
    """A function of the background: `retries` more attempts after an unexpected failure."""

    name: str
    lane: Lane
    title: str | Promise
    retries: int
    function: Callable[..., dict[str, Any] | None]

    def call(self, run: Run, payload: dict[str, Any]) -> dict[str, Any] | None:
        return self.function(run, **payload)


@dataclass(frozen=True)
class Habit:
    """Something that runs by itself, every so often or daily at an hour of Kazakhstan."""

    name: str
    function: Callable[[], None]
    every: timedelta | None
    daily_at: time | None
    at_start: bool = False

    def after(self, moment: datetime) -> datetime:
        """The next moment to run after `moment`."""
        if self.every is not None:
            return moment + self.every
        assert self.daily_at is not None, "a habit has a period or an hour"
        here = timezone.localtime(moment)
        today = here.replace(hour=self.daily_at.hour, minute=self.daily_at.minute, second=0, microsecond=0)
        return today if today > here else today + timedelta(days=1)


jobs: dict[str, Job] = {}
habits: dict[str, Habit] = {}


def job(name: str, *, lane: Lane = "quick", title: str | Promise = "", retries: int = 3) -> Callable[[Function], Job]:
    def take(function: Function) -> Job:
        jobs[name] = Job(name, lane, title or name, retries, function)
        return jobs[name]

    return take


def timetable(
    name: str, *, every: timedelta | None = None, daily_at: time | None = None, at_start: bool = False
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    if (every is None) == (daily_at is None):
        raise ValueError("give a period or an hour")
    # `at_start`: also whenever the system starts, for a machine that slept over the hour. Harmless when run twice.

    def take(function: Callable[[], None]) -> Callable[[], None]:
        habits[name] = Habit(name, function, every, daily_at, at_start)
        return function

    return take
