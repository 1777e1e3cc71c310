"""Counters of what may happen so many times."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """How often something happened in one window of time; shared by every process."""

    key = models.CharField(max_length=200)
    window = models.BigIntegerField(help_text="Number of the window since 1970.")
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="tally_key_window")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
