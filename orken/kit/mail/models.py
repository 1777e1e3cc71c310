"""Letters on their way out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Letter(models.Model):
    """A letter in the outbox. Written with the change that it tells of, sent by a worker, once for its key."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    key = models.CharField(max_length=200, unique=True, help_text="What the letter is about; written once.")
    to = models.EmailField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, help_text="A part that a calendar takes in (iCalendar with its METHOD).")
    secret = models.BooleanField(default=False, help_text="Holds a code or a key: the text is wiped once it is sent.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent"), name="letter_sent_has_its_moment"
            )
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="letter_by_state")]

    def __str__(self) -> str:
        return self.subject
