"""What is asked: the assignment, its versions that never change once published, and rubrics frozen when a mark is given."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from orken.kit.i18n.content import Translated
from orken.network.models import Unit
from orken.people.models import Account
from orken.questions.models import PUBLISHED_WHOLE, Published, Version, code_validator

__all__ = ["Assignment", "AssignmentVersion", "FrozenRubric", "Marking", "Published", "code_validator"]


class Marking(models.TextChoices):
    """Who says what a work is worth."""

    ONE = "one", pgettext_lazy("marking of an assignment", "one trainer")
    TWO = "two", pgettext_lazy("marking of an assignment", "two markers, neither sees the other's mark")
    PEERS = "peers", pgettext_lazy("marking of an assignment", "learners of the same run, one another")


class Assignment(models.Model):
    """Something that a learner makes and a person looks at. Lessons embed it by its code, as they embed an exercise.

    `draft` is the version being written, `published` the one that works are begun with.
    """

    code = models.CharField(max_length=30, unique=True, validators=[code_validator])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    draft = models.ForeignKey("AssignmentVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published = models.ForeignKey("AssignmentVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # fmt: skip
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("assignments:one", args=[self.code])

    @property
    def standing(self) -> AssignmentVersion | None:
        """What an author sees first: the draft, else what is published."""
        return self.draft or self.published


class AssignmentVersion(Version):
    """One edition: the texts, what is to be handed in, the rules, the rubric. A work pins it.

    `rubric` is a list of criteria as `rubrics.py` reads them; `authors` are those who wrote in it, so that another
    person publishes.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="versions")
    authors = models.ManyToManyField(Account, related_name="+")
    title_kk = models.CharField(max_length=200, blank=True)
    title_ru = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    brief_kk = models.TextField(max_length=5000, blank=True)
    brief_ru = models.TextField(max_length=5000, blank=True)
    brief_en = models.TextField(max_length=5000, blank=True)
    text_most = models.PositiveIntegerField(default=10_000)
    files_most = models.PositiveSmallIntegerField(default=0)
    photos_most = models.PositiveSmallIntegerField(default=0)
    due_days = models.PositiveSmallIntegerField(null=True, blank=True)
    resubmissions = models.PositiveSmallIntegerField(default=1)
    marking = models.CharField(max_length=5, choices=Marking.choices, default=Marking.ONE)
    difference = models.PositiveSmallIntegerField(default=15)  # fmt: skip
    peers = models.PositiveSmallIntegerField(default=3)
    review_days = models.PositiveSmallIntegerField(default=7)
    pass_mark = models.PositiveSmallIntegerField(default=60)
    rubric = models.JSONField(default=list)

    title = Translated("title")
    brief = Translated("brief")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="assignment_version_number_once"),
            models.UniqueConstraint(fields=["assignment"], condition=Q(published_at=None), name="assignment_one_draft"),
            models.CheckConstraint(condition=PUBLISHED_WHOLE, name="assignment_published_with_fingerprint"),
            models.CheckConstraint(condition=Q(published_at=None) | ~Q(title_kk=""), name="assignment_published_named"),
            models.CheckConstraint(condition=Q(pass_mark__lte=100, difference__lte=100), name="assignment_shares_in_range"),
            models.CheckConstraint(condition=Q(text_most__lte=100_000, files_most__lte=5, photos_most__lte=10), name="assignment_asks_in_range"),
            models.CheckConstraint(condition=Q(peers__gte=2, peers__lte=6, review_days__gte=1), name="assignment_peers_in_range"),
            models.CheckConstraint(condition=Q(published_at=None) | ~Q(marking="peers") | Q(due_days__isnull=False), name="assignment_of_peers_is_due"),
            models.CheckConstraint(condition=~Q(based_on=F("id")), name="assignment_version_not_its_own_base"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title or str(self.assignment_id)

    @property
    def asks(self) -> tuple[int, int, int]:
        """Characters of text, files and photographs at most."""
        return self.text_most, self.files_most, self.photos_most


class FrozenRubric(models.Model):
    """A rubric as it stood when a mark was given: the same words are the same row, and a row never changes.

    So a later change of the assignment changes no mark that was given, and marks by one rubric are found together.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    criteria = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.fingerprint[:12]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Published(self.fingerprint)
        super().save(*args, **kwargs)
