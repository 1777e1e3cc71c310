"""The timetable: sessions are added, moved and cancelled; those concerned are told by the same invitation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from orken.kit.audit import services as audit
from orken.kit.audit import words
from orken.people.models import Account, Person
from orken.training import events, policy, states
from orken.training.models import Mark, Room, Run, Session
from orken.training.services import seats

FIELDS = ("title_kk", "title_ru", "title_en", "kind", "starts_at", "ends_at", "room")


class OutsideTheRun(Exception):
    """The session lies before the first day of the run or after its last."""


class RoomStands(Exception):
    """The unit has a room of this name."""


class InThePast(Exception):
    """A session is not put where time is over; what was held is corrected in the attendance sheet."""


class SessionHeld(Exception):
    """People are marked at the session: it is not put on another day or hour."""


@transaction.atomic
def add_session(
    *,
    run: Run,
    by: Account | None,
    starts_at: datetime,
    ends_at: datetime,
    trainers: Sequence[Person] = (),
    **values: Any,
) -> Session:
    """Put a session into the timetable; the same topic at the same time a second time is the press that came twice."""
    run = seats.locked(run)
    if by is not None:
        policy.require_managing(by, run)
    states.check_live(run, "add_session")
    _require_inside(run, starts_at, ends_at)
    same = {"starts_at": starts_at, "ends_at": ends_at, "title_kk": values.get("title_kk", "")}
    standing = Session.objects.filter(run=run, cancelled_at=None, **same).first()
    if standing is not None:
        return standing
    session = Session.objects.create(run=run, starts_at=starts_at, ends_at=ends_at, **values)
    session.trainers.set(trainers)
    session.run = run
    audit.record("session.added", session, by=by, scope_path=run.host.path, after=_seen(session))
    events.session_changed.send(Session, session=session, what="added", by=by, come=(), gone=())
    return session


@transaction.atomic
def change_session(
    *, session: Session, by: Account, values: Mapping[str, Any], trainers: Sequence[Person] | None = None,
    sequence: int | None = None,
) -> Session:  # fmt: skip
    """Move or change a session. `sequence` guards against a second hand: raises EditedMeanwhile."""
    run = seats.locked(session.run)
    policy.require_managing(by, run)
    states.check_live(run, "change_session")
    session = Session.objects.select_for_update(of=("self",)).select_related("run__host", "room").get(pk=session.pk)
    if sequence is not None and sequence != session.sequence:
        from orken.training.services.runs import EditedMeanwhile

        raise EditedMeanwhile(run)
    before = _seen(session)
    for field in FIELDS:
        if field in values:
            setattr(session, field, values[field])
    moved = before["starts_at"] != _seen(session)["starts_at"]
    if moved and was_held(run, session):  # its end may be put right: a shorter one gives no more than it has
        raise SessionHeld(str(session.pk))
    _require_inside(run, session.starts_at, session.ends_at)
    if moved and session.starts_at < timezone.now():
        raise InThePast(str(session.pk))
    session.sequence += 1
    session.changed_at = timezone.now()
    session.save()
    come: list[Person] = []
    gone: list[Person] = []
    if trainers is not None:
        known, stay = list(session.trainers.all()), {who.pk for who in trainers}
        come = [who for who in trainers if who not in known]
        gone = [who for who in known if who.pk not in stay]
        session.trainers.set(trainers)
    after = _seen(session)
    audit.record("session.changed", session, by=by, scope_path=run.host.path, before=before, after=after)
    elsewhere = any(before[name] != after[name] for name in ("ends_at", "room"))
    what = "moved" if moved else "changed" if elsewhere else "edited"
    events.session_changed.send(Session, session=session, what=what, by=by, come=come, gone=gone)
    return session


@transaction.atomic
def end_at(*, session: Session, ends_at: datetime, by: Account | None) -> Session:
    """A session that has begun ended otherwise than its timetable said: from then on its minutes are those that were held.

    Whoever holds it decides (the app above that ends it); nobody is written to, for everybody was there. Of a run that
    is closed nothing changes.
    """
    run = seats.locked(session.run)
    session = Session.objects.select_for_update(of=("self",)).select_related("run__host", "room").get(pk=session.pk)
    if run.state not in Run.LIVE or not session.starts_at < ends_at or session.ends_at == ends_at:
        return session
    before = _seen(session)
    session.ends_at, session.changed_at = ends_at, timezone.now()
    session.sequence += 1
    session.save(update_fields=["ends_at", "changed_at", "sequence"])
    audit.record("session.changed", session, by=by, scope_path=run.host.path, before=before, after=_seen(session))
    events.session_changed.send(Session, session=session, what="edited", by=by, come=(), gone=())
    return session


@transaction.atomic
def cancel_session(*, session: Session, by: Account) -> Session:
    """Take it out of the timetable; calendars that hold it are told so."""
    run = seats.locked(session.run)
    policy.require_managing(by, run)
    states.check_live(run, "cancel_session")
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.cancelled_at is None:
        session.cancelled_at = session.changed_at = timezone.now()
        session.sequence += 1
        session.save(update_fields=["cancelled_at", "changed_at", "sequence"])
        audit.record("session.cancelled", session, by=by, scope_path=run.host.path, before=_seen(session))
        events.session_changed.send(Session, session=session, what="cancelled", by=by, come=(), gone=())
    return session


@transaction.atomic
def add_room(*, run: Run, names: Mapping[str, str], seats_in_it: int, by: Account) -> Room:
    """A room of the run's host, or of its place. Raises RoomStands."""
    run = seats.locked(run)
    policy.require_managing(by, run)
    unit = run.place or run.host
    try:
        with transaction.atomic():
            room = Room.objects.create(unit=unit, seats=seats_in_it, **names)
    except IntegrityError:  # two runs of one house may add it at once: the constraint decides
        raise RoomStands(names["name_kk"]) from None
    audit.record("room.added", room, by=by, scope_path=room.unit.path, after={"name": words.in_languages(room, "name")})
    return room


