"""Views of lists that people keep for themselves."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class SavedView(models.Model):
    """A list as one account likes it: filters, order and columns, kept as the query of its address."""

    account_id = models.BigIntegerField()
    table = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "table", "name"], name="saved_view_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
