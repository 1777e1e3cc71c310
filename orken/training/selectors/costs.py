"""What a run costs."""

from __future__ import annotations

from dataclasses import dataclass

from orken.training.models import Applicant, CostLine, Run, Session


@dataclass(frozen=True)
class Costs:
    """A run's costs in tenge. Person-hours: academic minutes of the timetable times those who have a seat."""

    lines: list[CostLine]
    person_minutes: int

    @property
    def estimate(self) -> int:
        return sum(line.estimate for line in self.lines)

    @property
    def actual(self) -> int | None:
        known = [line.actual for line in self.lines if line.actual is not None]
        return sum(known) if known else None

    def per_person_hour(self, minutes_of_hour: int) -> int | None:
        """Tenge for one academic hour of one person; None when there is nobody or nothing."""
        spent = self.actual if self.actual is not None else self.estimate
        return round(spent * minutes_of_hour / self.person_minutes) if self.person_minutes and spent else None


def costs(run: Run) -> Costs:
    minutes = sum(session.minutes for session in Session.objects.filter(run=run, cancelled_at=None))
    people = Applicant.objects.filter(run=run, state=Applicant.State.ACCEPTED).count()
    return Costs(list(run.costs.all()), minutes * people)
