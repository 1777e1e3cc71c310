"""The verbs of the attendance sheet. Every hand ends in `write`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from orken.kit import bulk
from orken.kit.audit import services as audit
from orken.kit.audit.models import AuditEvent
from orken.people.models import Account
from orken.training.attendance import policy
from orken.training.models import Enrolment, Mark, PaperSheet, Run, Session, WalkIn, WalkInJoin
from orken.training.services import seats

DONE, SAME, DIFFERS, REFUSED = "done", "same", "differs", "refused"
State = Mark.State


@dataclass(frozen=True)
class Line:
    """One cell as a hand wrote it.

    `who`: «e12» or «w» and the walk-in's uid. `minutes` None: all of the session. `base`: id or uid of the mark that
    she saw standing, empty when she saw none. `uid`: of the line itself; the same one is written once.
    """

    session: int
    who: str
    state: str
    minutes: int | None = None
    reason: str = ""
    base: str = ""
    uid: UUID = field(default_factory=uuid4)
    noted_at: datetime | None = None


@dataclass(frozen=True)
class Written:
    """What became of a line; `reason` is a key of `refusals.REASONS`."""

    outcome: str
    reason: str = ""
    mark: Mark | None = None


class Refused(Exception):
    """A verb that cannot be done; the text is a key of `refusals.REASONS`."""


@dataclass
class _Desk:
    """What a writing has in hand: everything is read once, and written once at the end."""

    run: Run
    by: Account | None
    source: str
    sheet: PaperSheet | None
    now: datetime
    sessions: dict[int, Session]
    people: dict[str, Enrolment | WalkIn]
    standing: dict[tuple[int, str], Mark]
    aside: dict[tuple[int, str], list[Mark]]
    written: dict[UUID, Mark]
    new: list[Mark] = field(default_factory=list)
    over: list[Mark] = field(default_factory=list)
    same: dict[str, Mark] = field(default_factory=dict)
    events: list[tuple[str, Mark, dict[str, Any], str]] = field(default_factory=list)


@transaction.atomic
def write(
    *, run: Run, lines: Sequence[Line], by: Account | None, source: str = Mark.Source.PAGE, sheet: PaperSheet | None = None
) -> list[Written]:  # fmt: skip
    """Write lines in their order under the run's row lock; answers what became of each. `by` None: the demo and jobs.

    Raises OutOfScope when she does not keep this run's attendance.
    """
    run = seats.locked(run)
    if by is not None:
        policy.require_keeping(by, run)
    return _write(run, lines, by, source, sheet)


@transaction.atomic
def write_as_herself(*, run: Run, line: Line, by: Account) -> Written:
    """The line of a learner about herself, from the door: `door.come_in` has looked whether it is hers and the door open."""
    return _write(seats.locked(run), [line], by, Mark.Source.DOOR, None, herself=True)[0]


def _write(
    run: Run, lines: Sequence[Line], by: Account | None, source: str, sheet: PaperSheet | None, *, herself: bool = False
) -> list[Written]:
    lines = _as_joined(run, lines)
    desk = _desk(run, lines, by, source, sheet)
    closed = by is not None and not herself and not policy.takes_marks(by, run)
    found = [Written(REFUSED, "closed") if closed else _judge(desk, line) for line in lines]
    _put_down(desk)
    return found


def _as_joined(run: Run, lines: Sequence[Line]) -> Sequence[Line]:
    """Lines about a walk-in who has her seat by now are about the enrolment: a device or a paper may not know it yet."""
    uids = {uid for line in lines if line.who[:1] == "w" and (uid := uid_of(line.who[1:]))}
    if not uids:
        return lines
    joins = WalkInJoin.objects.filter(walk_in__run=run, walk_in__uid__in=uids, ended_at=None, enrolment__isnull=False)
    known = {f"w{uid}": f"e{pk}" for uid, pk in joins.values_list("walk_in__uid", "enrolment")}
    return [replace(line, who=known.get(line.who, line.who)) for line in lines]


def _desk(run: Run, lines: Sequence[Line], by: Account | None, source: str, sheet: PaperSheet | None) -> _Desk:
    sessions = Session.objects.filter(run=run, pk__in={line.session for line in lines}).in_bulk()
    people = _people(run, {line.who for line in lines})
    ids = {one.pk for one in people.values() if isinstance(one, Enrolment)}
    guests = {one.pk for one in people.values() if isinstance(one, WalkIn)}
    live = Mark.objects.filter(session__in=list(sessions), superseded_at=None)
    names = {(("e", one.pk) if isinstance(one, Enrolment) else ("w", one.pk)): who for who, one in people.items()}
    standing: dict[tuple[int, str], Mark] = {}
    aside: dict[tuple[int, str], list[Mark]] = {}
    for mark in [*live.filter(enrolment__in=ids), *(live.filter(walk_in__in=guests) if guests else ())]:
        who = names[("e", mark.enrolment_id) if mark.enrolment_id else ("w", mark.walk_in_id)]
        if mark.aside:
            aside.setdefault((mark.session_id, who), []).append(mark)
        else:
            standing[mark.session_id, who] = mark
    written = {mark.uid: mark for mark in Mark.objects.filter(uid__in=[line.uid for line in lines])}
    return _Desk(run, by, source, sheet, timezone.now(), sessions, people, standing, aside, written)


def _people(run: Run, asked: Collection[str]) -> dict[str, Enrolment | WalkIn]:
    """Enrolments and walk-ins of the run by the words that name them; a word that names nobody is left out."""
    numbers = {int(who[1:]) for who in asked if who[:1] == "e" and who[1:].isdecimal() and len(who) < 19}
    uids = [uid for who in asked if who[:1] == "w" and (uid := uid_of(who[1:]))]
    found: dict[str, Enrolment | WalkIn] = {f"e{one.pk}": one for one in Enrolment.objects.filter(run=run, pk__in=numbers)}  # fmt: skip
    if uids:
        found |= {f"w{one.uid}": one for one in WalkIn.objects.filter(run=run, uid__in=uids)}
    return found


def uid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _judge(desk: _Desk, line: Line) -> Written:
    """What becomes of one line; changes only the desk."""
    if (old := desk.written.get(line.uid)) is not None:
        return Written(DIFFERS if old.aside else DONE, mark=old)
    session, person = desk.sessions.get(line.session), desk.people.get(line.who)
    if session is None or session.cancelled_at is not None:
        return Written(REFUSED, "session")
    if person is None:
        return Written(REFUSED, "person")
    if line.state not in State.values:
        return Written(REFUSED, "state")
    # The demo and jobs (nobody) write by the days of the run, whatever today is.
    if desk.by is not None and timezone.localdate(session.starts_at) > timezone.localdate(desk.now):
        return Written(REFUSED, "coming")
    minutes = line.minutes if line.minutes is not None else session.minutes
    if line.state not in Mark.THERE:
        minutes = 0
    elif not 0 < minutes <= session.minutes:
        return Written(REFUSED, "minutes")
    key = (line.session, line.who)
    standing = desk.standing.get(key)
    own = next((mark for mark in desk.aside.get(key, ()) if line.base and line.base in (str(mark.pk), str(mark.uid))), None)  # fmt: skip
    if standing is not None and (standing.state, standing.minutes) == (line.state, minutes):
        if own is not None:  # she now says what stands: the difference is over
            _end(desk, own, key, "attendance.settled")
        desk.same[str(line.uid)] = standing
        return Written(SAME, mark=standing)
    seen = str(standing.pk) if standing and standing.pk else ""
    # What she wrote before and what «stood so already» is what stands: her next line has seen it.
    agrees = standing is None or (
        bool(line.base) and (line.base in (seen, str(standing.uid)) or desk.same.get(line.base) is standing)
    )
    if (standing is not None or own is not None) and (agrees or own is not None) and not line.reason.strip():
        return Written(REFUSED, "reason")
    twin = next((mark for mark in desk.aside.get(key, ()) if (mark.state, mark.minutes) == (line.state, minutes)), None)
    if not agrees and twin is not None and twin is not own:
        return Written(DIFFERS, mark=twin)  # the same difference told twice is one
    mark = _new(desk, line, session, person, minutes, aside=not agrees)
    before: dict[str, Any] = {}
    if agrees and standing is not None:
        before = _told(standing)
        _supersede(desk, standing)
    if own is not None:
        _supersede(desk, own)
        desk.aside[key].remove(own)
    if agrees:
        desk.standing[key] = mark
    else:
        desk.aside.setdefault(key, []).append(mark)
    verb = "attendance.noted" if not before else "attendance.corrected"
    desk.events.append((verb if agrees else "attendance.set_aside", mark, before, mark.reason))
    return Written(DONE if agrees else DIFFERS, mark=mark)


def _new(desk: _Desk, line: Line, session: Session, person: Enrolment | WalkIn, minutes: int, *, aside: bool) -> Mark:
    mark = Mark(
        uid=line.uid, session=session, state=line.state, minutes=minutes, reason=" ".join(line.reason.split())[:300],
        enrolment=person if isinstance(person, Enrolment) else None, walk_in=person if isinstance(person, WalkIn) else None,
        source=desk.source, sheet=desk.sheet, aside=aside, by=desk.by, noted_at=min(line.noted_at or desk.now, desk.now),
        recorded_at=desk.now,
    )  # fmt: skip
    desk.new.append(mark)
    desk.written[mark.uid] = mark
    return mark


def _supersede(desk: _Desk, mark: Mark) -> None:
    mark.superseded_at = desk.now
    if mark.pk is not None:
        desk.over.append(mark)


def _end(desk: _Desk, mark: Mark, key: tuple[int, str], verb: str) -> None:
    desk.aside[key].remove(mark)
    _supersede(desk, mark)
    desk.events.append((verb, mark, _told(mark), ""))


def _put_down(desk: _Desk) -> None:
    """Write what the lines came to: first what is over, then what is new, so that one mark stands at every moment."""
    if desk.over:
        Mark.objects.filter(pk__in=[mark.pk for mark in desk.over]).update(superseded_at=desk.now)
    bulk.insert(Mark, desk.new)
    audit.record_all([_event(desk, *event) for event in desk.events])
    came = {mark.enrolment_id for mark in desk.new if mark.there and not mark.aside and mark.enrolment_id is not None}
    _came(desk, came)


def _came(desk: _Desk, came: Iterable[int]) -> None:
    """Whoever was there at a session attends the run."""
    rows = [
        one
        for one in desk.people.values()
        if isinstance(one, Enrolment) and one.pk in set(came) and one.state == Enrolment.State.ENROLLED
    ]
    if not rows:
        return
    Enrolment.objects.filter(pk__in=[row.pk for row in rows]).update(state=Enrolment.State.ATTENDING)
    path, before = desk.run.host.path, {"state": Enrolment.State.ENROLLED.value}
    after = {"state": Enrolment.State.ATTENDING.value}
    audit.record_all(
        [
            audit.event("enrolment.came", row, by=desk.by, scope_path=path, before=before, after=after, at=desk.now)
            for row in Enrolment.objects.filter(pk__in=[row.pk for row in rows]).select_related("person", "run")
        ]
    )


def _told(mark: Mark) -> dict[str, Any]:
    return {"state": mark.state, "minutes": mark.minutes}


def _event(desk: _Desk, verb: str, mark: Mark, before: dict[str, Any], reason: str) -> AuditEvent:
    after = {"session": mark.session_id, **({} if verb == "attendance.settled" else _told(mark))}
    return audit.event(
        verb, mark, by=desk.by, scope_path=desk.run.host.path, before=before, after=after, note=reason, at=desk.now
    )


# --- differences ---


@transaction.atomic
def settle(*, mark: Mark, take: bool, reason: str, by: Account) -> Mark | None:
    """Decide a difference: `take` what was laid aside, or leave what stands. Both stay in the history.

    Answers the mark that stands now. Raises Refused, OutOfScope.
    """
    run = seats.locked(mark.session.run)
    policy.require_keeping(by, run)
    if not policy.takes_marks(by, run):
        raise Refused("closed")
    aside = Mark.objects.select_for_update(of=("self",)).get(pk=mark.pk)
    standing = Mark.objects.select_for_update(of=("self",)).filter(
        session=aside.session_id, enrolment=aside.enrolment_id, walk_in=aside.walk_in_id, aside=False, superseded_at=None
    ).first()  # fmt: skip
    if not aside.aside or aside.superseded_at is not None:
        return standing  # somebody decided already
    if take and not reason.strip():
        raise Refused("reason")
    now = timezone.now()
    Mark.objects.filter(pk=aside.pk).update(superseded_at=now)
    path = run.host.path
    if not take:
        audit.record("attendance.settled", aside, by=by, scope_path=path, before=_told(aside), after={"session": aside.session_id}, note=reason)  # fmt: skip
        return standing
    if standing is not None:
        Mark.objects.filter(pk=standing.pk).update(superseded_at=now)
    taken = Mark.objects.create(
        session_id=aside.session_id, enrolment_id=aside.enrolment_id, walk_in_id=aside.walk_in_id, state=aside.state,
        minutes=aside.minutes, reason=" ".join(reason.split())[:300], source=aside.source, sheet_id=aside.sheet_id, by=by,
        noted_at=aside.noted_at, recorded_at=now,
    )  # fmt: skip
    audit.record("attendance.corrected", taken, by=by, scope_path=path, before=_told(standing) if standing else {}, after={"session": taken.session_id, **_told(taken)}, note=taken.reason)  # fmt: skip
    return taken


# --- walk-ins ---


@transaction.atomic
def add_walk_in(*, run: Run, name: str, library: str, by: Account | None, uid: UUID | None = None) -> WalkIn:
    """Somebody came without an application. The same uid is the same person.

    Raises Refused, OutOfScope.
    """
    run = seats.locked(run)
    if by is not None:
        policy.require_keeping(by, run)
        if not policy.takes_marks(by, run):
            raise Refused("closed")
    name, library = " ".join(name.split())[:150], " ".join(library.split())[:200]
    if not name:
        raise Refused("name")
    uid = uid or uuid4()
    found = WalkIn.objects.filter(uid=uid).first()
    if found is not None:
        if found.run_id != run.pk:
            raise Refused("person")
        return found
    guest = WalkIn.objects.create(run=run, uid=uid, name=name, library=library, by=by)
    audit.record("attendance.walk_in_added", guest, by=by, scope_path=run.host.path, after={"library": library})
    return guest


@transaction.atomic
def welcome(
    *, session: Session, name: str, library: str, by: Account, paper: PaperSheet | None = None
) -> WalkIn:  # fmt: skip
    """Somebody walks in at a session: she is put on the sheet and noted as present, together or not at all.

    `paper`: the sheet on which she wrote herself into an empty row. Raises Refused, OutOfScope.
    """
    guest = add_walk_in(run=session.run, name=name, library=library, by=by)
    source = Mark.Source.PAPER if paper else Mark.Source.PAGE
    [written] = write(
        run=session.run, lines=[Line(session.pk, f"w{guest.uid}", State.PRESENT)], by=by, source=source, sheet=paper
    )
    if written.outcome == REFUSED:
        raise Refused(written.reason)
    return guest
