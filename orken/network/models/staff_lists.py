"""Staff lists as libraries send them, row by row."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.network.models.units import Unit
from orken.people.models import Account, Person


class StaffImport(models.Model):
    """A staff list that somebody sent for a unit: looked through first, applied in parts, undone as one batch."""

    class State(models.TextChoices):
        JUDGED = "judged", _("looked through, nothing written")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="staff_imports")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    on = models.DateField(help_text="The day from which the changes hold.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.JUDGED)
    layout = models.JSONField(default=list, help_text="For each sheet: its headings and the field of each column.")
    defaults = models.JSONField(default=dict, help_text="What a row without its own library or post gets.")
    libraries = models.JSONField(default=dict, help_text="Which library a text means, said by a person: code by text.")
    passed_over = models.JSONField(default=list, help_text="Titles, totals and empty lines, with the reason.")
    counts = models.JSONField(default=dict)
    work_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.file_name


class StaffRow(models.Model):
    """One row of a staff list: what stands in the file, what it means, what becomes of it."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("same")
        DOUBTFUL = "doubtful", _("doubtful")
        REFUSED = "refused", _("refused")

    table = models.ForeignKey(StaffImport, on_delete=models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField(help_text="The row in the file, from 1.")
    cells = models.JSONField(default=list, help_text="As they stand; numbers of persons are sealed.")
    corrections = models.JSONField(default=dict, help_text="What a person wrote over a cell, by field.")
    section = models.CharField(max_length=300, blank=True, help_text="The library named in a line above.")
    values = models.JSONField(default=dict, help_text="What was read out of the cells, by field.")
    name = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    notes = models.JSONField(default=list, help_text="[code, field, parameters]: reasons and warnings.")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    candidates = models.JSONField(default=list, help_text="Ids of the people she may be.")
    decision = models.CharField(max_length=30, blank=True, help_text="same:ID, new or skip, said by a person.")
    done = models.JSONField(default=dict, help_text="What was written, for the way back.")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "sheet", "number"], name="staff_row_once"),
            models.CheckConstraint(
                condition=Q(applied_at=None) | ~Q(state="refused"), name="staff_row_refused_is_not_applied"
            ),
        ]
        indexes = [models.Index(fields=["table", "state"], name="staff_row_by_state")]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"


class KnownHeading(models.Model):
    """A person said what a heading of this library's lists means; the next list is read so at once."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=30, blank=True, help_text="Empty: the column is passed over.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "heading"], name="known_heading_once")]

    def __str__(self) -> str:
        return f"{self.heading} → {self.field}"
