"""Deciding on applicants: pass on, accept, let wait, decline, withdraw, replace, name."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.network.models import Appointment, Post, Unit
from orken.network.policy import OutOfScope
from orken.people.models import Account, Person
from orken.training import conditions, events, policy, states
from orken.training.models import Applicant, Enrolment, Run, SeatPool
from orken.training.models.application import TWIN, UNSEATED
from orken.training.services import seats

A = Applicant.State


class ReasonIsMissing(Exception):
    """This verb needs a reason that the person can read."""


class CannotCome(Exception):
    """The person cannot take the seat; `reasons` say why, for the reader."""

    def __init__(self, reasons: Sequence[object]) -> None:
        super().__init__("; ".join(map(str, reasons)))
        self.reasons = list(reasons)


def _applicant(applicant: Applicant) -> Applicant:
    """The applicant, under the lock of her run."""
    seats.locked(applicant.run)
    return (
        Applicant.objects.select_for_update(of=("self",))
        .select_related("run__host", "unit", "person", "post", "pool__unit", "application", "enrolment")
        .get(pk=applicant.pk)
    )


@transaction.atomic
def pass_on(*, applicant: Applicant, by: Account) -> Applicant:
    """The library or the region lets it go to the next level whose right `by` lacks."""
    applicant = _applicant(applicant)
    states.APPLICANT.check(applicant, "pass_on")
    if not policy.holds(by, applicant.level, applicant.unit, applicant.run):
        raise OutOfScope(str(applicant.pk))
    before = applicant.level
    applicant.level = policy.level_for(by, applicant.unit, applicant.run)
    applicant.save(update_fields=["level"])
    _record("applicant.passed_on", applicant, by, {"level": before}, {"level": applicant.level})
    return applicant


@transaction.atomic
def accept(*, applicant: Applicant, by: Account, pool: SeatPool | None = None, reason: str = "") -> Applicant:
    """Give her a seat: out of `pool`, or of the first that the rule gives. Raises SeatsAreOut."""
    applicant = _applicant(applicant)
    states.APPLICANT.check(applicant, "accept")
    if pool is None:
        pool = _pool_for(applicant, by)
    if not policy.decides(by, applicant, pool):
        raise OutOfScope(str(applicant.pk))
    return give_seat(applicant, by=by, pool=pool, reason=reason)


def _pool_for(applicant: Applicant, by: Account) -> SeatPool:
    """The first pool with a free seat from which `by` may give it."""
    stock = list(SeatPool.objects.filter(run=applicant.run).select_related("unit"))
    fitting = sorted(
        (pool for pool in stock if applicant.unit.path.startswith(pool.unit.path if pool.unit else "")),
        key=lambda pool: -len(pool.unit.path if pool.unit else ""),
    )
    hers = [pool for pool in fitting if policy.decides(by, applicant, pool)]
    if not hers and not policy.manages(by, applicant.run):
        raise OutOfScope(str(applicant.pk))
    found = next((pool for pool in hers if pool.free), None)
    if found is None:
        raise seats.SeatsAreOut(0)
    return found


def give_seat(applicant: Applicant, *, by: Account | None, pool: SeatPool, reason: str = "") -> Applicant:
    """Inside the run's lock: the seat is hers, and if she has a name, the enrolment too."""
    before = applicant.state
    applicant.pool = seats.take(applicant, by=by, pool=pool, reason=reason)
    applicant.state, applicant.waiting_since, applicant.reason = A.ACCEPTED, None, reason
    applicant.decided_at = timezone.now()
    applicant.save(update_fields=["pool", "state", "waiting_since", "reason", "decided_at"])
    _enrol(applicant)
    _record("applicant.accepted", applicant, by, {"state": before}, {"state": A.ACCEPTED, "pool": _pool_name(pool), "reason": reason})  # fmt: skip
    events.applicant_decided.send(Applicant, applicant=applicant, before=before, by=by)
    return applicant


@transaction.atomic
def let_wait(*, applicant: Applicant, by: Account, reason: str = "") -> Applicant:
    """Put her on the waiting list. While a seat is free for her and the list moves by itself, she gets it at once."""
    applicant = _applicant(applicant)
    states.APPLICANT.check(applicant, "wait")
    if not policy.decides(by, applicant, _own_pool(applicant)):
        raise OutOfScope(str(applicant.pk))
    before = applicant.state
    applicant.state, applicant.waiting_since, applicant.reason = A.WAITING, timezone.now(), reason
    applicant.decided_at = applicant.waiting_since
    applicant.save(update_fields=["state", "waiting_since", "reason", "decided_at"])
    _record("applicant.waits", applicant, by, {"state": before}, {"state": A.WAITING, "reason": reason})
    events.applicant_decided.send(Applicant, applicant=applicant, before=before, by=by)
    seats.fill(applicant.run, by=by)
    return _again(applicant)


