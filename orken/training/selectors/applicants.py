"""Applicants: who may see and decide whom, where each stands, what became of her."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from orken.kit.audit.models import AuditEvent
from orken.kit.states import Way
from orken.network import policy as network
from orken.network.models import Appointment, Unit
from orken.network.roles import Permission
from orken.people.models import Account
from orken.training import policy, states
from orken.training.models import Applicant, Run, SeatPool

NOTED = ("excuse", "miss", "restore")


def applicants_for(account: Account) -> QuerySet[Applicant]:
    """Applicants that the account may see, with what a list shows."""
    return (
        Applicant.objects.filter(policy.seen(account))
        .select_related("person", "unit", "post", "run__host", "pool__unit", "application", "enrolment")
        .distinct()
    )


def waiting_for_her_look(account: Account) -> QuerySet[Applicant]:
    """Those under review that stand at a level whose right she holds."""
    condition = Q(pk__in=[])
    for level, right in policy.RIGHTS.items():
        scope = network.scope(account, right)
        if scope:
            hers = policy.managed_through(account) if level == Applicant.Level.ORGANISER else scope.q("unit__path")
            condition |= Q(level=level) & hers
    return Applicant.objects.filter(condition, state=Applicant.State.SUBMITTED)


def how_many_wait_for_her_look(account: Account) -> int:
    """Counted once for a page: the head of every page and the list that it leads to say the same number."""
    found: int | None = getattr(account, "_waiting_applicants", None)
    if found is None:
        found = waiting_for_her_look(account).count()
        account._waiting_applicants = found  # type: ignore[attr-defined]  # a memo for one request
    return found


def staff_to_send(account: Account, run: Run) -> QuerySet[Any]:
    """Main appointments of today in the scope where she may apply for people; those with a live application are marked."""
    scope = network.scope(account, Permission.APPLICATION_SEND)
    live = Applicant.objects.filter(run=run, person=OuterRef("person"), state__in=Applicant.LIVE).values("state")[:1]
    rows = Appointment.objects.at().filter(scope.q("unit__path"), employment=Appointment.Employment.MAIN)
    staff: QuerySet[Any] = rows.select_related("person", "unit", "post").annotate(applied=Subquery(live))
    return staff.order_by("person__sort_kk", "pk")


def may_send_anybody(account: Account) -> bool:
    return bool(network.scope(account, Permission.APPLICATION_SEND))


def unit_of_sender(account: Account) -> Unit:
    """The unit in whose name she sends: of her main post when it stands in her scope, else the top of her scope."""
    scope = network.scope(account, Permission.APPLICATION_SEND)
    row = (
        Appointment.objects.at().filter(scope.q("unit__path"), person=account.person_id).select_related("unit").first()
    )
    return row.unit if row else Unit.objects.get(path=scope.paths[0])


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


def ways_of_enrolment(account: Account, applicant: Applicant) -> list[Way]:
    """What this reader may note about whoever has a seat, as she stands now."""
    enrolment = getattr(applicant, "enrolment", None)
    if enrolment is None or applicant.state != Applicant.State.ACCEPTED:
        return []
    enrolment.run = applicant.run
    open_ways = [found.way for found in states.ENROLMENT.from_here(enrolment) if not found.reasons]
    return [way for way in open_ways if way.name in NOTED and policy.may_note(account, enrolment, way.name)]


def counts(run: Run) -> dict[str, int]:
    """How many applicants stand in each state."""
    found = dict.fromkeys(Applicant.State.values, 0)
    found |= dict(Applicant.objects.filter(run=run).values_list("state").annotate(n=Count("pk")))
    return found


def with_place(rows: QuerySet[Applicant]) -> QuerySet[Any]:
    """Applicants with their place in line (`place`): how many would move up before each and herself, were seats of the

    open pool given one by one; 0 for whoever does not wait.
    """
    earlier = Q(priority__lt=OuterRef("priority")) | Q(priority=OuterRef("priority")) & (
        Q(waiting_since__lt=OuterRef("waiting_since")) | Q(waiting_since=OuterRef("waiting_since"), pk__lte=OuterRef("pk"))
    )  # fmt: skip
    line = Applicant.objects.filter(earlier, run=OuterRef("run"), state=Applicant.State.WAITING).order_by()
    count = Subquery(line.values("run").annotate(n=Count("pk")).values("n"))
    waits = When(state=Applicant.State.WAITING, then=Coalesce(count, Value(0)))
    return rows.annotate(place=Case(waits, default=Value(0), output_field=IntegerField()))


def place_in_line(applicant: Applicant) -> int:
    return int(with_place(Applicant.objects.filter(pk=applicant.pk)).values_list("place", flat=True)[0])


def story(applicant: Applicant) -> QuerySet[AuditEvent]:
    """What became of her application, newest first."""
    return AuditEvent.objects.filter(target_kind="training.applicant", target_id=str(applicant.pk))[:50]


@dataclass(frozen=True)
class Moved:
    """What became of her post since she applied: she works elsewhere (`now`), or in no library (`left`)."""

    now: Unit | None = None
    left: bool = False


def moved_since(applicant: Applicant) -> Moved:
    if applicant.person_id is None:
        return Moved()
    rows = list(Appointment.objects.at().filter(person=applicant.person_id).select_related("unit"))
    if not rows:
        return Moved(left=True)
    if any(row.unit_id == applicant.unit_id for row in rows):
        return Moved()
    return Moved(now=rows[0].unit)
