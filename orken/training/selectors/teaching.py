"""Invitations to teach."""

from __future__ import annotations

from django.db.models import Q

from orken.people.models import Account
from orken.training import policy
from orken.training.models import Run, Trainer


def asked_to_teach(account: Account) -> list[Trainer]:
    """Invitations to teach that she has not answered."""
    rows = Trainer.objects.filter(person=account.person_id, state=Trainer.State.INVITED).select_related("run")
    return list(rows.exclude(run__state__in=(Run.State.CANCELLED, Run.State.ARCHIVED))[:10])


def answerable(account: Account) -> Q:
    """Invitations that she may answer: her own, and those of the runs that she organises."""
    return Q(person=account.person_id) | policy.managed_through(account)
