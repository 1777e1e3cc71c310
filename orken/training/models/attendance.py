"""The attendance sheet: marks, those who came without an application, sheets of paper."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.files.models import StoredFile
from orken.people.models import Account
from orken.training.models.application import Enrolment
from orken.training.models.run import Run
from orken.training.models.timetable import Session


class WalkIn(models.Model):
    """Somebody who came without an application, maybe without an account: as she says her name."""

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="walk_ins")
    name = models.CharField(_("surname and given name"), max_length=150)
    library = models.CharField(_("library"), max_length=200, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="walk_in_has_a_name")]

    def __str__(self) -> str:
        return self.name


class PaperSheet(models.Model):
    """A sheet that was printed to be signed: its number and its rows stay as they were printed."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="paper_sheets")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="paper_sheets")
    number = models.PositiveIntegerField()
    rows = models.JSONField(default=list, help_text="«Who» of each printed row, in order.")
    blank = models.PositiveSmallIntegerField(default=5, help_text="Empty rows for those who walk in.")
    photograph = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    printed_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="paper_sheet_number_once_in_a_run")]

    def __str__(self) -> str:
        return f"{self.run.code}/{self.number}"


class Mark(models.Model):
    """What is said of one person at one session. Never changed: a later one supersedes it.

    `aside`: written by a hand that had not seen the mark that stands; kept, shown, not counted.
    """

    class State(models.TextChoices):
        PRESENT = "present", pgettext_lazy("state of attendance", "present")
        LATE = "late", pgettext_lazy("state of attendance", "came late")
        ABSENT = "absent", pgettext_lazy("state of attendance", "absent")
        EXCUSED = "excused", pgettext_lazy("state of attendance", "excused")

    class Source(models.TextChoices):
        PAGE = "page", pgettext_lazy("source of attendance", "page")
        DEVICE = "device", pgettext_lazy("source of attendance", "device, also without a connection")
        PAPER = "paper", pgettext_lazy("source of attendance", "paper sheet")
        DOOR = "door", pgettext_lazy("source of attendance", "code at the door")
        JOINED = "joined", pgettext_lazy("source of attendance", "row of somebody who walked in")
        ROOM = "room", pgettext_lazy("source of attendance", "live room")

    THERE = (State.PRESENT, State.LATE)
    claim: datetime | None = None  # by the device's own clock; `selectors.with_claims` gives it to whoever shows it

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey(Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="marks")
    walk_in = models.ForeignKey(WalkIn, null=True, blank=True, on_delete=models.PROTECT, related_name="marks")
    state = models.CharField(max_length=8, choices=State.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.PAGE)
    sheet = models.ForeignKey(PaperSheet, null=True, blank=True, on_delete=models.PROTECT, related_name="marks")
    aside = models.BooleanField(default=False)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    recorded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False, walk_in=None) | Q(enrolment=None, walk_in__isnull=False),
                name="mark_is_of_one_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["present", "late"], minutes__gt=0)
                | Q(state__in=["absent", "excused"], minutes=0),
                name="mark_has_minutes_when_there",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")),
                name="mark_superseded_after_recorded",
            ),
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                condition=Q(superseded_at=None, aside=False, enrolment__isnull=False),
                name="mark_stands_once_for_an_enrolment",
            ),
            models.UniqueConstraint(
                fields=["session", "walk_in"],
                condition=Q(superseded_at=None, aside=False, walk_in__isnull=False),
                name="mark_stands_once_for_a_walk_in",
            ),
            models.CheckConstraint(condition=Q(source="paper") | Q(sheet=None), name="mark_of_a_sheet_is_from_paper"),
        ]
        indexes = [models.Index(fields=["session", "superseded_at"], name="marks_of_session")]

    def __str__(self) -> str:
        whose = f"e{self.enrolment_id}" if self.enrolment_id else f"w{self.walk_in_id}"
        return f"{self.session_id} · {whose}: {self.state}"

    @property
    def there(self) -> bool:
        return self.state in self.THERE