@transaction.atomic
def decline(*, applicant: Applicant, by: Account, reason: str) -> Applicant:
    """Say no, with a reason that she can read. Whoever holds a right over her at any level may."""
    applicant = _applicant(applicant)
    states.APPLICANT.check(applicant, "decline")
    if not any(policy.holds(by, level, applicant.unit, applicant.run) for level in Applicant.Level.values):
        raise OutOfScope(str(applicant.pk))
    if applicant.state == A.ACCEPTED and not policy.decides(by, applicant, applicant.pool):
        raise OutOfScope(str(applicant.pk))
    return _end(applicant, A.DECLINED, by, reason)


@transaction.atomic
def withdraw(*, applicant: Applicant, by: Account, reason: str) -> Applicant:
    """She, her library or the organiser takes the application back; her seat goes to whoever waits."""
    applicant = _applicant(applicant)
    states.APPLICANT.check(applicant, "withdraw")
    hers = applicant.person_id == by.person_id
    if not (hers or policy.may_send(by, applicant.unit) or policy.manages(by, applicant.run)):
        raise OutOfScope(str(applicant.pk))
    return _end(applicant, A.WITHDRAWN, by, reason)


@transaction.atomic
def replace(*, applicant: Applicant, person: Person, by: Account, reason: str = "") -> Applicant:
    """Another person of the same scope comes in her stead; the seat is not lost, not even for a moment."""
    old = _applicant(applicant)
    states.APPLICANT.check(old, "replace")
    if not (policy.may_send(by, old.unit) or policy.manages(by, old.run)):
        raise OutOfScope(str(old.pk))
    unit, post = _from_where(person, old.unit, by, old.run)
    _require_free(old.run, person, unit)
    pool, before = old.pool, old.state
    waiting_since = old.waiting_since
    old.state, old.pool, old.waiting_since = A.REPLACED, None, None
    old.reason, old.decided_at = reason, timezone.now()
    old.save(update_fields=["state", "pool", "waiting_since", "reason", "decided_at"])
    Enrolment.objects.filter(applicant=old, state__in=Enrolment.LIVE).update(
        state=Enrolment.State.WITHDRAWN, reason=reason
    )
    new = Applicant.objects.create(
        application=old.application, run=old.run, person=person, unit=unit, post=post, priority=old.priority, state=before,
        level=old.level, pool=pool, replaces=old, waiting_since=waiting_since, decided_at=timezone.now(),
    )  # fmt: skip
    if pool is not None:
        seats.hand_over(old, new, pool, by=by)
        _enrol(new)
    _record("applicant.replaced", old, by, {"person": old.person_id}, {"person": person.pk, "reason": reason})
    events.applicant_replaced.send(Applicant, old=old, new=new, by=by)
    return _moved_up(new, by)


@transaction.atomic
def name(*, applicant: Applicant, person: Person, by: Account) -> Applicant:
    """Give the seat that was kept without a name to a person."""
    applicant = _applicant(applicant)
    states.APPLICANT.check(applicant, "name")
    if not applicant.unnamed or not (policy.may_send(by, applicant.unit) or policy.manages(by, applicant.run)):
        raise OutOfScope(str(applicant.pk))
    unit, post = _from_where(person, applicant.unit, by, applicant.run)
    _require_free(applicant.run, person, unit)
    applicant.person, applicant.unit, applicant.post = person, unit, post
    applicant.save(update_fields=["person", "unit", "post"])
    if applicant.state == A.ACCEPTED:
        _enrol(applicant)
    _record("applicant.named", applicant, by, {}, {"person": person.pk})
    events.applicant_decided.send(Applicant, applicant=applicant, before=applicant.state, by=by)
    return _moved_up(applicant, by)


# --- what they share ---


def _moved_up(applicant: Applicant, by: Account) -> Applicant:
    """Whoever waits may come from another unit now, whose pool has a seat for her."""
    if applicant.state != A.WAITING:
        return applicant
    seats.fill(applicant.run, by=by)
    return _again(applicant)


