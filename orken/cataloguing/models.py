"""What the school keeps: rows of the KAZMARC profile, published tasks, marks that wait for a person, and files of catalogues under check."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.cataloguing.profiles import Names, Row
from orken.people.models import Account

PROFILES = (("rusmarc", "RUSMARC"), ("marc21", "MARC 21"), ("unimarc", "UNIMARC"), ("kazmarc", "KAZMARC"))


class ProfileRow(models.Model):
    """One statement of the National Library about KAZMARC: of a field, an indicator or a subfield.

    KAZMARC has no published text that we know of, so the system ships none: the Library writes it here, row
    by row, over UNIMARC, each with the document it stands in.
    """

    tag = models.CharField(
        max_length=3, validators=[RegexValidator(r"^[0-9A-Z]{3}$", _("A tag has three digits or capital letters."))]
    )
    code = models.CharField(max_length=4, blank=True)
    name_kk = models.CharField(max_length=200, blank=True)
    name_ru = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    used = models.BooleanField(default=True)
    mandatory = models.BooleanField(default=False)
    repeatable = models.BooleanField(default=True)
    values = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=300)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "code"], name="profile_row_once"),
            models.CheckConstraint(condition=~Q(source=""), name="profile_row_has_a_source"),
        ]
        ordering = ["tag", "code"]

    def __str__(self) -> str:
        return f"KAZMARC {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("cataloguing:kazmarc_row", args=[self.pk])

    @property
    def place(self) -> str:
        """«200», «200 $a», «200 ind1»."""
        if not self.code:
            return self.tag
        return f"{self.tag} {self.code}" if self.code.startswith("ind") else f"{self.tag} ${self.code}"

    def as_row(self) -> Row:
        """The statement as the profiles read it."""
        return Row(
            self.tag, self.code, Names(self.name_kk, self.name_ru, self.name_en), self.repeatable, self.mandatory, self.values,
            self.used, self.source,
        )  # fmt: skip


class Publication(models.Model):
    """A task that may judge people: its experts agreed when it was published. Taken back by a second row in time."""

    book = models.CharField(max_length=60)
    format = models.CharField(max_length=10, choices=PROFILES[:2])
    agreement = models.DecimalField(max_digits=4, decimal_places=1)
    published_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["book", "format"], condition=Q(withdrawn_at=None), name="publication_live_once"
            ),
            models.CheckConstraint(condition=Q(agreement__gte=85), name="publication_needs_agreement"),
        ]

    def __str__(self) -> str:
        return f"{self.book} ({self.format})"


class HeldMark(models.Model):
    """A mark that a person looks at before it counts: the grader asked for it, or the learner does not agree.

    The record is kept as it was graded, with the mark of that moment; whoever teaches confirms it or gives another.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a teacher")
        CONFIRMED = "confirmed", _("confirmed")
        CHANGED = "changed", _("changed")
        WITHDRAWN = "withdrawn", _("taken back by the learner")

    class Cause(models.TextChoices):
        REVIEW = "review", _("the grader asked for a person")
        APPEAL = "appeal", _("the learner does not agree")

    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    book = models.CharField(max_length=60)
    format = models.CharField(max_length=10, choices=PROFILES[:2])
    text = models.TextField()
    cause = models.CharField(max_length=6, choices=Cause)
    words = models.CharField(max_length=1000, blank=True)
    score = models.DecimalField(max_digits=4, decimal_places=1)
    hints = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    final = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    answer = models.CharField(max_length=1000, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "book", "format"], condition=Q(state="waiting"), name="held_mark_waits_once"
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=100), name="held_mark_score"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["confirmed", "changed"],
                    final__gte=0,
                    final__lte=100,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(state__in=["waiting", "withdrawn"], final=None, decided_by=None, decided_at=None),
                name="held_mark_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="changed") | ~Q(answer=""), name="held_mark_changed_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "sent_at"], name="held_mark_waiting")]

    def __str__(self) -> str:
        return f"{self.book} ({self.format}): {self.score}"

    def get_absolute_url(self) -> str:
        return reverse("cataloguing:held_mark", args=[self.pk])

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITING


class CatalogueFile(models.Model):
    """A file of a library's own catalogue, checked in the background; the file itself is kept compressed.

    `counts` is the report: records, records with messages, by severity, by rule, by cataloguer. The figures
    stay when the file is forgotten.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    file_id = models.UUIDField(null=True)
    profile = models.CharField(max_length=10, choices=PROFILES, blank=True)
    encoding = models.CharField(max_length=10, blank=True)
    work_id = models.UUIDField(null=True)
    counts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["by", "-created_at"], name="catalogue_file_of_account")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("cataloguing:file", args=[self.pk])


class Finding(models.Model):
    """One message about one record of a file: enough to list, filter and hand out as a table."""

    file = models.ForeignKey(CatalogueFile, on_delete=models.CASCADE, related_name="findings")
    record = models.PositiveIntegerField()
    identifier = models.CharField(max_length=60, blank=True)
    cataloguer = models.CharField(max_length=100, blank=True)
    rule = models.CharField(max_length=80)
    severity = models.CharField(max_length=5)
    field = models.CharField(max_length=3, blank=True)
    occurrence = models.PositiveSmallIntegerField(default=1)
    subfield = models.CharField(max_length=2, blank=True)
    message_kk = models.CharField(max_length=500)
    message_ru = models.CharField(max_length=500)
    message_en = models.CharField(max_length=500)

    class Meta:
        indexes = [
            models.Index(fields=["file", "rule"], name="finding_by_rule"),
            models.Index(fields=["file", "record"], name="finding_by_record"),
        ]

    def __str__(self) -> str:
        return f"{self.record}: {self.rule}"
