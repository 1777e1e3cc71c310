"""What was said of a work: reviews with their levels, remarks pinned to a place, questions about works that are alike."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from orken.assignments.models.definition import FrozenRubric
from orken.assignments.models.work import Part, Work
from orken.people.models import Account, Person


class Review(models.Model):
    """One person looks at one work. Given, it is never changed: who thinks again gives another, and both stay.

    `begun_until` is the lease: so long nobody else takes the same place. `levels` are the chosen levels by the key of the
    criterion, `rubric` the frozen words by which they were chosen.
    """

    class Role(models.TextChoices):
        TRAINER = "trainer", pgettext_lazy("role of a review", "trainer")
        FIRST = "first", pgettext_lazy("role of a review", "first marker")
        SECOND = "second", pgettext_lazy("role of a review", "second marker")
        THIRD = "third", pgettext_lazy("role of a review", "third marker")
        PEER = "peer", pgettext_lazy("role of a review", "learner")

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("state of a review", "asked for")
        BEGUN = "begun", pgettext_lazy("state of a review", "begun")
        GIVEN = "given", pgettext_lazy("state of a review", "given")
        LAPSED = "lapsed", pgettext_lazy("state of a review", "not given in time")

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=7, choices=Role.choices)
    state = models.CharField(max_length=6, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    begun_until = models.DateTimeField(null=True, blank=True)
    rubric = models.ForeignKey(FrozenRubric, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews")
    levels = models.JSONField(default=dict)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    words = models.TextField(max_length=5000, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why another mark stands over an earlier one.")  # fmt: skip
    given_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="given", score__isnull=False, given_at__isnull=False, rubric__isnull=False)
                | Q(state__in=["asked", "begun", "lapsed"], score=None, given_at=None, rubric=None),
                name="review_given_with_its_rubric",
            ),
            models.CheckConstraint(condition=Q(score=None) | Q(score__gte=0, score__lte=100), name="review_score_in_range"),
            models.CheckConstraint(condition=~Q(state="begun") | Q(begun_until__isnull=False), name="review_begun_has_a_lease"),
            models.UniqueConstraint(fields=["work", "reviewer"], condition=Q(state__in=["asked", "begun"]), name="review_one_open_of_a_person"),
            models.UniqueConstraint(fields=["work", "role"], condition=Q(state="given", role__in=["first", "second", "third"]), name="review_one_in_a_role"),
            models.UniqueConstraint(fields=["work", "reviewer"], condition=Q(role="peer"), name="review_one_of_a_peer"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["reviewer", "state"], name="review_of_person")]

    def __str__(self) -> str:
        return f"{self.work_id} · {self.role} · {self.reviewer_id}"


class Remark(models.Model):
    """A word about a place: of the text (its first and last letter, quoted so that it survives), of a photograph (a point,
    per mille of its width and height, and how far it reaches), of a file (a page); or about the whole.
    """

    class Kind(models.TextChoices):
        WHOLE = "whole", pgettext_lazy("place of a remark", "the whole work")
        TEXT = "text", pgettext_lazy("place of a remark", "words of the text")
        PHOTO = "photo", pgettext_lazy("place of a remark", "a place of a photograph")
        FILE = "file", pgettext_lazy("place of a remark", "a file")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="remarks")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    part = models.ForeignKey(Part, null=True, blank=True, on_delete=models.PROTECT, related_name="remarks")
    begins = models.PositiveIntegerField(null=True, blank=True)
    ends = models.PositiveIntegerField(null=True, blank=True)
    quote = models.CharField(max_length=500, blank=True)
    x = models.PositiveSmallIntegerField(null=True, blank=True)
    y = models.PositiveSmallIntegerField(null=True, blank=True)
    wide = models.PositiveSmallIntegerField(default=0)
    high = models.PositiveSmallIntegerField(default=0)
    page = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(max_length=2000)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="remark_number_once"),
            models.CheckConstraint(condition=~Q(words=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(kind="whole", part=None, begins=None, ends=None, x=None, y=None, page=None)
                | Q(kind="text", part=None, begins__isnull=False, ends__gt=F("begins"), x=None, y=None, page=None) & ~Q(quote="")
                | Q(kind="photo", part__isnull=False, x__isnull=False, y__isnull=False, begins=None, ends=None, page=None)
                | Q(kind="file", part__isnull=False, begins=None, ends=None, x=None, y=None),
                name="remark_has_its_place",
            ),
            models.CheckConstraint(
                condition=Q(x=None, y=None) | Q(x__lte=1000, y__lte=1000, wide__lte=1000, high__lte=1000), name="remark_stands_on_the_photo"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.review_id}·{self.number}"


class Flag(models.Model):
    """Two works that are alike: a question to the trainer, never a verdict. `one` is the earlier of the two."""

    class Kind(models.TextChoices):
        FILE = "file", pgettext_lazy("why works are alike", "the same file")
        TEXT = "text", pgettext_lazy("why works are alike", "much of the text is the same")
        PHOTO = "photo", pgettext_lazy("why works are alike", "the same photograph")

    one = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="flags_before")
    other = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="flags_after")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    share = models.PositiveSmallIntegerField(help_text="How much is alike, per cent.")
    colleagues = models.BooleanField(default=False, help_text="Both worked in one unit when it was found.")
    found_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other", "kind"], name="flag_once_of_two_works"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="flag_of_two_works_in_order"),
            models.CheckConstraint(condition=Q(share__lte=100), name="flag_share_in_range"),
            models.CheckConstraint(condition=Q(settled_at=None, reason="") | Q(settled_at__isnull=False) & ~Q(reason=""), name="flag_settled_with_a_reason"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.one_id}·{self.other_id}·{self.kind}"
