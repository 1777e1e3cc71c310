"""The hour ledger: what a person has learned, a row per source and kind of activity."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from orken.competencies.models import Domain
from orken.credentials.models.certificates import Certificate
from orken.credentials.models.observed import Observed
from orken.credentials.models.outside import OutsideTraining
from orken.credentials.models.past import PastRecord
from orken.people.models import Account, Person


class Activity(models.TextChoices):
    """How the hours were spent (plan of records: live, recording, teaching, self-directed, outside), or where from.

    What comes from registers of earlier years is of a kind of its own and counted apart: nobody here saw it.
    """

    LIVE = "live", pgettext_lazy("hours", "live lessons")
    RECORDING = "recording", pgettext_lazy("hours", "recordings")
    TEACHING = "teaching", pgettext_lazy("hours", "teaching others")
    SELF = "self", pgettext_lazy("hours", "self-directed")
    OUTSIDE = "outside", pgettext_lazy("hours", "outside training")
    PAPER = "paper", pgettext_lazy("hours", "from paper")


class LedgerRow(models.Model):
    """So many minutes of one kind, from one source, on a day. Added or superseded, never changed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hours")
    activity = models.CharField(max_length=10, choices=Activity.choices)
    minutes = models.PositiveIntegerField()
    domain = models.ForeignKey(Domain, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(help_text="The last day of what was learned.")
    certificate = models.ForeignKey(Certificate, null=True, blank=True, on_delete=models.PROTECT, related_name="hours")
    outside = models.ForeignKey(OutsideTraining, null=True, blank=True, on_delete=models.PROTECT, related_name="ledger")
    past = models.ForeignKey(PastRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="ledger")
    observed = models.ForeignKey(Observed, null=True, blank=True, on_delete=models.PROTECT, related_name="ledger")
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
                condition=Q(certificate__isnull=False, outside=None, past=None, observed=None)
                | Q(certificate=None, outside__isnull=False, past=None, observed=None)
                | Q(certificate=None, outside=None, past__isnull=False, observed=None)
                | Q(certificate=None, outside=None, past=None, observed__isnull=False),
                name="ledger_row_has_one_source",
            ),
            models.UniqueConstraint(
                fields=["certificate", "activity"], condition=Q(superseded_at=None, certificate__isnull=False),
                name="ledger_activity_once_of_a_certificate",
            ),
            models.UniqueConstraint(
                fields=["outside"], condition=Q(superseded_at=None, outside__isnull=False), name="ledger_once_of_outside",
            ),
            models.UniqueConstraint(
                fields=["past"], condition=Q(superseded_at=None, past__isnull=False), name="ledger_once_of_a_past_record",
            ),
            models.UniqueConstraint(
                fields=["observed"], condition=Q(superseded_at=None, observed__isnull=False), name="ledger_once_of_an_observed",
            ),
            models.CheckConstraint(
                condition=Q(observed=None) | Q(activity__in=["recording", "teaching"]), name="ledger_of_observed_is_of_its_kinds"
            ),
            models.CheckConstraint(
                condition=Q(past=None) | Q(activity="paper"), name="ledger_of_a_past_record_is_from_paper"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.activity} {self.minutes}"
