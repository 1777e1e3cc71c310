"""Invitations to teach, and what comes next for whoever teaches or learns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from orken.people.models import Account
from orken.training import policy
from orken.training.models import Enrolment, Run, Session, Trainer


def invited_to_teach(account: Account) -> QuerySet[Trainer]:
    """Invitations to teach that she has not answered."""
    rows = Trainer.objects.filter(person=account.person_id, state=Trainer.State.INVITED).select_related("run")
    return rows.exclude(run__state__in=(Run.State.CANCELLED, Run.State.ARCHIVED))


def taught_by(account: Account) -> QuerySet[Run]:
    """Runs that she teaches or organises: there she marks."""
    teaches = Trainer.objects.filter(person=account.person_id).exclude(state=Trainer.State.DECLINED).values("run")
    return Run.objects.filter(policy.managed(account) | Q(pk__in=teaches))


def asked_to_teach(account: Account) -> list[Trainer]:
    """The first ten of them."""
    return list(invited_to_teach(account)[:10])


AHEAD = timedelta(days=14)


def coming_for(account: Account) -> list[Any]:
    """Her next sessions, those that go on first, at most five of two weeks; `taught` tells that she teaches it. One query."""
    her, now = account.person_id, timezone.now()
    taught = Exists(Session.trainers.through.objects.filter(session=OuterRef("pk"), person=her))
    seat = Exists(Enrolment.objects.filter(run=OuterRef("run"), person=her, state__in=Enrolment.LIVE))
    rows = Session.objects.filter(cancelled_at=None, ends_at__gte=now, starts_at__lt=now + AHEAD)
    held = rows.exclude(run__state__in=(Run.State.CANCELLED, Run.State.ARCHIVED)).select_related("run", "room")
    return list(held.annotate(taught=taught).filter(Q(taught=True) | Q(seat)).order_by("starts_at", "pk")[:5])


def answerable(account: Account) -> Q:
    """Invitations that she may answer: her own, and those of the runs that she organises."""
    return Q(person=account.person_id) | policy.managed_through(account)
