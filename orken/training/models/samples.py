"""Work samples: what a graduate shows of her own work some months later, and what others say of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.curriculum.models import Outcome
from orken.kit.files.models import StoredFile
from orken.people.models import Account
from orken.training.models.application import Enrolment

HIGHEST = 3


class SampleAsk(models.Model):
    """A graduate is asked for a work sample, once for an enrolment. What is asked stands in the version of the programme."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="sample_ask")
    asked_on = models.DateField()
    due_on = models.DateField(_("expected until"))
    reminded_on = models.DateField(null=True, blank=True, help_text="She was told once that it is awaited still.")
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="sample_due_after_asked")]

    def __str__(self) -> str:
        return str(self.enrolment)


class Sample(models.Model):
    """What she sent, with a few words. Never changed: once it is returned she sends another, with the next number."""

    ask = models.ForeignKey(SampleAsk, on_delete=models.PROTECT, related_name="samples")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(_("in your words"), max_length=2000, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    wiped_at = models.DateTimeField(null=True, blank=True, help_text="Her data were erased: files and words are gone.")

    class Meta:
        ordering = ["ask", "number"]
        constraints = [models.UniqueConstraint(fields=["ask", "number"], name="sample_number_once")]

    def __str__(self) -> str:
        return f"{self.ask_id} № {self.number}"


class SampleFile(models.Model):
    """A file of a sample, in its order."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sample", "position"]
        constraints = [models.UniqueConstraint(fields=["sample", "position"], name="sample_file_place_once")]

    def __str__(self) -> str:
        return str(self.file)


class SampleLook(models.Model):
    """What somebody who looked at it says: accepted, or returned with words. Taken back it stays, with the reason."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("of a work sample", "accepted")
        RETURNED = "returned", pgettext_lazy("of a work sample", "returned")

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="looks")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    words = models.TextField(_("words to her"), max_length=2000, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)
    taken_back_because = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sample"], condition=Q(superseded_at=None), name="sample_look_stands_once"),
            models.CheckConstraint(
                condition=Q(superseded_at=None, taken_back_because="")
                | (Q(superseded_at__isnull=False) & ~Q(taken_back_because="")),
                name="sample_look_taken_back_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}: {self.verdict}"


class SampleMark(models.Model):
    """How far an outcome of the programme shows in the sample: 0 not at all … 3 in an exemplary way."""

    look = models.ForeignKey(SampleLook, on_delete=models.PROTECT, related_name="marks")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["look", "outcome"], name="sample_mark_once_for_an_outcome"),
            models.CheckConstraint(condition=Q(mark__lte=HIGHEST), name="sample_mark_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id}: {self.mark}"