def was_held(run: Run, session: Session | None = None) -> bool:
    """Whether somebody is marked at the session, or at any of the run."""
    marks = Mark.objects.filter(superseded_at=None)
    return (marks.filter(session=session) if session else marks.filter(session__run=run)).exists()


def follow(run: Run, days: int) -> None:
    """Inside the run's lock: the whole run is moved by `days`, and its timetable and its route go with it, at the same hours."""
    now = timezone.now()
    for session in Session.objects.filter(run=run, cancelled_at=None):
        session.starts_at += timedelta(days)
        session.ends_at += timedelta(days)
        session.sequence += 1
        session.changed_at = now
        session.save(update_fields=["starts_at", "ends_at", "sequence", "changed_at"])
    for stop in run.stops.all():
        stop.starts_on += timedelta(days)
        stop.ends_on += timedelta(days)
        stop.save(update_fields=["starts_on", "ends_on"])


def outside(run: Run) -> int:
    """How many sessions lie before the first day of the run or after its last."""
    sittings = Session.objects.filter(run=run, cancelled_at=None).values_list("starts_at", "ends_at")
    return sum(not _inside(run, starts_at, ends_at) for starts_at, ends_at in sittings)


def _inside(run: Run, starts_at: datetime, ends_at: datetime) -> bool:
    first, last = (timezone.localtime(moment).date() for moment in (starts_at, ends_at))
    return run.starts_on <= first and last <= run.ends_on


def _require_inside(run: Run, starts_at: datetime, ends_at: datetime) -> None:
    if not _inside(run, starts_at, ends_at):
        raise OutsideTheRun(run.code)


def _seen(session: Session) -> dict[str, Any]:
    """What the trail keeps; hours in UTC, so that the same moment said in another zone is no move."""
    return {
        "topic": words.in_languages(session, "title"),
        "starts_at": session.starts_at.astimezone(UTC).isoformat(),
        "ends_at": session.ends_at.astimezone(UTC).isoformat(),
        "room": session.room_id,
    }
