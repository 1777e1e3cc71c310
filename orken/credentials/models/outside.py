"""Training that nobody of us certified: what both kinds of it have in common, and training that somebody else held."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.competencies.models import Domain
from orken.kit.files.models import StoredFile
from orken.network.models import Unit
from orken.people.models import Account, Person


class Told(models.Model):
    """What a paper says of a training, who brought it, and what somebody decided about it (decision 0067)."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", help_text="Where she worked when she sent it."
    )
    title = models.CharField(_("what it was called"), max_length=300)
    organiser = models.CharField(_("who held it"), max_length=300)
    hours = models.PositiveSmallIntegerField(_("academic hours by the paper"))
    minutes = models.PositiveIntegerField(help_text="By the norm of an academic hour of the day.")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    paper = models.CharField(_("number of the paper"), max_length=100, blank=True)
    domain = models.ForeignKey(Domain, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="The paper as a file."
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    COUNTED: ClassVar[tuple[str, ...]]  # states in which its hours stand in the ledger
    CONFIRMED: ClassVar[str]  # the one of them in which they are confirmed
    person_id: int
    state: models.CharField[str, str]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class OutsideTraining(Told):
    """Training that somebody else held: she sends its paper, the methodologist of her region vouches or declines."""

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("state of outside training", "sent")
        RECOGNISED = "recognised", pgettext_lazy("state of outside training", "recognised")
        DECLINED = "declined", pgettext_lazy("state of outside training", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of outside training", "withdrawn")

    COUNTED = (State.SENT, State.RECOGNISED)
    CONFIRMED = State.RECOGNISED

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outside_training")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="outside_training_days_in_order"),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=1000), name="outside_training_hours_in_range"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="outside_training_declined_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "withdrawn"]) | Q(decided_at__isnull=False),
                name="outside_training_decided_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["declined", "withdrawn"]) | Q(evidence__isnull=False),
                name="outside_training_counts_by_a_paper",
            ),
        ]
