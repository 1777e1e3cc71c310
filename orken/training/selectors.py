"""Reading the training office: the calendar, the page of a run, applicants, the timetable and its clashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from orken.kit.audit.models import AuditEvent
from orken.network import policy as network
from orken.network.models import Appointment, Unit
from orken.network.roles import Permission
from orken.people.models import Account, Person
from orken.training import conditions, policy, pools, states
from orken.training.conditions import Reason
from orken.training.models import Applicant, CostLine, Run, SeatMove, SeatPool, Session, Stop, Trainer
from orken.training.pools import OPEN

ANNOUNCED = (Run.State.TENTATIVE, Run.State.CONFIRMED, Run.State.RUNNING, Run.State.ASSESSMENT)


def with_seats(rows: QuerySet[Run]) -> QuerySet[Any]:
    """Runs with what a list shows: host, place, programme, free seats (`free`), and the route."""
    stock = SeatPool.objects.filter(run=OuterRef("pk")).order_by().values("run")
    free = stock.annotate(n=Sum(F("total") - F("taken"))).values("n")
    return (
        rows.select_related("host", "place", "version__programme")
        .annotate(free=Coalesce(Subquery(free), Value(0)))
        .prefetch_related(Prefetch("stops", Stop.objects.select_related("unit").order_by("place")))
    )


def announced(today: date) -> QuerySet[Run]:
    """What is on or comes: everybody may know of it."""
    return Run.objects.filter(state__in=ANNOUNCED, ends_on__gte=today)


def visible() -> QuerySet[Run]:
    """Runs that have a page for everybody: all but those in the archive."""
    return Run.objects.exclude(state=Run.State.ARCHIVED)


# --- the page of a run ---


@dataclass(frozen=True)
class SeatLine:
    """A pool as the page shows it; `asked` are those under review who would take from it first."""

    unit: Unit | None
    total: int
    taken: int
    asked: int

    @property
    def free(self) -> int:
        return self.total - self.taken

    @property
    def asked_shown(self) -> int:
        """What fits between the taken seats and the end of the bar."""
        return min(self.asked, self.free)

    @property
    def after_asked(self) -> int:
        return self.taken + self.asked_shown


@dataclass(frozen=True)
class Day:
    """The sessions of one day."""

    on: date
    sessions: list[Session]


@dataclass(frozen=True)
class RunView:
    """Everything that the public page of a run tells, and how this reader stands to it."""

    run: Run
    days: list[Day]
    stops: list[Stop]
    trainers: list[Trainer]
    trainer_posts: dict[int, Appointment]
    seats: list[SeatLine]
    reasons: list[Reason] = field(default_factory=list)
    mine: Applicant | None = None
    mine_unit: Unit | None = None
    place_in_line: int = 0
    free_for_me: int = 0

    @property
    def minutes(self) -> int:
        return sum(session.minutes for day in self.days for session in day.sessions)

    @property
    def free(self) -> int:
        return sum(line.free for line in self.seats)

    @property
    def taken(self) -> int:
        return sum(line.taken for line in self.seats)

    @property
    def asked(self) -> int:
        return sum(line.asked for line in self.seats)

    @property
    def may_apply(self) -> bool:
        return self.mine_unit is not None and not conditions.closing(self.reasons)

    @property
    def unmet(self) -> int:
        return sum(not reason.holds and not reason.only_warns for reason in self.reasons)


def run_view(run: Run, account: Account | None) -> RunView:
    """The page in a constant number of queries, whoever reads it."""
    today = timezone.localdate()
    trainers = list(
        run.trainers.exclude(state=Trainer.State.DECLINED).select_related("person").order_by("person__sort_kk")
    )
    posts = {
        row.person_id: row
        for row in Appointment.objects.at(today)
        .filter(person__in=[trainer.person_id for trainer in trainers])
        .select_related("post", "unit")
        .order_by("-employment")
    }
    view = RunView(
        run, days_of(sessions_of(run)), list(run.stops.select_related("unit")), trainers, posts, seat_lines(run),
        conditions.of_run(run, today),
    )  # fmt: skip
    if account is None:
        return view
    home = (
        Appointment.objects.at(today)
        .filter(person=account.person_id)
        .select_related("unit")
        .order_by("-employment", "valid_from")
        .first()
    )
    mine = (
        Applicant.objects.filter(run=run, person=account.person_id)
        .select_related("unit", "pool__unit", "run")
        .order_by("-pk")
        .first()
    )
    unit = home.unit if home else None
    return replace(
        view,
        reasons=[*view.reasons, *conditions.of_person(run, account.person, unit, today)],
        mine=mine,
        mine_unit=unit,
        place_in_line=place_in_line(mine) if mine else 0,
        free_for_me=_free_for(view.seats, unit.path) if unit else 0,
    )


def sessions_of(run: Run) -> QuerySet[Session]:
    return (
        Session.objects.filter(run=run, cancelled_at=None)
        .select_related("room")
        .prefetch_related("trainers")
        .order_by("starts_at", "pk")
    )


def days_of(sessions: QuerySet[Session]) -> list[Day]:
    days: dict[date, list[Session]] = {}
    for session in sessions:
        days.setdefault(timezone.localtime(session.starts_at).date(), []).append(session)
    return [Day(on, found) for on, found in days.items()]


def seat_lines(run: Run) -> list[SeatLine]:
    """The pools, those of regions first in Kazakh order, the open one last; with how many ask for a seat of each."""
    stock = list(SeatPool.objects.filter(run=run).select_related("unit"))
    seen = [pools.Pool(pool.pk, pool.unit.path if pool.unit else OPEN, pool.free) for pool in stock]
    asked: dict[int, int] = {pool.pk: 0 for pool in stock}
    for path, count in (
        Applicant.objects.filter(run=run, state=Applicant.State.SUBMITTED)
        .values_list("unit__path")
        .annotate(n=Count("pk"))
    ):
        own = pools.order(seen, path)
        if own:
            asked[own[0].id] += count
    stock.sort(key=lambda pool: (pool.unit is None, pool.unit.sort_kk if pool.unit else ""))
    return [
        SeatLine(pool.unit, pool.total, pool.taken, asked[pool.pk]) for pool in stock if pool.total or pool.unit is None
    ]


def _free_for(lines: Sequence[SeatLine], path: str) -> int:
    return sum(line.free for line in lines if line.unit is None or path.startswith(line.unit.path))


def place_in_line(applicant: Applicant) -> int:
    """How many would move up before her and herself, were seats of the open pool given one by one; 0 when she does not wait."""
    if applicant.state != Applicant.State.WAITING or applicant.waiting_since is None:
        return 0
    mine = (applicant.priority, applicant.waiting_since, applicant.pk)
    waiting = Applicant.objects.filter(run=applicant.run_id, state=Applicant.State.WAITING)
    before = waiting.filter(
        Q(priority__lt=mine[0]) | Q(priority=mine[0], waiting_since__lt=mine[1]) | Q(priority=mine[0], waiting_since=mine[1], pk__lt=mine[2])
    )  # fmt: skip
    return before.count() + 1


# --- clashes ---


@dataclass(frozen=True)
class Clash:
    """Two sessions at once that share a room or a trainer."""

    one: Session
    other: Session
    room: bool
    people: list[Person]


def clashes(run: Run) -> list[Clash]:
    """Where sessions of this run stand against others of any run, in the order of time; three queries."""
    ours = list(sessions_of(run).select_related("room", "run"))
    if not ours:
        return []
    first, last = min(one.starts_at for one in ours), max(one.ends_at for one in ours)
    others = list(
        Session.objects.filter(cancelled_at=None, starts_at__lt=last, ends_at__gt=first)
        .exclude(run__state__in=(Run.State.CANCELLED, Run.State.ARCHIVED))
        .select_related("run", "room")
        .prefetch_related("trainers")
    )
    found = []
    for one in ours:
        for other in others:
            if other.pk == one.pk or (other.run_id == run.pk and other.pk < one.pk):
                continue
            if other.starts_at >= one.ends_at or other.ends_at <= one.starts_at:
                continue
            room = one.room_id is not None and one.room_id == other.room_id
            people = [who for who in one.trainers.all() if who in other.trainers.all()]
            if room or people:
                found.append(Clash(one, other, room, people))
    return found


# --- costs ---


@dataclass(frozen=True)
class Costs:
    """A run's costs in tenge. Person-hours: academic minutes of the timetable times those who have a seat."""

    lines: list[CostLine]
    person_minutes: int

    @property
    def estimate(self) -> int:
        return sum(line.estimate for line in self.lines)

    @property
    def actual(self) -> int | None:
        known = [line.actual for line in self.lines if line.actual is not None]
        return sum(known) if known else None

    def per_person_hour(self, minutes_of_hour: int) -> int | None:
        """Tenge for one academic hour of one person; None when there is nobody or nothing."""
        spent = self.actual if self.actual is not None else self.estimate
        return round(spent * minutes_of_hour / self.person_minutes) if self.person_minutes and spent else None


