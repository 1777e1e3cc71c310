"""The page of a run: everything that it tells, and how this reader stands to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.utils import timezone

from orken.network.models import Appointment, Unit
from orken.people.models import Account, Person
from orken.training import conditions, states
from orken.training.conditions import Reason, Standing
from orken.training.models import Applicant, Enrolment, Run, Stop, Trainer
from orken.training.selectors.applicants import ways_of_enrolment, with_place
from orken.training.selectors.seats import Stock, free_for, pools_of, seat_lines
from orken.training.selectors.timetable import Day, days_of, people_of, sessions_of


@dataclass(frozen=True)
class RunView(Stock):
    """Everything that the public page of a run tells, and how this reader stands to it."""

    run: Run
    days: list[Day]
    stops: list[Stop]
    trainers: list[Person]
    posts: Mapping[int, Appointment]
    reasons: list[Reason] = field(default_factory=list)
    mine: Applicant | None = None
    mine_unit: Unit | None = None
    may_withdraw: bool = False
    may_excuse: bool = False
    place_in_line: int = 0
    free_for_me: int = 0

    @property
    def minutes(self) -> int:
        return sum(session.minutes for day in self.days for session in day.sessions)

    @property
    def live(self) -> bool:
        """She stands in the run: under review, in line, or with a seat."""
        return self.mine is not None and self.mine.state in Applicant.LIVE

    @property
    def announced(self) -> bool:
        return self.run.takes_applications(timezone.localdate())

    @property
    def may_apply(self) -> bool:
        return self.mine_unit is not None and not conditions.closing(self.reasons)

    @property
    def unmet(self) -> int:
        return sum(not reason.holds and not reason.only_warns for reason in self.reasons)


def run_view(run: Run, account: Account | None) -> RunView:
    """The page in a constant number of queries, whoever reads it."""
    today = timezone.localdate()
    people = people_of(run, also=account.person_id if account else None)
    trainers = [person for person in people.values() if person.asked not in (None, Trainer.State.DECLINED)]
    named = [*(person.pk for person in trainers), *([account.person_id] if account else [])]
    posts = {
        row.person_id: row
        for row in Appointment.objects.at(today)
        .filter(person__in=named)
        .select_related("post", "unit")
        .order_by("employment", "-valid_from")  # the main post is last and stays, of two the older
    }
    view = RunView(
        seats=seat_lines(pools_of(run)), run=run, days=days_of(sessions_of(run, people)),
        stops=list(run.stops.select_related("unit")) if getattr(run, "travels", True) else [], trainers=trainers, posts=posts,
        reasons=conditions.of_run(run, today),
    )  # fmt: skip
    if account is None:
        return view
    account.person = people[account.person_id]
    home = posts.get(account.person_id)
    mine, clash = _hers(run, account)
    # Only somebody without a live application may send another, so the newest is the live one.
    standing = Standing(home.post_id if home else None, mine if mine and mine.state in Applicant.LIVE else None)
    unit = home.unit if home else None
    return replace(
        view,
        reasons=[*view.reasons, *conditions.of_person(unit, standing), *conditions.warnings(clash)],
        mine=mine,
        mine_unit=unit,
        may_withdraw=mine is not None and states.has_not_begun_with_her(mine) is None,
        may_excuse=mine is not None and any(way.name == "excuse" for way in ways_of_enrolment(account, mine)),
        place_in_line=mine.place if mine else 0,
        free_for_me=free_for(view.seats, unit.path) if unit else 0,
    )


def _hers(run: Run, account: Account) -> tuple[Any, Run | None]:
    """Her newest application to this run, and another run in which she is enrolled on its days; one query."""
    meanwhile = Q(enrolment__state__in=Enrolment.LIVE, run__starts_on__lte=run.ends_on, run__ends_on__gte=run.starts_on)
    rows = with_place(Applicant.objects.filter(Q(run=run) | meanwhile, person=account.person_id))
    mine, clash = None, None
    for row in rows.select_related("unit", "pool__unit", "run", "enrolment").order_by("-pk"):
        if row.run_id != run.pk:
            clash = row.run
        elif mine is None:
            row.run = run
            mine = row
    return mine, clash


def home_of(account: Account) -> Appointment | None:
    """Where she works today, from where she applies for herself: her main post, else the oldest."""
    return (
        Appointment.objects.at()
        .filter(person=account.person_id)
        .select_related("unit", "post")
        .order_by("-employment", "valid_from")
        .first()
    )
