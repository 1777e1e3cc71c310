"""The states of a run and of those who apply, each in one table (drawn in docs/states/)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.dates import long_date
from orken.kit.states import States, Way, WayIsClosed
from orken.training.models import Applicant, Enrolment, Run, Session

Text = str | Promise
S = Run.State


def _applicants(run: Run, state: str) -> int:
    return run.counted[state] if run.counted else Applicant.objects.filter(run=run, state=state).count()


def enough_people(run: Run) -> Text | None:
    have = _applicants(run, Applicant.State.ACCEPTED)
    if have >= run.minimum:
        return None
    return _("%(have)s are accepted, at least %(need)s are needed.") % {"have": have, "need": run.minimum}


def has_sessions(run: Run) -> Text | None:
    if run.counted["sessions"] if run.counted else Session.objects.filter(run=run, cancelled_at=None).exists():
        return None
    return _("The timetable is empty.")


def has_begun(run: Run) -> Text | None:
    if timezone.localdate() >= run.starts_on:
        return None
    return _("It begins on %(day)s.") % {"day": long_date(run.starts_on)}


def is_over(run: Run) -> Text | None:
    if timezone.localdate() >= run.ends_on:
        return None
    return _("It goes on until %(day)s.") % {"day": long_date(run.ends_on)}


def nobody_undecided(run: Run) -> Text | None:
    left = _applicants(run, Applicant.State.SUBMITTED)
    return _("Applications without an answer: %(n)s.") % {"n": left} if left else None


def as_it_stands(run: Run) -> Text:
    return _("The state of the run: %(state)s.") % {"state": run.get_state_display()}


def check_live(run: Run, way: str) -> None:
    """What is closed or called off is not changed any more: people and reports rely on it. Raises WayIsClosed."""
    if not run.is_live:
        raise WayIsClosed(way, [as_it_stands(run)])


def check_seating(run: Run, way: str) -> None:
    """Seats move until the last lesson is over. Raises WayIsClosed."""
    if not run.is_seating:
        raise WayIsClosed(way, [as_it_stands(run)])


RUN = States(
    "run",
    S,
    [
        Way("confirm", _("Confirm"), (S.TENTATIVE,), S.CONFIRMED, (has_sessions, enough_people), actor="organiser"),
        Way("loosen", _("Make tentative again"), (S.CONFIRMED,), S.TENTATIVE, actor="organiser", needs_reason=True),
        Way("begin", _("Begin"), (S.CONFIRMED,), S.RUNNING, (has_begun, nobody_undecided), actor="organiser"),
        Way("assess", _("Go over to the assessment"), (S.RUNNING,), S.ASSESSMENT, actor="organiser"),
        Way("close", _("Close"), (S.RUNNING, S.ASSESSMENT), S.CLOSED, (is_over,), actor="organiser"),
        Way("archive", _("Put into the archive"), (S.CLOSED, S.CANCELLED), S.ARCHIVED, actor="organiser"),
        Way(
            "cancel",
            _("Cancel the run"),
            (S.TENTATIVE, S.CONFIRMED, S.RUNNING),
            S.CANCELLED,
            actor="organiser",
            needs_reason=True,
            grave=True,
        ),
    ],
    first=S.TENTATIVE,
)


def seats_are_given(applicant: Applicant) -> Text | None:
    return None if applicant.run.is_seating else as_it_stands(applicant.run)


def has_not_begun_with_her(applicant: Applicant) -> Text | None:
    """Who has a seat gives it back before the first day; from then on an apology is noted, and what she did stands."""
    run = applicant.run
    if applicant.state != Applicant.State.ACCEPTED or (applicant.person_id is None and run.is_seating):
        return None
    if run.is_seating and timezone.localdate() < run.starts_on:
        return None
    if not run.is_seating:
        return as_it_stands(run)
    return _("It began on %(day)s: an apology is noted instead.") % {"day": long_date(run.starts_on)}


def was_not_there(applicant: Applicant) -> Text | None:
    """Whoever has been at a session learns herself; nobody takes her place afterwards."""
    there = Enrolment.State.ATTENDING, Enrolment.State.COMPLETED, Enrolment.State.FAILED
    enrolment = getattr(applicant, "enrolment", None)
    if enrolment is None or enrolment.state not in there:
        return None
    return _("She has been there already.")


A = Applicant.State
APPLICANT = States(
    "applicant",
    A,
    [
        Way("pass_on", _("Pass on"), (A.SUBMITTED,), None, (seats_are_given,), actor="library, region"),
        Way("accept", _("Accept"), (A.SUBMITTED, A.WAITING), A.ACCEPTED, (seats_are_given,), actor="organiser, owner of a pool"),
        Way("wait", _("Put on the waiting list"), (A.SUBMITTED,), A.WAITING, (seats_are_given,), actor="organiser, owner of a pool"),
        Way(
            "decline",
            _("Decline"),
            (A.SUBMITTED, A.WAITING, A.ACCEPTED),
            A.DECLINED,
            (has_not_begun_with_her,),
            actor="library, region, organiser",
            needs_reason=True,
            grave=True,
        ),
        Way(
            "withdraw",
            _("Withdraw"),
            (A.SUBMITTED, A.WAITING, A.ACCEPTED),
            A.WITHDRAWN,
            (has_not_begun_with_her,),
            actor="the person, her library, organiser",
            needs_reason=True,
            grave=True,
        ),
        Way("replace", _("Replace by another person"), (A.SUBMITTED, A.WAITING, A.ACCEPTED), A.REPLACED, (seats_are_given, was_not_there), actor="her library, region, organiser"),
        Way("name", _("Name the person"), (A.SUBMITTED, A.WAITING, A.ACCEPTED), None, (seats_are_given,), actor="her library, region, organiser"),
    ],
    first=A.SUBMITTED,
)  # fmt: skip


def first_day_has_come(enrolment: Enrolment) -> Text | None:
    """Before the first day nobody is missing: who cannot come takes the application back, and the seat goes on."""
    return has_begun(enrolment.run)


def still_open(enrolment: Enrolment) -> Text | None:
    return None if enrolment.run.is_live else as_it_stands(enrolment.run)


E = Enrolment.State
ENROLMENT = States(
    "enrolment",
    E,
    [
        Way("attend", _("Came"), (E.ENROLLED,), E.ATTENDING, actor="trainer, organiser"),
        Way("excuse", _("Excused herself"), (E.ENROLLED, E.ATTENDING), E.EXCUSED, (first_day_has_come, still_open), actor="the person, her library, trainer, organiser", needs_reason=True),
        Way("miss", _("Did not come"), (E.ENROLLED,), E.NO_SHOW, (first_day_has_come, still_open), actor="trainer, organiser", needs_reason=True),
        Way("restore", _("She came after all"), (E.EXCUSED, E.NO_SHOW), E.ENROLLED, (still_open,), actor="trainer, organiser"),
        Way("leave", _("Withdraw"), (E.ENROLLED, E.ATTENDING), E.WITHDRAWN, actor="organiser", needs_reason=True, grave=True),
        Way("complete", _("Completed"), (E.ENROLLED, E.ATTENDING, E.FAILED, E.EXCUSED, E.NO_SHOW), E.COMPLETED, actor="commission"),
        Way("fail", _("Not completed"), (E.ENROLLED, E.ATTENDING, E.COMPLETED, E.EXCUSED, E.NO_SHOW), E.FAILED, actor="commission"),
    ],
    first=E.ENROLLED,
)  # fmt: skip
ALL = (RUN, APPLICANT, ENROLMENT)
