"""Background work with its progress, and the timetable of what runs by itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Work(models.Model):
    """One piece of background work as people see it: how far it is, what failed, how it ended.

    The queue itself (claiming, lanes) is django-tasks-db's; a row of it carries the id of this one.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=100)
    lane = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    by_id = models.BigIntegerField(null=True)
    language = models.CharField(max_length=2, default="kk", help_text="Of the one who started it.")
    scope_path = models.CharField(max_length=255, blank=True)
    once = models.CharField(max_length=120, blank=True, help_text="What it works on, when only one work may at a time.")
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    failures = models.JSONField(default=list, help_text="The first 200 as {where, reason}.")
    failures_count = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    reason = models.TextField(blank=True, help_text="Why it failed, in a sentence.")
    attempts = models.PositiveIntegerField(default=0)
    cancel_asked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "heartbeat_at"], name="work_by_state"),
            models.Index(fields=["by_id", "-created_at"], name="work_of_account"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["once"], condition=Q(state__in=["waiting", "running"]) & ~Q(once=""), name="work_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at=None)
                | Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False),
                name="work_finished_when_over",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    def as_json(self) -> dict[str, Any]:
        """What a page needs to draw the progress."""
        return {
            "id": str(self.pk), "title": self.title, "state": self.state, "done": self.done, "total": self.total,
            "failures": self.failures, "failures_count": self.failures_count, "reason": self.reason, "over": self.over,
        }  # fmt: skip


class Due(models.Model):
    """When a thing of the timetable runs next; claimed under a row lock, so that several workers run it once."""

    name = models.CharField(max_length=100, primary_key=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
