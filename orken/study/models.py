"""The learner's side of a course: which version a run has, what each has read, what she noted, who has finished."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.courseware.models import CourseVersion
from orken.people.models import Account
from orken.training.models import Enrolment, Run


class Offering(models.Model):
    """The course of a run: pins the version that was published when it was opened, for as long as the run is remembered."""

    class Pace(models.TextChoices):
        WEEKLY = "weekly", pgettext_lazy("pace of a course", "week by week")
        OWN = "own", pgettext_lazy("pace of a course", "everything at once, at one's own pace")

    run = models.OneToOneField(Run, on_delete=models.PROTECT, related_name="offering")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="offerings")
    pace = models.CharField(_("pace"), max_length=8, choices=Pace.choices, default=Pace.WEEKLY)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.run_id}: {self.version_id}"


class Seen(models.Model):
    """She has read a block. Only added, once for each block: two devices that bring the same are one.

    Hangs on the key of the block, not on a row of a version: what was read stays read when a run gets a newer version.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="seen_blocks")
    lesson = models.UUIDField()
    block = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "block"], name="study_seen_once")]
        indexes = [models.Index(fields=["enrolment", "at"], name="study_seen_lately")]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.block}"


class Note(models.Model):
    """What she noted beside a block, and whether she marked it to find it again. Nobody else reads it."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="notes")
    lesson = models.UUIDField()
    block = models.UUIDField()
    text = models.TextField(_("my note"), max_length=4000, blank=True)
    marked = models.BooleanField(_("bookmark"), default=False)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "block"], name="study_note_once_beside_a_block"),
            models.CheckConstraint(condition=~Q(text="") | Q(marked=True), name="study_note_says_or_marks"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Finish(models.Model):
    """She has finished the course by its rule: what it was made of is kept as it was counted. Never taken back."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="finish")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    lessons = models.PositiveIntegerField()
    of_lessons = models.PositiveIntegerField()
    exercises: Any = models.JSONField(default=dict, help_text="Best result in percent by the code of the exercise.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lessons__lte=models.F("of_lessons")), name="study_finish_within_its_whole"
            ),
            models.CheckConstraint(condition=Q(of_lessons__gte=1), name="study_finish_of_something"),
        ]

    def __str__(self) -> str:
        return str(self.enrolment)


class Message(models.Model):
    """What a trainer wrote to a group of her run: to whom, and what it said."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="study_messages")
    text = models.TextField(_("message"), max_length=1500)
    language = models.CharField(max_length=2, default="kk", help_text="In which whoever wrote it reads her pages.")
    to = models.ManyToManyField(Enrolment, related_name="+")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    press = models.UUIDField(unique=True, default=uuid4, editable=False, help_text="Sent twice it is one.")

    def __str__(self) -> str:
        return self.text[:60]
