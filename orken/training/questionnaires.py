"""Questionnaires that a run asks by itself: the reaction on its last day, and after some months what came of it.

Levels 1 to 3 of Kirkpatrick (domain.md §1.5): her own opinion, what she uses at work, and what her head sees. Who
said what is known to nobody (decision 0045); that she answered is known, for a rule of completion may ask for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from orken.kit.jobs.registry import timetable
from orken.network.models import RoleAssignment, Unit
from orken.network.roles import Role
from orken.people.models import Person
from orken.surveys import services as surveys
from orken.surveys.models import LEAST, Invitation, Questionnaire, Sheet, Survey
from orken.surveys.policy import FOR_ALL
from orken.training.models import Enrolment, Run
from orken.training.samples import services as samples

Purpose = Questionnaire.Purpose
LATE = timedelta(days=3)  # a reaction that a stopped server missed is still asked
OPEN_FOR = {
    Purpose.REACTION: timedelta(days=10),
    Purpose.FOLLOW_UP: timedelta(days=21),
    Purpose.HEAD: timedelta(days=21),
}
AFTER, UNTIL = timedelta(days=90), timedelta(days=180)  # three to six months
HELD = (Run.State.RUNNING, Run.State.ASSESSMENT, Run.State.CLOSED, Run.State.ARCHIVED)


def source(run: Run, purpose: str) -> str:
    """How the survey of a run is found again: one for each purpose."""
    return f"training.run:{run.code}:{purpose}"


def survey_of(run: Run, purpose: str) -> Survey | None:
    found: Survey | None = Survey.objects.filter(source=source(run, purpose)).first()
    return found


@timetable("training.questionnaires", daily_at=time(12, 0))
def ask() -> None:
    """Every noon: the reaction of runs that end today, the follow-up of those that ended three months ago.

    With the follow-up goes the ask for a work sample, where the programme wants one.
    """
    today = timezone.localdate()
    runs = Run.objects.filter(state__in=HELD).select_related("host", "version")
    for run in runs.filter(ends_on__range=(today - OPEN_FOR[Purpose.REACTION], today)):
        _ask(run, Purpose.REACTION, [row.person for row in _took_part(run)], today, begins=run.ends_on >= today - LATE)
    for run in runs.filter(ends_on__range=(today - UNTIL, today - AFTER)):
        rows = _took_part(run)
        _ask(run, Purpose.FOLLOW_UP, [row.person for row in rows], today)
        _ask(run, Purpose.HEAD, _heads(rows, today), today)
        samples.ask_all(run=run, enrolments=rows, today=today)


@dataclass(frozen=True)
class Asking:
    """A questionnaire of a run as its desk shows it: when it is asked, how many answered, never what.

    `few`: somebody answered, but fewer than five; then not even how many is told here.
    """

    purpose: Purpose
    on: date
    survey: Survey | None
    asked: int = 0
    came: int = 0
    lacking: bool = False

    @property
    def few(self) -> bool:
        return 0 < self.came < LEAST

    @property
    def coming(self) -> bool:
        """It is asked by itself, today or later."""
        last = LATE if self.purpose == Purpose.REACTION else UNTIL - AFTER
        return self.survey is None and timezone.localdate() <= self.on + last

    @property
    def day(self) -> date:
        """When it is asked: what the clock missed is asked at its next turn."""
        return max(self.on, timezone.localdate())


def of_run(run: Run) -> list[Asking]:
    """The three in their order; one question, and another one while something is still to be asked."""
    sheets = Sheet.objects.filter(survey=OuterRef("pk")).order_by().values("survey").annotate(n=Count("pk")).values("n")
    named = Invitation.objects.filter(survey=OuterRef("pk"), way=Invitation.Way.PAGE).order_by().values("survey")
    purposes = tuple(OPEN_FOR)
    rows: dict[str, Any] = {
        row.source: row
        for row in Survey.objects.filter(source__in=[source(run, one) for one in purposes]).annotate(
            came=Coalesce(Subquery(sheets), Value(0)),
            asked=Coalesce(Subquery(named.annotate(n=Count("pk")).values("n")), Value(0)),
        )
    }
    usable = set(_usable(run.host)) if len(rows) < len(purposes) else set()
    found = []
    for one in purposes:
        on = run.ends_on if one == Purpose.REACTION else run.ends_on + AFTER
        row = rows.get(source(run, one))
        found.append(
            Asking(one, on, row, row.asked, row.came) if row else Asking(one, on, None, lacking=one not in usable)
        )
    return found


def _took_part(run: Run) -> list[Enrolment]:
    live = Enrolment.objects.filter(run=run, state__in=Enrolment.LIVE, person__erased_at=None)
    return list(live.select_related("person", "unit").order_by("pk"))


def _ask(run: Run, purpose: Purpose, people: Iterable[Person], today: date, *, begins: bool = True) -> None:
    """Open it once; whoever got her seat later, as somebody who walked in, is asked as long as it is open."""
    chosen = list(people)
    standing = survey_of(run, purpose)
    if standing is not None and chosen and not standing.over and purpose != Purpose.HEAD:
        surveys.invite(survey=standing, people=chosen, by=None)
    asked_with = _questionnaire(run.host, purpose) if standing is None and begins else None
    if not chosen or asked_with is None:
        return
    about = {language: getattr(run, f"title_{language}") for language in ("kk", "ru", "en")}
    survey = surveys.open_survey(
        questionnaire=asked_with, unit=run.host, about=about, opens_on=today, closes_on=today + OPEN_FOR[purpose],
        by=None, source=source(run, purpose), address=run.get_absolute_url(),
    )  # fmt: skip
    surveys.invite(survey=survey, people=chosen, by=None)


def _questionnaire(host: Unit, purpose: Purpose) -> Questionnaire | None:
    """The host's own, else that of a unit above it, else one that the centre wrote for the whole country."""
    return _usable(host).get(purpose)


def _usable(host: Unit) -> dict[str, Questionnaire]:
    """The nearest of each purpose."""
    rows = Questionnaire.objects.exclude(published=None).select_related("unit", "published").order_by("-pk")
    fitting = [one for one in rows if host.path.startswith(one.unit.path) or one.unit.kind in FOR_ALL]
    return {one.purpose: one for one in sorted(fitting, key=lambda one: _shared(host, one.unit))}


def _shared(host: Unit, unit: Unit) -> int:
    return len(unit.path) if host.path.startswith(unit.path) else 0


def _heads(rows: Iterable[Enrolment], today: date) -> list[Person]:
    """The head of each graduate's library, or of the nearest unit above it; nobody is asked about herself."""
    held = list(rows)
    above = {int(part) for row in held for part in row.unit.path.strip("/").split("/")}
    roles = RoleAssignment.objects.at(today).filter(role=Role.HEAD, unit__in=above, person__erased_at=None)
    by_unit = {role.unit_id: role.person for role in roles.select_related("person")}
    found: dict[int, Person] = {}
    for row in held:
        line = [int(part) for part in reversed(row.unit.path.strip("/").split("/"))]
        head = next((by_unit[unit] for unit in line if unit in by_unit), None)
        if head is not None and head.pk != row.person_id:
            found[head.pk] = head
    return list(found.values())
