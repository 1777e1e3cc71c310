"""The audit trail: one row for every change that a person or a job made."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class AuditEvent(models.Model):
    """Who did what to which object, when, and how it looked before and after.

    No foreign keys: the trail outlives what it speaks of and never blocks an erasure. `scope_path`
    is the place in the unit tree at that moment, so that a region reads its own trail. Rows of one
    bulk action share a `batch`. Rows are only ever added; an erasure alone takes the name of a person out
    of them (`services.mask`).
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    verb = models.CharField(max_length=80)
    target_kind = models.CharField(max_length=80)
    target_id = models.CharField(max_length=64)
    target_name = models.CharField(max_length=300)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=300)
    scope_path = models.CharField(max_length=255, db_index=True)
    batch = models.UUIDField(null=True, db_index=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["target_kind", "target_id", "at"], name="audit_of_object")]
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.target_kind} {self.target_id}"
