"""Runs as lists know them: what is announced, what an account organises, the month on paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from orken.kit.text.sorting import sort_key
from orken.network import policy as network
from orken.network.models import Unit
from orken.network.roles import Permission
from orken.people.models import Account
from orken.training import policy
from orken.training.models import Applicant, Run, SeatPool, Stop, Trainer

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


def titled(words: str) -> Q:
    """Runs whose title holds each of the words, in whichever of its languages."""
    found = Q()
    for word in words.split():
        key = sort_key(word)
        found &= Q(sort_kk__contains=key) | Q(sort_ru__contains=key) | Q(title_en__icontains=word)
    return found


def announced(today: date) -> QuerySet[Run]:
    """What is on or comes: everybody may know of it."""
    return Run.objects.filter(state__in=ANNOUNCED, ends_on__gte=today)


def visible() -> QuerySet[Run]:
    """Runs that have a page for everybody: all but those in the archive."""
    return Run.objects.exclude(state=Run.State.ARCHIVED)


def has_route() -> Exists:
    """Whether the run has a route, asked along with it as `travels`."""
    return Exists(Stop.objects.filter(run=OuterRef("pk")))


def readable(account: Account) -> QuerySet[Run]:
    """What has a page for everybody, and of the archive what she applied to, taught or organises."""
    applied = Applicant.objects.filter(person=account.person_id).values("run")
    taught = Trainer.objects.filter(person=account.person_id).values("run")
    hers = Q(pk__in=applied) | Q(pk__in=taught) | policy.managed(account)
    return Run.objects.filter(~Q(state=Run.State.ARCHIVED) | hers)


def runs_for(account: Account) -> QuerySet[Run]:
    """Runs that she organises, watches or teaches."""
    watched = network.scope(account, Permission.RUN_VIEW).q("host__path")
    teaches = Q(
        pk__in=Trainer.objects.filter(person=account.person_id).exclude(state=Trainer.State.DECLINED).values("run")
    )
    return Run.objects.filter(policy.managed(account) | watched | teaches)


def month(first: date) -> QuerySet[Any]:
    """Runs that touch the month of `first`, for the printed plan."""
    following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    return with_seats(visible().filter(starts_on__lt=following, ends_on__gte=first.replace(day=1))).order_by(
        "starts_on", "pk"
    )


def manages(account: Account, run: Run) -> bool:
    return policy.manages(account, run)


def hosts_for(account: Account) -> list[Unit]:
    """Units for which she may open a run: libraries and schools at the top of her scope."""
    scope = network.scope(account, Permission.RUN_MANAGE)
    kinds = (Unit.Kind.REPUBLICAN, Unit.Kind.REGIONAL, Unit.Kind.SCHOOL)
    return list(Unit.objects.filter(scope.q(), exists=True, kind__in=kinds).order_by("kind", "sort_kk")[:40])