def costs(run: Run) -> Costs:
    minutes = sum(session.minutes for session in sessions_of(run))
    people = Applicant.objects.filter(run=run, state=Applicant.State.ACCEPTED).count()
    return Costs(list(run.costs.all()), minutes * people)


# --- lists ---


def applicants_for(account: Account) -> QuerySet[Applicant]:
    """Applicants that the account may see, with what a list shows."""
    return (
        Applicant.objects.filter(policy.seen(account))
        .select_related("person", "unit", "post", "run__host", "pool__unit", "application")
        .distinct()
    )


def waiting_for_her_look(account: Account) -> QuerySet[Applicant]:
    """Those under review that stand at a level whose right she holds."""
    condition = Q(pk__in=[])
    for level, right in policy.RIGHTS.items():
        scope = network.scope(account, right)
        if scope:
            path = "run__host__path" if level == Applicant.Level.ORGANISER else "unit__path"
            condition |= Q(level=level) & scope.q(path)
    return Applicant.objects.filter(condition, state=Applicant.State.SUBMITTED)


def runs_for(account: Account) -> QuerySet[Run]:
    """Runs that she organises, watches or teaches."""
    watched = network.scope(account, Permission.RUN_VIEW).q("host__path")
    teaches = Q(
        pk__in=Trainer.objects.filter(person=account.person_id).exclude(state=Trainer.State.DECLINED).values("run")
    )
    return Run.objects.filter(policy.managed(account) | watched | teaches)


