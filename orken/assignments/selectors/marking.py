"""What waits for whoever marks, and for a learner who reviews others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from orken.assignments import owners, turns
from orken.assignments.models import Flag, Review, Work
from orken.people.models import Account

State = Work.State


@dataclass(frozen=True)
class Waiting:
    """A work of the queue: `role` in which she may mark it; empty with the reason when not now."""

    work: Work
    role: str
    why: str
    flags: int = 0

    @property
    def role_label(self) -> str:
        return str(Review.Role(self.role).label) if self.role else ""


def marked_places(account: Account) -> list[str]:
    """Places with works where she marks."""
    contexts = Work.objects.exclude(state__in=[State.DRAFT, State.VOID]).values_list("context", flat=True).distinct()
    return sorted(owners.marked_by(account, contexts))


def to_mark(account: Account, most: int = 200) -> list[Waiting]:
    """Works that wait for her, the oldest first; whose they are is not said. The same queries for one and for a hundred."""
    waiting = Work.objects.filter(state__in=Work.WAITING).values_list("context", flat=True).distinct()
    places = owners.marked_by(account, waiting)
    if not places:
        return []
    rows = Work.objects.filter(state__in=Work.WAITING, context__in=places).exclude(person=account.person_id)
    rows = rows.filter(~Q(version__marking="peers") | Q(to_trainer=True)).select_related("version", "assignment")
    found, now = [], timezone.now()
    works = list(rows.defer("text", "prints").prefetch_related("reviews").order_by("handed_at", "pk")[:most])
    asked = _asked([work.pk for work in works])
    for work in works:
        role, why = turns.role_for(work, work.reviews.all(), account.person_id, now)
        if why != "given" or work.state == State.DISPUTED:
            found.append(Waiting(work, role, why, asked.get(work.pk, 0)))
    return found


def waiting_in(places: QuerySet[Any], account: Account) -> QuerySet[Work]:
    """Works at these places (a query of contexts) that wait for her mark: not her own, and not marked by her already."""
    hers = Review.objects.filter(work=OuterRef("pk"), reviewer=account.person_id, state=Review.State.GIVEN)
    rows = Work.objects.filter(state__in=Work.WAITING, context__in=places).exclude(person=account.person_id)
    return rows.filter(~Q(version__marking="peers") | Q(to_trainer=True)).exclude(Exists(hers))


def others(account: Account, most: int = 30) -> list[Work]:
    """Works at her places that do not wait for her: marked ones, whose mark she may give anew, and those that learners review."""
    rows = Work.objects.filter(
        Q(state__in=Work.CLOSED) | Q(state=State.MARKING, version__marking="peers", to_trainer=False)
    )
    rows = (
        rows.filter(context__in=marked_places(account))
        .exclude(person=account.person_id)
        .select_related("version", "person")
    )
    return list(rows.defer("text", "prints").order_by(F("closed_at").desc(nulls_last=True), "-pk")[:most])


def alike(work: Work) -> int:
    """With how many other works there is an open question of likeness; two reasons for one work are one."""
    pairs = Flag.objects.filter(Q(one=work) | Q(other=work), settled_at=None).values_list("one", "other")
    return len({pk for pair in pairs for pk in pair} - {work.pk})


def _asked(pks: Sequence[int]) -> dict[int, int]:
    """To how many other works each is alike, as far as nobody has looked."""
    found: dict[int, int] = {}
    rows = Flag.objects.filter(Q(one__in=pks) | Q(other__in=pks), settled_at=None)
    for pair in rows.order_by().values_list("one", "other").distinct():  # text and photograph alike is one pair
        for pk in pair:
            found[pk] = found.get(pk, 0) + 1
    return found


def to_review(account: Account) -> QuerySet[Review]:
    """Works of others that she is asked to review as a learner."""
    rows = Review.objects.filter(reviewer=account.person_id, role=Review.Role.PEER, state__in=[Review.State.ASKED, Review.State.BEGUN])  # fmt: skip
    return rows.select_related("work__version").order_by("due_at", "pk")


def flags(account: Account) -> QuerySet[Flag]:
    """Questions about works at places where she marks, the open ones first; never about a work of her own."""
    places = marked_places(account)
    rows = Flag.objects.filter(Q(one__context__in=places) | Q(other__context__in=places))
    rows = rows.exclude(one__person=account.person_id).exclude(other__person=account.person_id)
    return rows.select_related("one__person", "one__version", "other__person", "other__version", "settled_by__person").order_by(F("settled_at").asc(nulls_first=True), "-found_at", "-pk")  # fmt: skip
