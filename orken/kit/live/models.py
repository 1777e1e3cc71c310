"""What happened just now, for pages that are open; and which pages are really open."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class LiveEvent(models.Model):
    """An event on a channel. Kept for a day: a page that lost its line asks for what it missed.

    With a `key` it is the newest word about something: it takes the place of what was said under the key before.
    """

    channel = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=60, blank=True)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "id"], name="live_of_channel"),
            models.Index(fields=["channel", "key"], condition=~models.Q(key=""), name="live_of_key"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.kind}"


class LiveBeat(models.Model):
    """A sign of life of an open page: its stream opened or closed, or somebody is in front of it.

    Raw and short-lived: whoever owns the subject reads them, makes of them what is kept, and forgets them.
    """

    class Mark(models.TextChoices):
        OPENED = "o", "opened"
        BEAT = "b", "beat"
        CLOSED = "c", "closed"

    subject = models.CharField(max_length=100)
    tab = models.CharField(max_length=40)
    mark = models.CharField(max_length=1, choices=Mark.choices)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="beat_of_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.mark}"
