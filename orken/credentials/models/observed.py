"""What the house itself saw a person do, without a paper: lessons that she taught, a recording that she watched."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.competencies.models import Domain
from orken.people.models import Person


class Observed(models.Model):
    """One source of hours that no paper certifies. Title and organiser stand as they were told; the minutes stand in
    the ledger, whose rows are superseded when a later look counts otherwise.
    """

    class Kind(models.TextChoices):
        RECORDING = "recording", pgettext_lazy("hours", "recordings")
        TEACHING = "teaching", pgettext_lazy("hours", "teaching others")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="observed")
    activity = models.CharField(max_length=10, choices=Kind.choices)
    source = models.CharField(
        max_length=80, help_text="What was taught or watched, as its owner names it: «training.run:CODE»."
    )
    title = models.JSONField(_("what it was called"), help_text="By language; kk always.")
    organiser = models.JSONField(_("who held it"), default=dict, help_text="By language; kk always.")
    domain = models.ForeignKey(Domain, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "activity", "source"], name="observed_once_of_a_source"),
            models.CheckConstraint(
                condition=Q(activity__in=["recording", "teaching"]), name="observed_without_a_paper"
            ),
        ]
        indexes = [models.Index(fields=["source"], name="observed_of_source")]

    def __str__(self) -> str:
        return str(self.title.get("kk", self.source))