def _end(applicant: Applicant, state: str, by: Account | None, reason: str) -> Applicant:
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise ReasonIsMissing(str(applicant.pk))
    before = applicant.state
    _leave_seat(applicant, by=by, reason=reason)
    applicant.state, applicant.waiting_since, applicant.reason = state, None, reason
    applicant.decided_at = timezone.now()
    applicant.save(update_fields=["pool", "state", "waiting_since", "reason", "decided_at"])
    _record(f"applicant.{state}", applicant, by, {"state": before}, {"state": state, "reason": reason})
    events.applicant_decided.send(Applicant, applicant=applicant, before=before, by=by)
    seats.fill(applicant.run, by=None)
    return applicant


def end_as_twin(applicant: Applicant) -> Applicant:
    """Two applications of one person to one run: the one that does not stand is withdrawn."""
    return _end(_applicant(applicant), A.WITHDRAWN, None, TWIN)


def end_unseated(applicant: Applicant, by: Account) -> None:
    """The lessons are over and she still waits: she is told that no seat became free, and waits no longer."""
    _end(_applicant(applicant), A.DECLINED, by, UNSEATED)


def end_for_all(applicant: Applicant, by: Account, reason: str) -> None:
    """The run is off: the seat goes back and nobody moves up."""
    before = applicant.state
    _leave_seat(applicant, by=by, reason=reason)
    applicant.state, applicant.waiting_since, applicant.reason = A.DECLINED, None, reason
    applicant.decided_at = timezone.now()
    applicant.save(update_fields=["pool", "state", "waiting_since", "reason", "decided_at"])
    events.applicant_decided.send(Applicant, applicant=applicant, before=before, by=by)


def _leave_seat(applicant: Applicant, *, by: Account | None, reason: str) -> None:
    pool, applicant.pool = applicant.pool, None
    if pool is None:
        return
    seats.give_back(applicant, pool, by=by, reason=reason[:300])
    Enrolment.objects.filter(applicant=applicant, state__in=Enrolment.LIVE).update(
        state=Enrolment.State.WITHDRAWN, reason=reason
    )


def _enrol(applicant: Applicant) -> None:
    if applicant.person is None:
        return
    facts = {
        "run": applicant.run, "person": applicant.person, "unit": applicant.unit, "post": applicant.post,
        "state": Enrolment.State.ENROLLED, "reason": "",
    }  # fmt: skip
    # Under the lock of the run nobody else writes it: no savepoints are needed.
    if not Enrolment.objects.filter(applicant=applicant).update(**facts):
        Enrolment.objects.create(applicant=applicant, **facts)


def _from_where(person: Person, unit: Unit, by: Account, run: Run) -> tuple[Unit, Post | None]:
    """The unit and post that the newcomer comes from: in the same unit, else in the actor's own scope."""
    rows = list(
        Appointment.objects.at()
        .filter(person=person)
        .select_related("unit", "post")
        .order_by("-employment", "valid_from")
    )
    for row in rows:
        if row.unit_id == unit.pk:
            return row.unit, row.post
    for row in rows:
        if policy.may_send(by, row.unit) or policy.manages(by, run):
            return row.unit, row.post
    raise CannotCome(conditions.closing(conditions.of_person(None, conditions.NO_POST)))


def _require_free(run: Run, person: Person, unit: Unit) -> None:
    standing = conditions.standings(run, [(person, unit)], timezone.localdate())[person.pk]
    closed = conditions.closing(conditions.of_person(unit, standing))
    if closed:
        raise CannotCome(closed)


def _own_pool(applicant: Applicant) -> SeatPool | None:
    stock = SeatPool.objects.filter(run=applicant.run, unit__isnull=False).select_related("unit")
    fitting = [pool for pool in stock if pool.unit and applicant.unit.path.startswith(pool.unit.path)]
    return max(fitting, key=lambda pool: len(pool.unit.path) if pool.unit else 0, default=None)


def _pool_name(pool: SeatPool) -> str:
    return pool.unit.code if pool.unit else "open"


def _again(applicant: Applicant) -> Applicant:
    return Applicant.objects.select_related("run", "unit", "person", "pool").get(pk=applicant.pk)


def _record(
    verb: str, applicant: Applicant, by: Account | None, before: dict[str, object], after: dict[str, object]
) -> None:
    audit.record(verb, applicant, by=by, scope_path=applicant.unit.path, before=before, after=after)
