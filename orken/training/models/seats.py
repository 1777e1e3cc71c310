"""Seats as stock: pools and the ledger of every move."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.network.models import Unit
from orken.training.models.run import Run


class SeatPool(models.Model):
    """Seats of a run kept for a unit and all below it; without a unit they are open to everybody.

    Every seat of a run stands in exactly one pool: the totals add up to the capacity. On `release_on`
    what is free goes up: to the pool of the nearest unit above, at last to the open one.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="pools")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    total = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    release_on = models.DateField(_("free seats go up on"), null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "unit"], name="pool_once_for_a_unit"),
            models.UniqueConstraint(fields=["run"], condition=Q(unit=None), name="pool_one_open"),
            models.CheckConstraint(condition=Q(taken__lte=F("total")), name="pool_never_overbooked"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id or 'open'}: {self.taken}/{self.total}"

    @property
    def free(self) -> int:
        return self.total - self.taken


class SeatMove(models.Model):
    """One line of the ledger of seats; only added. Replayed in order it gives every pool's numbers."""

    class Kind(models.TextChoices):
        CAPACITY = "capacity", pgettext_lazy("move of seats", "seats added or taken out")
        SHARED = "shared", pgettext_lazy("move of seats", "shared out")
        RELEASED = "released", pgettext_lazy("move of seats", "released upward")
        TAKEN = "taken", pgettext_lazy("move of seats", "seat taken")
        GIVEN_BACK = "given_back", pgettext_lazy("move of seats", "seat given back")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="moves")
    pool = models.ForeignKey(SeatPool, on_delete=models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    total_change = models.IntegerField(default=0)
    taken_change = models.IntegerField(default=0)
    applicant_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "id"], name="seat_moves_of_run")]

    def __str__(self) -> str:
        return f"{self.kind} {self.total_change:+} {self.taken_change:+}"
