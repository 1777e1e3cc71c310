"""Applying: for oneself, for one's people, or for seats that get their names later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.network.models import Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account, Person
from orken.training import conditions, events, policy
from orken.training.conditions import Standing
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


def apply(
    *, run: Run, unit: Unit, lines: Sequence[Line], by: Account, note: str = "", press: UUID | None = None
) -> Application:
    """Send an application of `unit`; whole or not at all.

    She may apply for herself, or for the people of a unit in her scope. Each line goes to the first
    level whose right she lacks; in a run that decides at once each takes a seat or waits for one.
    Raises CannotCome with every line's reasons. A `press` that was sent before answers what it sent then.

    Who takes no seat (each application is looked at, or none is left) waits for nobody: she only holds the
    run as it is. Who takes one stands in line for it.
    """
    if not 1 <= len(lines) <= MOST:
        raise NothingToSend(str(len(lines)))
    for line in lines:
        mine = line.person is not None and line.person.pk == by.person_id
        if not mine and not policy.may_send(by, line.unit):
            raise OutOfScope(line.unit.code)
    if press is not None and (before := _sent_by(press, by)) is not None:
        return before
    try:
        return _apply(run, unit, lines, by, note, press)
    except (IntegrityError, CannotCome):  # the same press in this very moment, and it was first
        if press is None or (before := _sent_by(press, by)) is None:
            raise
        return before


def _sent_by(press: UUID, by: Account) -> Application | None:
    found: Application | None = Application.objects.filter(press=press, by=by).first()
    return found


def _apply(run: Run, unit: Unit, lines: Sequence[Line], by: Account, note: str, press: UUID | None) -> Application:
    paths = {line.unit.path for line in lines}
    if not seats.gives(run, paths):
        try:
            with transaction.atomic():
                held = seats.held(run)
                if not seats.gives(held, paths):
                    return _send(held, unit, lines, by, note, press)
        except IntegrityError:
            pass  # the same person was sent in this very moment: in line it is seen, and told in words
    with transaction.atomic():
        run = seats.locked(run)
        application = _send(run, unit, lines, by, note, press)
        if run.deciding == Run.Deciding.AT_ONCE:
            seats.fill(run, by=by)  # whoever gets a seat is told so; who is left waits, and the clock tells her
        return application


@transaction.atomic
def apply_as_known(*, run: Run, unit: Unit, lines: Sequence[Line], by: Account, note: str = "") -> Application:
    """Write an application whose conditions somebody else has proved: one that came on paper, or the demo's."""
    run = seats.locked(run)
    application = _write(run, unit, lines, by, note, _standings(run, lines))
    if run.deciding == Run.Deciding.AT_ONCE:
        seats.fill(run, by=by)
    return application


def _send(run: Run, unit: Unit, lines: Sequence[Line], by: Account, note: str, press: UUID | None) -> Application:
    found = _standings(run, lines)
    _require_open(run, lines, found)
    return _write(run, unit, lines, by, note, found, press)


def _write(
    run: Run, unit: Unit, lines: Sequence[Line], by: Account, note: str, found: Mapping[int, Standing],
    press: UUID | None = None,
) -> Application:  # fmt: skip
    """While the run is held."""
    application = Application.objects.create(run=run, unit=unit, by=by, note=note, press=press)
    now = timezone.now()
    at_once = run.deciding == Run.Deciding.AT_ONCE
    applicants = []
    for line in lines:
        applicant = Applicant(
            application=application, run=run, person=line.person, unit=line.unit, priority=line.priority,
            post_id=found[line.person.pk].post if line.person else None, level=policy.level_for(by, line.unit, run),
        )  # fmt: skip
        if at_once:
            applicant.state, applicant.waiting_since = Applicant.State.WAITING, now
        applicant.save(force_insert=True)
        applicants.append(applicant)
    audit.record(
        "application.sent", application, by=by, scope_path=unit.path,
        after={"run": run.code, "unit": unit.code, "people": len(applicants)},
    )  # fmt: skip
    if not at_once:
        for applicant in applicants:
            events.applicant_decided.send(Applicant, applicant=applicant, before="", by=by)
    return application


def _standings(run: Run, lines: Sequence[Line]) -> dict[int, Standing]:
    people = [(line.person, line.unit) for line in lines if line.person is not None]
    return conditions.standings(run, people, timezone.localdate())


def _require_open(run: Run, lines: Sequence[Line], found: Mapping[int, Standing]) -> None:
    closed = conditions.closing(conditions.of_run(run, timezone.localdate()))
    if closed:
        raise CannotCome(closed)
    if len(found) != sum(line.person is not None for line in lines):
        raise CannotCome([conditions.TWICE])
    for line in lines:
        if line.person is not None:
            closed = conditions.closing(conditions.of_person(line.unit, found[line.person.pk]))
            if closed:
                raise CannotCome([f"{line.person}: {text}" for text in closed])
