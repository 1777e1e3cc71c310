"""A seat for somebody who walked in: out of what is free, or one seat more when the organiser says so.

The ledger knows no seat beyond the capacity: Σ totals = capacity, taken ≤ total in every pool. So nobody is
squeezed in; the organiser raises the capacity by one, with a reason that stays in the ledger and the trail,
and that seat is taken in the same breath: it is hers and not of whoever waits.
"""

from __future__ import annotations

from dataclasses import dataclass

from orken.kit.audit import services as audit
from orken.network.models import Appointment
from orken.people.models import Account, Person
from orken.training import events, policy
from orken.training.models import Applicant, Application, Enrolment, Run, SeatPool
from orken.training.services import deciding, enrolments, seats

A, E, S = Applicant.State, Enrolment.State, Run.State
OPEN = (S.CONFIRMED, S.RUNNING, S.ASSESSMENT)


class NoSeat(Exception):
    """She gets no seat now; the text is one of WHY: «state», «decides», «post», «full», «reason»."""


@dataclass(frozen=True)
class Seat:
    """An enrolment, and whether it was made for her now, out of a seat that was added."""

    enrolment: Enrolment
    given: bool = False
    added: bool = False


def may_give(by: Account, run: Run) -> bool:
    """The organiser; whoever teaches a run that gives its seats to the first who come."""
    return policy.manages(by, run) or run.deciding == Run.Deciding.AT_ONCE


def seat(*, run: Run, person: Person, by: Account, add: bool, reason: str) -> Seat:
    """The seat that she has, or one that she gets. The run is locked. Raises NoSeat, SeatsAreOut never."""
    has = _enrolled(run, person)
    if has is not None:
        if has.state in (E.NO_SHOW, E.EXCUSED) and run.state in Run.LIVE:
            has = enrolments.restore(enrolment=has, by=by)  # she came after all
        return Seat(has)
    if run.state not in OPEN:
        raise NoSeat("state")
    if not may_give(by, run):
        raise NoSeat("decides")
    applied = Applicant.objects.filter(run=run, person=person, state__in=Applicant.LIVE)
    applicant = applied.select_related("run__host", "unit", "person", "post", "pool__unit", "application").first()
    home = None if applicant else _home(person)
    if applicant is None and home is None:
        raise NoSeat("post")
    path = applicant.unit.path if applicant else home.unit.path  # type: ignore[union-attr]  # one of the two stands
    pool = seats.first_free(run, path)
    added = pool is None
    if pool is None:
        pool = _one_more(run, by, add, reason)
    if applicant is None:
        assert home is not None, "asked above"
        applicant = _applies(run, person, home, by)
    given = deciding.give_seat(applicant, by=by, pool=pool, reason=reason)
    return Seat(Enrolment.objects.select_related("run", "person").get(applicant=given), given=True, added=added)


def _enrolled(run: Run, person: Person) -> Enrolment | None:
    rows = Enrolment.objects.filter(run=run, person=person).exclude(state=E.WITHDRAWN)
    found: Enrolment | None = rows.select_related("person", "run", "applicant").order_by("-pk").first()
    return found


def _home(person: Person) -> Appointment | None:
    rows = Appointment.objects.at().filter(person=person).select_related("unit", "post")
    found: Appointment | None = rows.order_by("-employment", "valid_from").first()
    return found


def _one_more(run: Run, by: Account, add: bool, reason: str) -> SeatPool:
    if not add or not policy.manages(by, run):
        raise NoSeat("full")
    if not reason:
        raise NoSeat("reason")
    return seats.add_one(run, by=by, reason=reason)


def _applies(run: Run, person: Person, home: Appointment, by: Account) -> Applicant:
    application = Application.objects.create(run=run, unit=home.unit, by=by)
    audit.record(
        "application.sent", application, by=by, scope_path=home.unit.path,
        after={"run": run.code, "unit": home.unit.code, "people": 1},
    )  # fmt: skip
    return Applicant.objects.create(
        application=application, run=run, person=person, unit=home.unit, post=home.post, level=Applicant.Level.ORGANISER
    )


def take_back(*, enrolment: Enrolment, by: Account, reason: str, added: bool) -> None:
    """The seat that was given by mistake is free again; one that was added for her goes with it. The run is locked."""
    applicant = (
        Applicant.objects.select_for_update(of=("self",))
        .select_related("run__host", "unit", "person", "pool__unit")
        .get(pk=enrolment.applicant_id)
    )
    pool, before = applicant.pool, applicant.state
    if pool is None:
        return
    seats.give_back(applicant, pool, by=by, reason=reason)
    if added:
        seats.drop_one(applicant.run, pool, by=by, reason=reason)
    Enrolment.objects.filter(pk=enrolment.pk).update(state=E.WITHDRAWN, reason=reason)
    applicant.pool, applicant.state, applicant.reason = None, A.WITHDRAWN, reason
    applicant.save(update_fields=["pool", "state", "reason"])
    audit.record("applicant.withdrawn", applicant, by=by, scope_path=applicant.unit.path, before={"state": before}, after={"state": A.WITHDRAWN, "reason": reason})  # fmt: skip
    events.applicant_decided.send(Applicant, applicant=applicant, before=before, by=by)
    seats.fill(applicant.run, by=by)