def staff_to_send(account: Account, run: Run) -> QuerySet[Any]:
    """Main appointments of today in the scope where she may apply for people; those with a live application are marked."""
    scope = network.scope(account, Permission.APPLICATION_SEND)
    live = Applicant.objects.filter(run=run, person=OuterRef("person"), state__in=Applicant.LIVE).values("state")[:1]
    rows = Appointment.objects.at().filter(scope.q("unit__path"), employment=Appointment.Employment.MAIN)
    staff: QuerySet[Any] = rows.select_related("person", "unit", "post").annotate(applied=Subquery(live))
    return staff.order_by("person__sort_kk", "pk")


def month(first: date) -> QuerySet[Any]:
    """Runs that touch the month of `first`, for the printed plan."""
    following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    return with_seats(visible().filter(starts_on__lt=following, ends_on__gte=first.replace(day=1))).order_by(
        "starts_on", "pk"
    )


def later_than(moment: datetime) -> QuerySet[Session]:
    return Session.objects.filter(ends_at__gte=moment)


# --- whose turn it is ---


def manages(account: Account, run: Run) -> bool:
    return policy.manages(account, run)


def may_send_anybody(account: Account) -> bool:
    return bool(network.scope(account, Permission.APPLICATION_SEND))


def may_share(account: Account, run: Run) -> bool:
    """Whether a pool of the run stands in her own scope of review."""
    scope = network.scope(account, Permission.APPLICATION_REVIEW)
    return bool(scope) and SeatPool.objects.filter(scope.q("unit__path"), run=run, unit__isnull=False).exists()


