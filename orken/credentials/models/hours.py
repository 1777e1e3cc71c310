"""The hour ledger: what a person has learned, a row per source and kind of activity; and training outside the system."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.competencies.models import Domain
from orken.credentials.models.certificates import Certificate
from orken.kit.files.models import StoredFile
from orken.network.models import Unit
from orken.people.models import Account, Person


class Activity(models.TextChoices):
    """How the hours were spent (plan of records: live, recording, teaching, self-directed, outside)."""

    LIVE = "live", pgettext_lazy("hours", "live lessons")
    RECORDING = "recording", pgettext_lazy("hours", "recordings")
    TEACHING = "teaching", pgettext_lazy("hours", "teaching others")
    SELF = "self", pgettext_lazy("hours", "self-directed")
    OUTSIDE = "outside", pgettext_lazy("hours", "outside training")


class OutsideTraining(models.Model):
    """Training that somebody else held: she sends its paper, the methodologist of her region vouches or declines."""

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("state of outside training", "sent")
        RECOGNISED = "recognised", pgettext_lazy("state of outside training", "recognised")
        DECLINED = "declined", pgettext_lazy("state of outside training", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of outside training", "withdrawn")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outside_training")
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
    evidence = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

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
        ]

    def __str__(self) -> str:
        return self.title


class LedgerRow(models.Model):
    """So many minutes of one kind, from one source, on a day. Added or superseded, never changed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hours")
    activity = models.CharField(max_length=10, choices=Activity.choices)
    minutes = models.PositiveIntegerField()
    domain = models.ForeignKey(Domain, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(help_text="The last day of what was learned.")
    certificate = models.ForeignKey(Certificate, null=True, blank=True, on_delete=models.PROTECT, related_name="hours")
    outside = models.ForeignKey(OutsideTraining, null=True, blank=True, on_delete=models.PROTECT, related_name="ledger")
    confirmed = models.BooleanField(default=False)
    verifier = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "pk"]
        indexes = [
            models.Index(fields=["person", "superseded_at", "on"], name="ledger_of_person"),
            models.Index(fields=["superseded_at"], condition=Q(superseded_at__isnull=False), name="ledger_struck_out"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="ledger_row_has_minutes"),
            models.CheckConstraint(
                condition=Q(certificate=None, outside__isnull=False) | Q(certificate__isnull=False, outside=None),
                name="ledger_row_has_one_source",
            ),
            models.UniqueConstraint(
                fields=["certificate", "activity"], condition=Q(superseded_at=None, certificate__isnull=False),
                name="ledger_activity_once_of_a_certificate",
            ),
            models.UniqueConstraint(
                fields=["outside"], condition=Q(superseded_at=None, outside__isnull=False), name="ledger_once_of_outside",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.activity} {self.minutes}"
