"""Sittings of an exercise: the attempt, its questions, and the log of steps of which everything else is a sum."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.attempts.algebra import ItemState
from orken.people.models import Account, Person
from orken.questions.models import Exercise, ExerciseVersion, QuestionVersion


class Attempt(models.Model):
    """One sitting of one person: its own number and its own uid, so that two are never added up.

    `context` is where she sits («study.lesson:12», «training.run:NL-2026-42»); the part before the colon is the owner's
    (owners.py). `look_at` is when the clock has to look at it next. Score, passed and marked follow from the steps.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of an attempt", "goes on")
        WAITING = "waiting", pgettext_lazy("state of an attempt", "waits to be marked")
        DONE = "done", pgettext_lazy("state of an attempt", "done")
        VOID = "void", pgettext_lazy("state of an attempt", "does not count")

    class End(models.TextChoices):
        NONE = "", "—"
        LEARNER = "learner", pgettext_lazy("end of an attempt", "handed in")
        TIME = "time", pgettext_lazy("end of an attempt", "the time was up")
        JOINED = "joined", pgettext_lazy("end of an attempt", "two records of one person were joined")

    COUNTING = (State.WAITING, State.DONE)

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attempts")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="attempts")
    version = models.ForeignKey(ExerciseVersion, on_delete=models.PROTECT, related_name="sittings")
    context = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    ended = models.CharField(max_length=10, choices=End.choices, default=End.NONE, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    deadline_at = models.DateTimeField(null=True, blank=True)
    look_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    score = models.DecimalField(_("score, per cent"), max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(null=True)
    unmarked = models.PositiveSmallIntegerField(default=0, help_text="Answers that wait for a person.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "exercise", "context", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["person", "exercise", "context"], condition=Q(state="open"), name="attempt_one_open_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, ended="")
                | Q(state__in=["waiting", "done", "void"], closed_at__isnull=False) & ~Q(ended=""),
                name="attempt_closed_with_its_end",
            ),
            models.CheckConstraint(condition=Q(state="open") | Q(look_at=None), name="attempt_looked_at_while_open"),
            models.CheckConstraint(
                condition=Q(state="done", score__isnull=False, passed__isnull=False, unmarked=0)
                | Q(state="waiting", passed=None, unmarked__gte=1)
                | Q(state__in=["open", "void"]),
                name="attempt_done_with_a_score",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=100), name="attempt_score_in_range"
            ),
            models.CheckConstraint(
                condition=Q(deadline_at=None) | Q(deadline_at__gt=F("opened_at")), name="attempt_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "look_at"], name="attempt_to_be_closed"),
            models.Index(fields=["exercise", "state"], name="attempt_of_exercise"),
            models.Index(fields=["context", "state"], name="attempt_of_context"),
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id} · {self.context} · {self.number}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("attempts:attempt", args=[self.uid])

    @property
    def kind(self) -> str:
        return self.context.partition(":")[0]

    @property
    def key(self) -> str:
        return self.context.partition(":")[2]


class AttemptItem(models.Model):
    """A question of a sitting. It pins the version that was drawn; the rest is the sum of its steps."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    question = models.ForeignKey(QuestionVersion, null=True, on_delete=models.PROTECT, related_name="sittings")
    kind = models.CharField(max_length=60)
    payload = models.JSONField(null=True, help_text="Of an exercise of another app's kind; a question has its version.")
    seed = models.PositiveIntegerField()
    mark = models.DecimalField(max_digits=6, decimal_places=2)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.TODO)
    answer = models.JSONField(null=True)
    head = models.PositiveIntegerField(default=0, help_text="The step whose answer stands.")
    last = models.PositiveIntegerField(default=0, help_text="The last step of all.")
    share = models.FloatField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    by_hand = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    branches = models.JSONField(default=list, help_text="Steps that are kept beside the answer.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="attempt_item_position_once"),
            models.CheckConstraint(condition=Q(share=None) | Q(share__gte=0, share__lte=1), name="attempt_item_share"),
            models.CheckConstraint(
                condition=Q(question__isnull=False, payload=None) | Q(question=None, payload__isnull=False),
                name="attempt_item_asks_something",
            ),
        ]
        indexes = [
            models.Index(fields=["question", "state"], name="attempt_item_of_question"),
            models.Index(fields=["attempt"], condition=Q(state="waiting"), name="attempt_item_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}·{self.position}"

    @property
    def asked(self) -> dict[str, Any]:
        """The payload: of the pinned version, or its own."""
        found: dict[str, Any] = self.question.payload if self.question is not None else self.payload or {}
        return found


class Step(models.Model):
    """One line of the log: only ever added. `client_op_id` is made where it was written, so sent twice it is one.

    `base_seq` is the step that whoever wrote it saw standing; where another stands it is a `branch`, kept and shown.
    """

    class Kind(models.TextChoices):
        SAVE = "save", pgettext_lazy("step of an attempt", "saved")
        SUBMIT = "submit", pgettext_lazy("step of an attempt", "checked")
        GRADE = "grade", pgettext_lazy("step of an attempt", "marked")
        COMMENT = "comment", pgettext_lazy("step of an attempt", "commented on")
        REGRADE = "regrade", pgettext_lazy("step of an attempt", "marked anew")

    item = models.ForeignKey(AttemptItem, on_delete=models.PROTECT, related_name="steps")
    seq = models.PositiveIntegerField()
    client_op_id = models.UUIDField(unique=True, default=uuid4)
    base_seq = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    branch = models.BooleanField(default=False)
    payload = models.JSONField(default=dict)
    client_time = models.DateTimeField(help_text="By the clock of the device put right; else that of the server.")
    server_time = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["item", "seq"], name="step_seq_once_of_an_item"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="step_seq_from_one"),
            models.CheckConstraint(condition=Q(client_time__lte=F("server_time")), name="step_written_before_received"),
            models.CheckConstraint(condition=Q(base_seq__lt=F("seq")), name="step_over_an_earlier_one"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}·{self.seq}"

    @property
    def share(self) -> float | None:
        """What the answer was worth by this step, 0 to 1; None where the step says nothing of it."""
        told = self.payload.get("share")
        return None if told is None or self.payload.get("waits") else float(told)


class Allowance(models.Model):
    """More time or more attempts for one person at one place, with the reason."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="allowances")
    context = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField(_("minutes more"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts more"), default=0)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="allowance_with_a_reason"),
            models.CheckConstraint(condition=Q(minutes__gte=1) | Q(attempts__gte=1), name="allowance_allows_something"),
        ]
        indexes = [models.Index(fields=["person", "exercise", "context"], name="allowance_of_person")]

    def __str__(self) -> str:
        return f"{self.exercise_id} · {self.context}"