def may_decide(account: Account, applicant: Applicant) -> bool:
    stock = SeatPool.objects.filter(run=applicant.run_id, unit__isnull=False).select_related("unit")
    own = max(
        (pool for pool in stock if pool.unit and applicant.unit.path.startswith(pool.unit.path)),
        key=lambda pool: len(pool.unit.path) if pool.unit else 0,
        default=None,
    )
    return policy.decides(account, applicant, own)


def verbs(account: Account, applicant: Applicant) -> list[str]:
    """The verbs that this reader may use on the applicant as she stands now."""
    open_ways = {found.way.name for found in states.APPLICANT.from_here(applicant) if not found.reasons}
    allowed = set()
    if policy.holds(account, applicant.level, applicant.unit, applicant.run) and applicant.level != Applicant.Level.ORGANISER:  # fmt: skip
        allowed.add("pass_on")
    if may_decide(account, applicant):
        allowed |= {"accept", "wait", "decline"}
    elif any(policy.holds(account, level, applicant.unit, applicant.run) for level in Applicant.Level.values):
        allowed |= {"decline"} if applicant.state != Applicant.State.ACCEPTED else set()
    sender = policy.may_send(account, applicant.unit) or policy.manages(account, applicant.run)
    if sender:
        allowed |= {"withdraw", "name" if applicant.unnamed else "replace"}
    if applicant.person_id is not None and applicant.person_id == account.person_id:
        allowed.add("withdraw")
    return [
        name
        for name in ("accept", "wait", "pass_on", "name", "replace", "withdraw", "decline")
        if name in open_ways & allowed
    ]


def counts(run: Run) -> dict[str, int]:
    """How many applicants stand in each state."""
    found = dict.fromkeys(Applicant.State.values, 0)
    found |= dict(Applicant.objects.filter(run=run).values_list("state").annotate(n=Count("pk")))
    return found


def hosts_for(account: Account) -> list[Unit]:
    """Units for which she may open a run: libraries and schools at the top of her scope."""
    scope = network.scope(account, Permission.RUN_MANAGE)
    kinds = (Unit.Kind.REPUBLICAN, Unit.Kind.REGIONAL, Unit.Kind.SCHOOL)
    return list(Unit.objects.filter(scope.q(), exists=True, kind__in=kinds).order_by("kind", "sort_kk")[:40])


def unit_of_sender(account: Account) -> Unit:
    """The unit in whose name she sends: of her main post when it stands in her scope, else the top of her scope."""
    scope = network.scope(account, Permission.APPLICATION_SEND)
    row = (
        Appointment.objects.at().filter(scope.q("unit__path"), person=account.person_id).select_related("unit").first()
    )
    return row.unit if row else Unit.objects.get(path=scope.paths[0])


def story(applicant: Applicant) -> QuerySet[AuditEvent]:
    """What became of her application, newest first."""
    return AuditEvent.objects.filter(target_kind="training.applicant", target_id=str(applicant.pk))[:50]


def moved_since(applicant: Applicant) -> Unit | None:
    """The unit where she works today, when it is not the one that she applied from."""
    if applicant.person_id is None:
        return None
    rows = list(Appointment.objects.at().filter(person=applicant.person_id).select_related("unit"))
    if not rows or any(row.unit_id == applicant.unit_id for row in rows):
        return None
    return cast("Unit", rows[0].unit)


def ledger(run: Run) -> QuerySet[SeatMove]:
    return SeatMove.objects.filter(run=run).select_related("pool__unit").order_by("-pk")


def pools_of(run: Run) -> list[SeatPool]:
    return list(SeatPool.objects.filter(run=run, unit__isnull=False).select_related("unit").order_by("unit__sort_kk"))


def asked_to_teach(account: Account) -> list[Trainer]:
    """Invitations to teach that she has not answered."""
    rows = Trainer.objects.filter(person=account.person_id, state=Trainer.State.INVITED).select_related("run")
    return list(rows.exclude(run__state__in=(Run.State.CANCELLED, Run.State.ARCHIVED))[:10])


def answerable(account: Account) -> Q:
    """Invitations that she may answer: her own, and those of the runs that she organises."""
    return Q(person=account.person_id) | network.scope(account, Permission.RUN_MANAGE).q("run__host__path")
