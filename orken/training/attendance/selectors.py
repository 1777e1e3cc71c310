"""Reading the sheet: the grid, the history of a cell, minutes that count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import FilteredRelation, Q, QuerySet
from django.utils import timezone

from orken.kit.offline import registry
from orken.kit.offline.models import Operation
from orken.people.models import Account
from orken.training.attendance import policy
from orken.training.attendance.refusals import BACK, MARK, POINTS, WALK_IN
from orken.training.models import Enrolment, Mark, PaperSheet, Run, Session, WalkIn, WalkInJoin

E = Enrolment.State


class Cell(NamedTuple):
    """The mark that stands in a cell: a grid has thousands, so no rows of the model are made of them."""

    pk: int
    state: str
    minutes: int

    @property
    def says(self) -> str:
        return str(Mark.State(self.state).label)


@dataclass
class Row:
    """A person of the sheet with her marks by session."""

    who: str
    name: str
    library: str
    walk_in: bool = False
    gone: bool = False
    known: bool = False  # a walk-in of whom it is found out who she is
    waits: bool = False  # has a seat, and nobody has seen or excused her
    marks: dict[int, Cell] = field(default_factory=dict)
    minutes: int = 0
    share: int | None = None


@dataclass(frozen=True)
class Guest:
    """Somebody who walked in, and who she turned out to be."""

    walk_in: WalkIn
    join: WalkInJoin | None

    @property
    def name(self) -> str:
        return self.join.person.full_name() if self.join else self.walk_in.name


@dataclass(frozen=True)
class Grid:
    """Sessions × people. `held` are the minutes of the sessions that have begun; shares are of them, in percent."""

    run: Run
    sessions: list[Session]
    rows: list[Row]
    held: int
    guests: list[Guest] = field(default_factory=list)

    @property
    def noted(self) -> dict[int, int]:
        """How many people have a mark at each session."""
        found = dict.fromkeys((session.pk for session in self.sessions), 0)
        for row in self.rows:
            for pk in row.marks:
                if pk in found:
                    found[pk] += 1
        return found


def counted(known_at: datetime | None = None) -> QuerySet[Mark]:
    """The marks that count: as they stand, or as they stood at `known_at`."""
    if known_at is None:
        return Mark.objects.filter(aside=False, superseded_at=None)
    return Mark.objects.filter(
        Q(superseded_at=None) | Q(superseded_at__gt=known_at), aside=False, recorded_at__lte=known_at
    )


def sessions_of(run: Run) -> list[Session]:
    return list(Session.objects.filter(run=run, cancelled_at=None).order_by("starts_at", "pk"))


def lengths_of(runs: Iterable[int]) -> dict[int, int]:
    """Minutes of all sessions of each run."""
    found: dict[int, int] = defaultdict(int)
    for session in Session.objects.filter(run__in=list(runs), cancelled_at=None):
        found[session.run_id] += session.minutes
    return dict(found)


def who_of(mark: Mark) -> str:
    """The word for whose mark it is; the walk-in must be at hand."""
    return f"w{mark.walk_in.uid}" if mark.walk_in is not None else f"e{mark.enrolment_id}"


def grid(run: Run, *, session: Session | None = None, everybody: bool = False) -> Grid:
    """The sheet of a run, or of one session, in five queries; `everybody`: also who is gone and has no mark."""
    sessions = [session] if session else sessions_of(run)
    rows: dict[str, Row] = {}
    ids: dict[tuple[str, int], str] = {}
    doubles: set[str] = set()
    # Who withdrew or was replaced stays on the sheet when something was noted of her.
    enrolments = Enrolment.objects.filter(run=run).select_related("person", "unit").order_by("person__sort_kk", "pk")
    for one in enrolments:
        who = f"e{one.pk}"
        gone = one.state in (E.WITHDRAWN, E.NO_SHOW)
        rows[who] = Row(who, one.person.full_name(), one.unit.name, gone=gone, waits=one.state == E.ENROLLED)
        ids["e", one.pk] = who
    found = guests(run)
    for guest in found:
        who = f"w{guest.walk_in.uid}"
        ids["w", guest.walk_in.pk] = who
        # Who has her seat has her row there; on paper that was printed before she keeps this one too.
        seat = rows.get(f"e{guest.join.enrolment_id}") if guest.join else None
        rows[who] = Row(
            who, guest.name, guest.walk_in.library, walk_in=True, gone=seat is not None, known=guest.join is not None
        )
        if seat is not None:
            rows[who].marks = seat.marks
            doubles.add(who)
    marks = Mark.objects.filter(session__in=sessions, superseded_at=None, aside=False)
    columns = ("pk", "session_id", "enrolment_id", "walk_in_id", "state", "minutes")
    for pk, sitting, seat, came, state, minutes in marks.values_list(*columns):
        who = ids["e", seat] if seat else ids["w", came]
        rows[who].marks[sitting] = Cell(pk, state, minutes)
    now = timezone.now()
    lengths = {one.pk: one.minutes for one in sessions}
    held = sum(one.minutes for one in sessions if one.starts_at <= now)
    for row in rows.values():
        row.minutes = sum(min(mark.minutes, lengths[pk]) for pk, mark in row.marks.items())
        row.share = min(100, row.minutes * 100 // held) if held else None
    shown = [row for who, row in rows.items() if everybody or (who not in doubles and (not row.gone or row.marks))]
    return Grid(run, sessions, shown, held, found)


def guests(run: Run) -> list[Guest]:
    """Everybody who walked in, in the order in which they came; two queries, one when nobody did."""
    came = list(WalkIn.objects.filter(run=run))
    if not came:
        return []
    live = WalkInJoin.objects.filter(walk_in__run=run, ended_at=None).select_related("person")
    joins = {one.walk_in_id: one for one in live}
    return [Guest(one, joins.get(one.pk)) for one in came]


@dataclass(frozen=True)
class Difference:
    """What was laid aside beside what stands."""

    aside: Mark
    standing: Mark | None
    name: str


def differences(run: Run) -> list[Difference]:
    rows = Mark.objects.filter(session__run=run, superseded_at=None).select_related(
        "session", "enrolment__person", "walk_in", "by__person"
    )
    aside = list(rows.filter(aside=True).order_by("session__starts_at", "pk"))
    if not aside:
        return []
    with_claims(aside)
    standing = {
        (mark.session_id, mark.enrolment_id, mark.walk_in_id): mark
        for mark in with_claims(list(rows.filter(aside=False, session__in=[mark.session_id for mark in aside])))
    }
    return [
        Difference(mark, standing.get((mark.session_id, mark.enrolment_id, mark.walk_in_id)), name_of(mark))
        for mark in aside
    ]


def with_claims(marks: list[Mark]) -> list[Mark]:
    """Each mark of a device gets `claim`: when by the device's own clock, where that is another time than the centre's."""
    uids = [mark.uid for mark in marks if mark.source == Mark.Source.DEVICE]
    claims = {one.uid: one.claim for one in Operation.objects.filter(uid__in=uids)} if uids else {}
    for mark in marks:
        mark.claim = claims.get(mark.uid)
    return marks


def name_of(mark: Mark) -> str:
    if mark.enrolment is not None:
        return mark.enrolment.person.full_name()
    return mark.walk_in.name if mark.walk_in else ""


def history(session: Session, who: str) -> QuerySet[Mark]:
    """Everything that was ever written of one person at one session, newest first."""
    rows = Mark.objects.filter(session=session).select_related("by__person", "sheet__run")
    if who.startswith("e") and who[1:].isdecimal() and len(who) < 19:
        return rows.filter(enrolment=int(who[1:])).order_by("-recorded_at", "-pk")
    return rows.filter(walk_in__uid=who[1:]).order_by("-recorded_at", "-pk")


@dataclass(frozen=True)
class Minutes:
    """What counts for the result: minutes there, minutes of all sessions, and the share in percent, two places."""

    there: int
    of: int

    @property
    def share(self) -> Decimal:
        return (Decimal(self.there * 100) / self.of).quantize(Decimal("0.01")) if self.of else Decimal(0)

    def at_least(self, percent: int) -> bool:
        """Reckoned without rounding: 79.99 % is not 80."""
        return self.there * 100 >= self.of * percent


def minutes_of(
    run: Run, *, known_at: datetime | None = None, among: Collection[int] | None = None
) -> Mapping[int, Minutes]:
    """Minutes of every enrolment of the run by its id, as known at a moment; sessions taken out count for nobody.

    For the results: nobody has more of a session than it has, and a mark laid aside counts for nothing. `among`: the
    enrolments, where the caller has them; then it costs one query.
    """
    who = Enrolment.objects.filter(run=run).values_list("pk", flat=True) if among is None else among
    known = Q(marks__superseded_at=None)
    if known_at is not None:
        known = (known | Q(marks__superseded_at__gt=known_at)) & Q(marks__recorded_at__lte=known_at)
    standing = FilteredRelation("marks", condition=known & Q(marks__aside=False))
    rows = Session.objects.filter(run=run, cancelled_at=None).annotate(standing=standing)
    lengths: dict[int, int] = {}
    there: dict[int, int] = defaultdict(int)
    for pk, begins, ends, enrolment, minutes in rows.values_list("pk", "starts_at", "ends_at", "standing__enrolment", "standing__minutes"):  # fmt: skip
        if pk not in lengths:
            lengths[pk] = Session(starts_at=begins, ends_at=ends).minutes
        if enrolment is not None:
            there[enrolment] += min(minutes, lengths[pk])
    total = sum(lengths.values())
    return {pk: Minutes(there[pk], total) for pk in who}


def kept_by(account: Account) -> QuerySet[Run]:
    """Runs whose sheet she keeps and that are open, the nearest first."""
    rows = Run.objects.filter(policy.kept(account), state__in=policy.OPEN).select_related("host")
    return rows.order_by("starts_on", "pk").distinct()


@dataclass(frozen=True)
class RefusedLine:
    """A line of a device that could not be written: nothing is lost, somebody looks at it. `what` as she wrote it."""

    what: str
    why: str
    line: Operation


def refused(run: Run, kinds: Collection[str] = (MARK, WALK_IN, BACK), limit: int = 20) -> list[RefusedLine]:
    """The newest lines about this run that could not be written, each with its reason in the reader's language."""
    lines = refused_lines(run).filter(kind__in=kinds, looked_at=None)
    return [
        RefusedLine(
            str(one.payload.get("says") or one.payload.get("name") or one.kind),
            registry.says(one.kind, one.reason),
            one,
        )
        for one in lines.select_related("device").order_by("-received_at")[:limit]
    ]


def refused_lines(run: Run) -> QuerySet[Operation]:
    kinds = (MARK, WALK_IN, BACK, POINTS)
    return Operation.objects.filter(kind__in=kinds, about=run.code, outcome=Operation.Outcome.REFUSED)


def sheets(run: Run) -> QuerySet[PaperSheet]:
    return PaperSheet.objects.filter(run=run).select_related("session", "photograph", "run")
