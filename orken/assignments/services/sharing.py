"""Reviews of learners: shared out when the day has come, waited for until another day, finished by a trainer where they lack."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from orken.assignments import peers
from orken.assignments.models import Marking, Review, Work
from orken.assignments.services import telling
from orken.assignments.services.deciding import decide
from orken.kit.audit import services as audit
from orken.network.models import Appointment

State = Work.State
OPEN = (Review.State.ASKED, Review.State.BEGUN)


def _due() -> dict[tuple[int, str], list[int]]:
    """Works whose day is over and that nobody reviews yet, by assignment and place."""
    rows = Work.objects.filter(
        state=State.HANDED_IN, version__marking=Marking.PEERS, to_trainer=False, due_at__lte=timezone.now()
    )
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for pk, assignment, context in rows.order_by("pk").values_list("pk", "assignment", "context"):
        found[assignment, context].append(pk)
    return found


def share_out() -> int:
    """Share out whatever is due; each place in a transaction of its own. Answers how many reviews were asked for."""
    return sum(_share(pks) for pks in _due().values())


@transaction.atomic
def _share(pks: list[int]) -> int:
    rows = list(
        Work.objects.select_for_update(of=("self",)).filter(pk__in=pks, state=State.HANDED_IN, to_trainer=False)
        .select_related("version", "assignment__unit", "person").order_by("pk")
    )  # fmt: skip
    if not rows:
        return 0  # another worker was here
    first = rows[0]
    if len(rows) < peers.FEWEST:
        Work.objects.filter(pk__in=[row.pk for row in rows]).update(to_trainer=True)
        audit.record("assignment.turned_to_trainer", first.assignment, by=None, scope_path=first.assignment.unit.path, after={"people": len(rows)})  # fmt: skip
        return 0
    whose = {row.person_id: row for row in rows}
    units = dict.fromkeys(whose, 0)
    for person, unit in Appointment.objects.at().filter(person__in=whose).order_by("employment", "-pk").values_list("person", "unit"):  # fmt: skip
        units[person] = unit
    # Whoever has no post is nobody's colleague.
    units = {person: unit or -person for person, unit in units.items()}
    until = timezone.now() + timedelta(days=first.version.review_days)
    shared = peers.allocate(units, first.version.peers, f"{first.assignment.code}:{first.context}")
    made = Review.objects.bulk_create(
        Review(work=whose[author], reviewer=whose[reviewer].person, role=Review.Role.PEER, due_at=until)
        for reviewer, authors in shared.items()
        for author in authors
    )
    Work.objects.filter(pk__in=[row.pk for row in rows]).update(state=State.MARKING, peers_until=until)
    audit.record("assignment.shared_out", first.assignment, by=None, scope_path=first.assignment.unit.path, after={"people": len(rows), "reviews": len(made)})  # fmt: skip
    telling.asked(made)
    return len(made)


def finish_overdue() -> int:
    """Nobody is waited for any longer: the middle of what was given, or a trainer where it is too little."""
    over = Work.objects.filter(state=State.MARKING, to_trainer=False, peers_until__lte=timezone.now())
    return sum(_finish(pk) for pk in list(over.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _finish(pk: int) -> bool:
    row = Work.objects.select_for_update(of=("self",)).select_related("version", "assignment__unit", "person").get(pk=pk)  # fmt: skip
    if row.state != State.MARKING or row.to_trainer:
        return False
    row.reviews.filter(role=Review.Role.PEER, state__in=OPEN).update(state=Review.State.LAPSED)
    if not decide(row, None):
        row.to_trainer = True
        row.save(update_fields=["to_trainer"])
        audit.record("assignment.turned_to_trainer", row.assignment, by=None, scope_path=row.assignment.unit.path, after={"people": 1})  # fmt: skip
    return True


def remind() -> int:
    """A day before, whoever still owes a review hears of it once."""
    now = timezone.now()
    rows = Review.objects.filter(role=Review.Role.PEER, state__in=OPEN, reminded_at=None, due_at__range=(now, now + timedelta(days=1)))  # fmt: skip
    many = 0
    for one in rows.select_related("work__version", "reviewer").order_by("pk"):
        with transaction.atomic():
            if Review.objects.filter(pk=one.pk, reminded_at=None).update(reminded_at=now):
                telling.due(one)
                many += 1
    return many
