"""Applying: for oneself, for one's people, or for seats that get their names later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.network.models import Appointment, Post, Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account, Person
from orken.training import conditions, events, policy
from orken.training.models import Applicant, Application, Run
from orken.training.services import seats
from orken.training.services.deciding import CannotCome

MOST = 300  # lines of one application


@dataclass(frozen=True)
class Line:
    """One line as it is sent: a person, or None for a seat that gets its name later."""

    person: Person | None
    unit: Unit
    priority: int = 1


class NothingToSend(Exception):
    """The application has no line, or more than MOST."""


def apply(*, run: Run, unit: Unit, lines: Sequence[Line], by: Account, note: str = "") -> Application:
    """Send an application of `unit`; whole or not at all.

    She may apply for herself, or for the people of a unit in her scope. Each line goes to the first
    level whose right she lacks; in a run that decides at once each takes a seat or waits for one.
    Raises CannotCome with every line's reasons.
    """
    if not 1 <= len(lines) <= MOST:
        raise NothingToSend(str(len(lines)))
    with transaction.atomic():
        run = seats.locked(run)
        for line in lines:
            mine = line.person is not None and line.person.pk == by.person_id
            if not mine and not policy.may_send(by, line.unit):
                raise OutOfScope(line.unit.code)
        _require_open(run, lines)
        return apply_as_known(run=run, unit=unit, lines=lines, by=by, note=note)


@transaction.atomic
def apply_as_known(*, run: Run, unit: Unit, lines: Sequence[Line], by: Account, note: str = "") -> Application:
    """Write an application whose conditions somebody else has proved: the verb above, or one that came on paper."""
    run = seats.locked(run)
    application = Application.objects.create(run=run, unit=unit, by=by, note=note)
    now = timezone.now()
    applicants = []
    for line in lines:
        applicant = Applicant(
            application=application, run=run, person=line.person, unit=line.unit, post=_post(line), priority=line.priority,
            level=policy.level_for(by, line.unit, run),
        )  # fmt: skip
        if run.deciding == Run.Deciding.AT_ONCE:
            applicant.state, applicant.waiting_since = Applicant.State.WAITING, now
        applicant.save(force_insert=True)
        applicants.append(applicant)
    audit.record(
        "application.sent", application, by=by, scope_path=unit.path,
        after={"run": run.code, "unit": unit.code, "people": len(applicants)},
    )  # fmt: skip
    for applicant in applicants:
        events.applicant_decided.send(Applicant, applicant=applicant, before="", by=by)
    if run.deciding == Run.Deciding.AT_ONCE:
        seats.fill(run, by=by)
    return application


def _require_open(run: Run, lines: Sequence[Line]) -> None:
    today = timezone.localdate()
    closed = conditions.closing(conditions.of_run(run, today))
    if closed:
        raise CannotCome(closed)
    twice = {line.person.pk for line in lines if line.person}
    if len(twice) != sum(line.person is not None for line in lines):
        raise CannotCome([conditions.TWICE])
    for line in lines:
        if line.person is not None:
            closed = conditions.closing(conditions.of_person(run, line.person, line.unit, today))
            if closed:
                raise CannotCome([f"{line.person}: {text}" for text in closed])


def _post(line: Line) -> Post | None:
    if line.person is None:
        return None
    row = (
        Appointment.objects.at()
        .filter(person=line.person, unit=line.unit)
        .select_related("post")
        .order_by("-employment")
        .first()
    )
    return row.post if row else None
