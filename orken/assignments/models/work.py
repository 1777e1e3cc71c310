"""What a learner hands in: numbered tries that are never taken back, with their files and photographs."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from orken.assignments.models.definition import Assignment, AssignmentVersion
from orken.kit.files.models import StoredFile
from orken.people.models import Account, Person


class Work(models.Model):
    """One try of one person at a place («study.run:12»). A draft is hers alone; handed in, it does not change any more.

    Score and passed follow from the reviews (`services.deciding`). `prints` are fingerprints of its text, by which works
    that say the same find one another. `peers_until`: until when learners review it; with `to_trainer` a trainer does.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a work", "draft")
        HANDED_IN = "handed_in", pgettext_lazy("state of a work", "handed in")
        MARKING = "marking", pgettext_lazy("state of a work", "being marked")
        DISPUTED = "disputed", pgettext_lazy("state of a work", "two marks differ")
        RETURNED = "returned", pgettext_lazy("state of a work", "to be done again")
        DONE = "done", pgettext_lazy("state of a work", "marked")
        VOID = "void", pgettext_lazy("state of a work", "does not count")

    class Decided(models.TextChoices):
        NONE = "", "—"
        ONE = "one", pgettext_lazy("how a work was decided", "by one marker")
        TWO = "two", pgettext_lazy("how a work was decided", "by two marks that agree")
        THIRD = "third", pgettext_lazy("how a work was decided", "by a third marker")
        AGREED = "agreed", pgettext_lazy("how a work was decided", "both markers agreed after a talk")
        PEERS = "peers", pgettext_lazy("how a work was decided", "the middle of what learners gave")
        OVERRIDE = "override", pgettext_lazy("how a work was decided", "by a trainer over the learners' marks")

    WAITING = (State.HANDED_IN, State.MARKING, State.DISPUTED)
    CLOSED = (State.RETURNED, State.DONE)

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="works")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="works")
    version = models.ForeignKey(AssignmentVersion, on_delete=models.PROTECT, related_name="works")
    context = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1, help_text="Grows with every save of the draft; guards edits.")
    opened_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    late = models.BooleanField(default=False)
    prints = models.JSONField(default=list)
    peers_until = models.DateTimeField(null=True, blank=True)
    to_trainer = models.BooleanField(default=False, help_text="Asked of learners, and a trainer reviews it.")
    decided = models.CharField(max_length=8, choices=Decided.choices, default=Decided.NONE, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "assignment", "context", "number"], name="work_number_once"),
            models.UniqueConstraint(fields=["person", "assignment", "context"], condition=Q(state="draft"), name="work_one_draft_at_a_time"),
            models.CheckConstraint(condition=Q(state__in=["draft", "void"]) | Q(handed_at__isnull=False), name="work_handed_in_at_a_time"),
            models.CheckConstraint(condition=~Q(state="draft") | Q(handed_at=None, late=False), name="work_draft_is_not_handed_in"),
            models.CheckConstraint(
                condition=Q(state__in=["returned", "done"], score__isnull=False, passed__isnull=False, closed_at__isnull=False) & ~Q(decided="")
                | Q(state__in=["draft", "handed_in", "marking", "disputed"], score=None, passed=None, closed_at=None, decided="")
                | Q(state="void"),
                name="work_closed_with_a_score",
            ),
            models.CheckConstraint(condition=Q(score=None) | Q(score__gte=0, score__lte=100), name="work_score_in_range"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["context", "state"], name="work_of_context"),
            models.Index(fields=["assignment", "state"], name="work_of_assignment"),
            models.Index(fields=["peers_until"], condition=Q(state="marking"), name="work_with_peers"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} · {self.context} · {self.number}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("assignments:work", args=[self.uid])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    @property
    def is_closed(self) -> bool:
        return self.state in self.CLOSED


class Saving(models.Model):
    """The text of a draft as it stood at a save: only added, so that two devices lose nothing; forgotten when it is handed in."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="savings")
    revision = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["work", "revision"], name="saving_once_of_a_revision")]

    def __str__(self) -> str:
        return f"{self.work_id}·{self.revision}"


class Part(models.Model):
    """A file or a photograph of a work. A photograph is recoded: what the camera told is gone.

    `sha256` is of what was sent, before it was recoded, so the same file sent by two is known; `look` is the picture's
    own print (`likeness.look_of`), so the same photograph is known after it was saved anew.
    """

    class Kind(models.TextChoices):
        FILE = "file", pgettext_lazy("part of a work", "file")
        PHOTO = "photo", pgettext_lazy("part of a work", "photograph")

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, db_index=True)
    look = models.CharField(max_length=16, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["work", "position"], name="part_position_once"),
            models.CheckConstraint(condition=~Q(kind="photo") | Q(width__gte=1, height__gte=1), name="photo_has_a_size"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        return self.kind == self.Kind.PHOTO


__all__ = ["Part", "Saving", "Work"]
