"""Devices and what they sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

FAR = timedelta(minutes=10)  # between two clocks, so that it is worth a word


class Device(models.Model):
    """A browser of one account. Its id is made in the browser, so that lines can be written before the first sending."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account_id = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=120)
    sequence = models.BigIntegerField(default=0, help_text="Of the last line that was taken in.")
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sequence__gte=0), name="device_sequence_counts_up"),
            models.CheckConstraint(
                condition=Q(last_seen_at__gte=F("first_seen_at")), name="device_seen_last_after_first"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Operation(models.Model):
    """One line as it came, and what became of it. Only added: the log is the proof that nothing was lost."""

    class Outcome(models.TextChoices):
        DONE = "done", pgettext_lazy("outcome of a line", "written")
        SAME = "same", pgettext_lazy("outcome of a line", "it stood so already")
        DIFFERS = "differs", pgettext_lazy("outcome of a line", "kept beside what stands")
        REFUSED = "refused", pgettext_lazy("outcome of a line", "could not be written")

    uid = models.UUIDField(unique=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="operations")
    sequence = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=80, blank=True, help_text="The thing that it is about, as its kind names it.")
    base = models.CharField(max_length=80, blank=True)
    payload = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=40, blank=True)
    told = models.JSONField(default=dict)
    made_at = models.DateTimeField(
        help_text="By the device's clock put right; in the order of its lines, never past the receipt."
    )
    claimed_at = models.DateTimeField(null=True, help_text="By the device's own clock as it stood; for people to see.")
    received_at = models.DateTimeField(default=timezone.now)
    carried_by_id = models.BigIntegerField(null=True, help_text="Who brought it in a sealed file.")
    looked_at = models.DateTimeField(null=True, blank=True, help_text="Somebody has seen that it could not be written.")
    looked_by_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "sequence"], name="operation_sequence_once_on_a_device"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="operation_sequence_from_one"),
            models.CheckConstraint(condition=Q(made_at__lte=F("received_at")), name="operation_made_before_received"),
            models.CheckConstraint(
                condition=Q(outcome="refused") ^ Q(reason=""), name="operation_refused_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by_id=None)
                | Q(looked_at__isnull=False, looked_by_id__isnull=False, outcome="refused"),
                name="operation_looked_at_by_somebody_when_refused",
            ),
        ]
        indexes = [models.Index(fields=["kind", "about", "outcome"], name="operation_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    @property
    def claim(self) -> datetime | None:
        """What the device's clock said, where that is another time than when the line came."""
        if self.claimed_at is None or abs(self.claimed_at - self.received_at) <= FAR:
            return None
        return self.claimed_at
