"""Series and their numbers: gap-free for an issuer, a series and a year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.network.models import Unit
from orken.people.models import Account


class Series(models.Model):
    """One run of numbers: who issues, under which word, in which year. Its row is the lock of its numbers."""

    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="series")
    code = models.CharField(_("series"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(default=0, help_text="The number that was taken last.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "code", "year"], name="series_once"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2200), name="series_year_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"


class Number(models.Model):
    """A number that was taken. It is never given again: one that could not be used stays, spoiled, with its reason."""

    class State(models.TextChoices):
        TAKEN = "taken", pgettext_lazy("state of a number", "taken")
        SPOILED = "spoiled", pgettext_lazy("state of a number", "spoiled")

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="numbers")
    sequence = models.PositiveIntegerField(_("number"))
    for_kind = models.CharField(max_length=60, help_text="Of what: «order.enrol», «certificate».")
    state = models.CharField(max_length=8, choices=State.choices, default=State.TAKEN)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    taken_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    spoiled_at = models.DateTimeField(null=True, blank=True)
    spoiled_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["series", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["series", "sequence"], name="number_once_in_its_series"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="number_counts_from_one"),
            models.CheckConstraint(
                condition=Q(state="taken", reason="", spoiled_at=None) | (Q(state="spoiled", spoiled_at__isnull=False) & ~Q(reason="")),
                name="number_spoiled_with_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.series} · {self.sequence}"

    @property
    def year(self) -> int:
        return self.series.year
