"""Opening a run, changing it, and leading it from state to state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from orken.curriculum.models import ProgrammeVersion
from orken.kit.audit import services as audit
from orken.kit.search import services as search
from orken.network import policy as network
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.people.models import Account, Person
from orken.training import events, policy, states
from orken.training.models import Applicant, Enrolment, Run, Session, Trainer
from orken.training.services import deciding, seats, timetable

FIELDS = (
    "title_kk", "title_ru", "title_en", "form", "languages", "place", "link", "starts_on", "ends_on", "apply_until",
    "confirm_by", "minimum", "deciding", "moves_by_itself",
)  # fmt: skip
FREE_TO_MOVE = (Run.State.TENTATIVE, Run.State.CONFIRMED)


class EditedMeanwhile(Exception):
    """Somebody else changed the run after this form was opened; nothing was written."""

    def __init__(self, run: Run) -> None:
        super().__init__(run.code)
        self.run = run


class SessionsOutside(Exception):
    """Sessions of the timetable would lie outside the new days; `many` are there."""

    def __init__(self, many: int) -> None:
        super().__init__(str(many))
        self.many = many


class MoreThanSeats(Exception):
    """At least so many people cannot come as there are no seats for."""


class StopsOutside(SessionsOutside):
    """Stops of the route would lie outside the new days; `many` are there."""


class HasBegun(Exception):
    """The run goes on: its first day stays, with what was held and noted since."""


@transaction.atomic
def open_run(
    *, code: str, kind: str, host: Unit, capacity: int, by: Account | None, version: ProgrammeVersion | None = None,
    synthetic: bool = False, **values: Any,
) -> Run:  # fmt: skip
    """Open a run of `host`, tentative, all its seats open. It pins the programme version as it is today."""
    if by is not None:
        network.require(by, Permission.RUN_MANAGE, host)
    run = Run(code=code, kind=kind, host=host, capacity=capacity, version=version, synthetic=synthetic, **values)
    if version is not None and not run.title_kk:
        run.title_kk, run.title_ru, run.title_en = version.title_kk, version.title_ru, version.title_en
    run.full_clean(exclude=["host", "version", "place"])
    run.save(force_insert=True)
    seats.make_stock(run, by)
    search.index("run", [run.pk])
    audit.record("run.opened", run, by=by, scope_path=host.path, after={"code": code, "kind": kind, "seats": capacity})
    events.run_changed.send(Run, run=run, before="", by=by)
    return run


@transaction.atomic
def change_run(*, run: Run, values: Mapping[str, Any], by: Account, revision: int | None = None) -> Run:
    """Change what is told of a run; seats go by `seats.set_capacity`, states by `lead`.

    A run that is moved as a whole takes its timetable along, and everybody whom it concerns is told once.
    Raises WayIsClosed of a run that is over, EditedMeanwhile, MoreThanSeats, HasBegun, and SessionsOutside or
    StopsOutside when fewer days leave sessions or stops of the route out.
    """
    run = seats.locked(run)
    policy.require_managing(by, run)
    states.check_live(run, "change")
    if revision is not None and revision != run.revision:
        raise EditedMeanwhile(run)
    days = (run.starts_on, run.ends_on)
    before = {field: _plain(getattr(run, field)) for field in FIELDS if field in values}
    for field in FIELDS:
        if field in values:
            setattr(run, field, values[field])
    run.revision += 1
    if run.minimum > run.capacity:
        raise MoreThanSeats(str(run.capacity))
    if run.starts_on != days[0] and (run.state not in FREE_TO_MOVE or timetable.was_held(run)):
        raise HasBegun(run.code)
    run.full_clean(exclude=["host", "version", "place", "code"])
    run.save()
    moved = (run.starts_on, run.ends_on) != days
    if moved and run.ends_on - days[1] == run.starts_on - days[0]:
        timetable.follow(run, (run.starts_on - days[0]).days)
    if moved and (many := timetable.outside(run)):
        raise SessionsOutside(many)
    if moved and (many := run.stops.filter(Q(starts_on__lt=run.starts_on) | Q(ends_on__gt=run.ends_on)).count()):
        raise StopsOutside(many)
    after = {field: _plain(getattr(run, field)) for field in before}
    changed = {field for field in before if before[field] != after[field]}
    audit.record(
        "run.changed", run, by=by, scope_path=run.host.path,
        before={field: before[field] for field in changed}, after={field: after[field] for field in changed},
    )  # fmt: skip
    search.index("run", [run.pk])
    if moved:
        events.run_moved.send(Run, run=run, by=by)
    seats.fill(run, by=by)
    return run


@transaction.atomic
def lead(*, run: Run, way: str, by: Account, reason: str = "") -> Run:
    """Take the way `way` of the table of states. Raises WayIsClosed with the reasons."""
    run = seats.locked(run)
    policy.require_managing(by, run)
    found = states.RUN.check(run, way)
    reason = " ".join(reason.split())[:500]
    if found.needs_reason and not reason:
        raise deciding.ReasonIsMissing(way)
    before = run.state
    assert found.target is not None, "every way of a run has a target"
    run.state, run.reason = found.target, reason
    run.revision += 1
    run.save(update_fields=["state", "reason", "revision"])
    if run.state == Run.State.CANCELLED:
        _call_off(run, by, reason)
    elif not run.is_seating:
        waiting = Applicant.objects.filter(run=run, state__in=(Applicant.State.SUBMITTED, Applicant.State.WAITING))
        for applicant in waiting.order_by("pk"):
            deciding.end_unseated(applicant, by)
    audit.record(
        f"run.{way}", run, by=by, scope_path=run.host.path, before={"state": before},
        after={"state": run.state, "reason": reason},
    )  # fmt: skip
    search.index("run", [run.pk])
    events.run_changed.send(Run, run=run, before=before, by=by)
    return run


def _call_off(run: Run, by: Account, reason: str) -> None:
    """A run that is cancelled lets everybody go: seats back, enrolments and sessions ended, all with the reason."""
    for applicant in Applicant.objects.filter(run=run, state__in=Applicant.LIVE).select_related("run__host", "unit", "pool__unit").order_by("pk"):  # fmt: skip
        deciding.end_for_all(applicant, by, reason)
    Enrolment.objects.filter(run=run, state__in=Enrolment.LIVE).update(state=Enrolment.State.WITHDRAWN, reason=reason)
    now = timezone.now()
    for session in Session.objects.filter(run=run, cancelled_at=None):
        session.cancelled_at = session.changed_at = now
        session.sequence += 1
        session.save(update_fields=["cancelled_at", "changed_at", "sequence"])


@transaction.atomic
def invite_trainer(*, run: Run, person: Person, by: Account | None) -> Trainer:
    """Ask her to teach; asking again after a refusal asks anew, while she thinks or has accepted it changes nothing."""
    run = seats.locked(run)
    if by is not None:
        policy.require_managing(by, run)
    states.check_live(run, "invite")
    standing = Trainer.objects.filter(run=run, person=person).exclude(state=Trainer.State.DECLINED).first()
    if standing is not None:
        return standing
    trainer, _new = Trainer.objects.update_or_create(
        run=run, person=person, defaults={"state": Trainer.State.INVITED, "answered_at": None}
    )
    events.trainer_asked.send(Trainer, trainer=trainer, by=by)
    audit.record("trainer.invited", trainer, by=by, scope_path=run.host.path, after={"person": person.pk, "run": run.code})  # fmt: skip
    return trainer


@transaction.atomic
def answer_invitation(*, trainer: Trainer, state: str, by: Account) -> Trainer:
    """She answers for herself; the organiser may note what she said."""
    trainer = Trainer.objects.select_for_update(of=("self",)).select_related("run__host").get(pk=trainer.pk)
    if trainer.person_id != by.person_id:
        policy.require_managing(by, trainer.run)
    states.check_live(trainer.run, "answer")
    before = trainer.state
    trainer.state, trainer.answered_at = Trainer.State(state), timezone.now()
    trainer.save(update_fields=["state", "answered_at"])
    audit.record(
        "trainer.answered", trainer, by=by, scope_path=trainer.run.host.path, before={"state": before}, after={"state": state}
    )  # fmt: skip
    if trainer.state == Trainer.State.DECLINED:  # nobody stands in a timetable for what she said she will not teach
        ahead = Session.objects.filter(run=trainer.run, cancelled_at=None, starts_at__gt=timezone.now())
        Session.trainers.through.objects.filter(session__in=ahead, person=trainer.person_id).delete()
    if trainer.state != before:
        events.trainer_answered.send(Trainer, trainer=trainer, by=by)
    return trainer


def _plain(value: Any) -> Any:
    if isinstance(value, (str, int, bool, list)) or value is None:
        return value
    return value.code if isinstance(value, Unit) else str(value)
