"""Whoever walked in turns out to be somebody known: her minutes become hers.

With a seat they stand on her enrolment and count for the result; without one they stay on the walk-in's row,
are shown on her page and count for no result. Both are taken back by one verb.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from orken.kit.audit import services as audit
from orken.network import persons
from orken.network import policy as network
from orken.network.persons import Candidate
from orken.network.policy import OutOfScope
from orken.network.roles import Permission
from orken.people.models import Account, Person
from orken.training.attendance import policy, selectors, services
from orken.training.attendance.services import REFUSED, SAME, Line, Refused
from orken.training.models import Enrolment, Fact, Mark, Result, Run, WalkIn, WalkInJoin
from orken.training.services import seats, walking_in

E = Enrolment.State
MOST = 20


@dataclass(frozen=True)
class Joined:
    """The join that stands; `why` she has no seat, a key of `WHY`, empty when she has one."""

    join: WalkInJoin
    why: str = ""
    differs: list[Mark] = field(default_factory=list)


def found(by: Account, asked: str) -> list[Candidate]:
    """People by name as elsewhere: her own by a part of it, others by surname and given name whole."""
    return persons.whom(network.scope(by, Permission.STAFF_VIEW), asked, limit=MOST)


def standing(guest: WalkIn) -> WalkInJoin | None:
    row: WalkInJoin | None = (
        WalkInJoin.objects.filter(walk_in=guest, ended_at=None).select_related("person", "enrolment").first()
    )
    return row


@transaction.atomic
def join(
    *, guest: WalkIn, person_id: int, asked: str, by: Account, seat: bool = True, add: bool = False, reason: str = ""
) -> Joined:
    """This walk-in is that person, whom `asked` finds for `by`.

    `seat`: she gets one where the rule gives it; `add`: the organiser adds one, with a reason. The second of two who join her
    finds it done, or is refused when it was to another. Raises Refused, OutOfScope.
    """
    run = seats.locked(guest.run)
    policy.require_keeping(by, run)
    if not policy.takes_marks(by, run):
        raise Refused("closed")
    before = standing(guest)
    if before is not None and before.person_id != person_id:
        raise Refused("joined")
    if before is not None and before.enrolment_id is not None:
        return Joined(before)
    person = (
        before.person if before else next((one.person for one in found(by, asked) if one.person.pk == person_id), None)
    )
    if person is None:
        raise Refused("stranger")
    given, why = _seat(run, person, by, add, " ".join(reason.split())[:300]) if seat else (None, "")
    if before is not None and given is None:
        return Joined(before, why)
    if before is not None:
        _end(before, by)
    made = WalkInJoin(
        walk_in=guest, person=person, by=by, enrolment=given.enrolment if given else None,
        gave_seat=bool(given and given.given), added_seat=bool(given and given.added),
    )  # fmt: skip
    differs = _bring_over(run, guest, made, by) if given else []
    made.save()
    audit.record(
        "attendance.joined", guest, by=by, scope_path=run.host.path,
        after={"person": person.pk, "seat": bool(given), "added": made.added_seat}, note=reason,
    )  # fmt: skip
    return Joined(made, why, differs)


def _seat(run: Run, person: Person, by: Account, add: bool, reason: str) -> tuple[walking_in.Seat | None, str]:
    try:
        return walking_in.seat(run=run, person=person, by=by, add=add, reason=reason), ""
    except walking_in.NoSeat as refused:
        return None, str(refused)


def _bring_over(run: Run, guest: WalkIn, made: WalkInJoin, by: Account) -> list[Mark]:
    """Her marks are written on the enrolment as any other line: what stands there otherwise is a difference to be decided."""
    marks = list(Mark.objects.filter(walk_in=guest, superseded_at=None).order_by("session__starts_at", "pk"))
    if any(mark.aside for mark in marks):
        raise Refused("differs")
    lines = [
        Line(mark.session_id, f"e{made.enrolment_id}", mark.state, mark.minutes or None, mark.reason, uid=uuid4(), noted_at=mark.noted_at)
        for mark in marks
    ]  # fmt: skip
    written = services.write(run=run, lines=lines, by=by, source=Mark.Source.JOINED)
    over = []
    for mark, line, one in zip(marks, lines, written, strict=True):
        if one.outcome == REFUSED:
            continue  # of a session that was taken out: it counts for nobody
        own = one.mark is not None and one.outcome != SAME and one.mark.uid == line.uid
        made.moved.append([mark.pk, one.mark.pk if own and one.mark is not None else None])
        over.append(mark.pk)
    Mark.objects.filter(pk__in=over).update(superseded_at=timezone.now())
    assert made.enrolment is not None, "marks go over to a seat"
    made.enrolment.refresh_from_db(fields=["state"])  # whoever was there attends
    return [one.mark for one in written if one.outcome == services.DIFFERS and one.mark is not None]


@transaction.atomic
def part(*, join: WalkInJoin, by: Account) -> WalkInJoin:
    """It was somebody else: her marks go back to the row of the walk-in, a seat that was given for it is free again.

    Raises Refused, OutOfScope.
    """
    run = seats.locked(join.walk_in.run)
    policy.require_keeping(by, run)
    if not policy.takes_marks(by, run):
        raise Refused("closed")
    held = WalkInJoin.objects.select_related("walk_in", "enrolment").get(pk=join.pk)
    if held.ended_at is not None:
        return held
    if held.enrolment is not None:
        _take_back(run, held, held.enrolment, by)
    _end(held, by)
    audit.record("attendance.parted", held.walk_in, by=by, scope_path=run.host.path, before={"person": held.person_id})
    return held


def _end(join: WalkInJoin, by: Account) -> None:
    join.ended_at, join.ended_by = timezone.now(), by
    join.save(update_fields=["ended_at", "ended_by"])


def _take_back(run: Run, held: WalkInJoin, enrolment: Enrolment, by: Account) -> None:
    if held.gave_seat and not walking_in.may_give(by, run):
        raise OutOfScope(run.code)
    judged = Fact.objects.filter(enrolment=enrolment).exists() or Result.objects.filter(enrolment=enrolment).exists()
    if held.gave_seat and judged:
        raise Refused("results")
    now = timezone.now()
    live = Mark.objects.filter(enrolment=enrolment, superseded_at=None)
    # A row of her own was there only because of this joining: everything on it is of whoever walked in.
    mine = live if held.gave_seat else live.filter(pk__in=[pk for _walk, pk in held.moved if pk])
    originals = Mark.objects.filter(pk__in=[walk for walk, _pk in held.moved])
    back = list(mine) if held.gave_seat else list(originals)
    mine.update(superseded_at=now)
    Mark.objects.bulk_create(
        [
            Mark(
                session_id=mark.session_id, walk_in=held.walk_in, state=mark.state, minutes=mark.minutes, reason=mark.reason,
                source=Mark.Source.JOINED, aside=mark.aside, by=by, noted_at=mark.noted_at, recorded_at=now,
            )
            for mark in back
        ]
    )  # fmt: skip
    if held.gave_seat:
        walking_in.take_back(enrolment=enrolment, by=by, reason=_("It was somebody else who walked in."), added=held.added_seat)  # fmt: skip
    elif not Mark.objects.filter(enrolment=enrolment, superseded_at=None, aside=False, state__in=Mark.THERE).exists():
        Enrolment.objects.filter(pk=enrolment.pk, state=E.ATTENDING).update(state=E.ENROLLED)


@dataclass(frozen=True)
class WithoutSeat:
    """A run where she was without a seat, with the minutes that she was there."""

    run: Run
    minutes: int
    of: int


def without_seat(person: Person | int, condition: Q | None = None) -> list[WithoutSeat]:
    """Runs where she walked in and has no seat, the newest first; `condition` on their runs."""
    rows = WalkInJoin.objects.filter(person=person, ended_at=None, enrolment=None)
    if condition is not None:
        rows = rows.filter(walk_in__run__in=Run.objects.filter(condition).values("pk"))
    by_run: dict[int, Run] = {}
    guests: dict[int, list[int]] = {}
    for row in rows.select_related("walk_in__run__host").order_by("-walk_in__run__starts_on", "pk")[:50]:
        by_run[row.walk_in.run_id] = row.walk_in.run
        guests.setdefault(row.walk_in.run_id, []).append(row.walk_in_id)
    there: dict[tuple[int, int], int] = {}
    live = Mark.objects.filter(superseded_at=None, aside=False, session__cancelled_at=None)
    every = [pk for some in guests.values() for pk in some]
    for run, session, minutes in live.filter(walk_in__in=every).values_list("session__run", "session", "minutes"):
        there[run, session] = max(minutes, there.get((run, session), 0))  # put on the sheet twice she was there once
    whole = selectors.lengths_of(by_run)
    return [
        WithoutSeat(run, sum(n for (code, _s), n in there.items() if code == pk), whole.get(pk, 0))
        for pk, run in by_run.items()
    ]
