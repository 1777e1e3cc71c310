"""What happened just now, for pages that are open."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class LiveEvent(models.Model):
    """An event on a channel. Kept for a day: a page that lost its line asks for what it missed."""

    channel = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["channel", "id"], name="live_of_channel")]

    def __str__(self) -> str:
        return f"{self.channel} {self.kind}"
