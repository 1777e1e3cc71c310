"""The bank of questions and the exercises that are put together of them: identities that never die, immutable versions."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.competencies.models import Competency
from orken.kit.files.models import StoredFile
from orken.kit.i18n.content import Translated
from orken.kit.text.sorting import sort_key
from orken.network.models import Unit
from orken.people.models import Account
from orken.questions import texts

code_validator = RegexValidator(
    r"^[A-Z0-9][A-Z0-9-]{1,28}[A-Z0-9]$", _("Use capital Latin letters, digits and hyphens, for example NL-BANK.")
)


class Published(Exception):
    """A published version is not changed: a change makes a new draft."""


class Bank(models.Model):
    """A collection of questions that a school or a library owns."""

    code = models.CharField(_("code"), max_length=30, unique=True, validators=[code_validator])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="question_banks")
    school = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title_kk = models.CharField(_("title in Kazakh"), max_length=200)
    title_ru = models.CharField(_("title in Russian"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    title = Translated("title")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title_kk=""), name="bank_is_named_in_kazakh")]

    def __str__(self) -> str:
        return self.title or self.code

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("questions:bank", args=[self.code])


class Category(models.Model):
    """A shelf of a bank: «Library statistics/Form», as other systems call it."""

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="categories")
    name = models.CharField(_("category"), max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["bank", "name"], name="category_once_in_a_bank")]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """What the versions of questions and of exercises share: written as a draft, never changed once published.

    `orken audit invariants` proves by fingerprint what goes past the models.
    """

    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1, help_text="Grows with every change of the draft; guards edits.")
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, blank=True, help_text="Of the text as it was published.")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        guard(type(self), self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        guard(type(self), self.pk)
        return super().delete(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


def guard(model: type[Version], pk: int | None) -> None:
    """Raise Published for a version that stands for ever."""
    if pk is not None and model._base_manager.filter(pk=pk).exclude(published_at=None).exists():
        raise Published(str(pk))


PUBLISHED_WHOLE = Q(published_at=None, fingerprint="") | (Q(published_at__isnull=False) & ~Q(fingerprint=""))


class Question(models.Model):
    """A question of a bank: its kind never changes, its text stands in versions. Tags and outcomes are of the question itself.

    `draft` is the version being written, `published` the one that exercises draw. Neither: it was taken out.
    """

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=60)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions")
    draft = models.ForeignKey("QuestionVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published = models.ForeignKey("QuestionVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["bank", "kind"], name="question_of_bank")]

    def __str__(self) -> str:
        return f"{self.bank_id}·{self.pk}"

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("questions:question", args=[self.uid])

    @property
    def standing(self) -> QuestionVersion | None:
        """What an author sees first: the draft, else what is published."""
        return self.draft or self.published


class QuestionVersion(Version):
    """One edition of a question; `payload` is plain JSON as its kind keeps it, `label_…` its beginning for lists."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    payload = models.JSONField(default=dict)
    label_kk = models.CharField(max_length=300, blank=True)
    label_ru = models.CharField(max_length=300, blank=True)
    label_en = models.CharField(max_length=300, blank=True)
    sort_kk = models.CharField(max_length=600, editable=False, db_index=True)
    sort_ru = models.CharField(max_length=600, editable=False, db_index=True)

    label = Translated("label")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_version_number_once"),
            models.UniqueConstraint(fields=["question"], condition=Q(published_at=None), name="question_one_draft"),
            models.CheckConstraint(condition=PUBLISHED_WHOLE, name="question_published_with_fingerprint"),
            models.CheckConstraint(condition=~Q(based_on=F("id")), name="question_version_not_its_own_base"),
        ]

    def __str__(self) -> str:
        return self.label or str(self.question_id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill()
        super().save(*args, **kwargs)

    def fill(self) -> None:
        """The words of lists follow the payload."""
        text, html = self.payload.get("text", {}), bool(self.payload.get("html"))
        for code in ("kk", "ru", "en"):
            setattr(self, f"label_{code}", texts.label(text, html, code))
        self.sort_kk = sort_key(self.label_kk or self.label_ru or self.label_en)
        self.sort_ru = sort_key(self.label_ru or self.label_kk or self.label_en)


class QuestionTag(models.Model):
    """A word under which exercises draw questions from a bank."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("tag"), max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["question", "name"], name="tag_once_of_a_question")]
        indexes = [models.Index(fields=["name"], name="question_tag_name")]

    def __str__(self) -> str:
        return self.name


class QuestionOutcome(models.Model):
    """The competency that a question asks after."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="outcomes")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "competency"], name="outcome_once_of_a_question")]

    def __str__(self) -> str:
        return f"{self.question_id} · {self.competency_id}"


class Picture(models.Model):
    """A picture of a bank, recoded in our own sizes; texts name it by its id."""

    uid = models.UUIDField(unique=True, default=uuid4, editable=False)
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="pictures")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return str(self.uid)


class Behaviour(models.TextChoices):
    """When an answer is checked."""

    DEFERRED = "deferred", pgettext_lazy("behaviour of an exercise", "all at the end")
    IMMEDIATE = "immediate", pgettext_lazy("behaviour of an exercise", "each question at once, one try")
    RETRY = "retry", pgettext_lazy("behaviour of an exercise", "each question at once, several tries with a penalty")
    MANUAL = "manual", pgettext_lazy("behaviour of an exercise", "every answer is marked by a person")


class Counts(models.TextChoices):
    """Which attempt counts."""

    BEST = "best", pgettext_lazy("which attempt counts", "the best attempt")
    LAST = "last", pgettext_lazy("which attempt counts", "the last attempt")
    FIRST = "first", pgettext_lazy("which attempt counts", "the first attempt")


class Reveal(models.TextChoices):
    """What the learner sees of right answers after an attempt."""

    AT_ONCE = "at_once", pgettext_lazy("when answers are shown", "after each attempt")
    AT_LAST = "at_last", pgettext_lazy("when answers are shown", "when it is passed or no attempt is left")
    NEVER = "never", pgettext_lazy("when answers are shown", "never: only the score")


class Exercise(models.Model):
    """Questions put together under rules: a quick check in a lesson or a final test. Others embed it by its code."""

    code = models.CharField(_("code"), max_length=30, unique=True, validators=[code_validator])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="exercises")
    draft = models.ForeignKey("ExerciseVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published = models.ForeignKey("ExerciseVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("questions:exercise", args=[self.code])

    @property
    def standing(self) -> ExerciseVersion | None:
        return self.draft or self.published


class ExerciseVersion(Version):
    """One edition of an exercise with its slots; an attempt pins it."""

    Behaviour, Counts, Reveal = Behaviour, Counts, Reveal

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="versions")
    title_kk = models.CharField(_("title in Kazakh"), max_length=200, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=200, blank=True)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    intro_kk = models.TextField(_("introduction in Kazakh"), max_length=2000, blank=True)
    intro_ru = models.TextField(_("introduction in Russian"), max_length=2000, blank=True)
    intro_en = models.TextField(_("introduction in English"), max_length=2000, blank=True)
    behaviour = models.CharField(_("when answers are checked"), max_length=10, choices=Behaviour.choices, default=Behaviour.DEFERRED)  # fmt: skip
    tries = models.PositiveSmallIntegerField(_("tries for one question"), default=3)
    penalty = models.PositiveSmallIntegerField(_("penalty for each further try, per cent"), default=25)
    minutes = models.PositiveSmallIntegerField(_("time limit, minutes"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts allowed"), null=True, blank=True)
    pass_mark = models.PositiveSmallIntegerField(_("pass mark, per cent"), default=60)
    shuffle = models.BooleanField(_("questions in an order of their own for each learner"), default=False)
    counts = models.CharField(_("which attempt counts"), max_length=5, choices=Counts.choices, default=Counts.BEST)
    reveal = models.CharField(_("when right answers are shown"), max_length=8, choices=Reveal.choices, default=Reveal.AT_ONCE)  # fmt: skip

    title = Translated("title")
    intro = Translated("intro")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="exercise_version_number_once"),
            models.UniqueConstraint(fields=["exercise"], condition=Q(published_at=None), name="exercise_one_draft"),
            models.CheckConstraint(condition=PUBLISHED_WHOLE, name="exercise_published_with_fingerprint"),
            models.CheckConstraint(condition=Q(published_at=None) | ~Q(title_kk=""), name="exercise_published_named"),
            models.CheckConstraint(condition=Q(pass_mark__lte=100, penalty__lte=100), name="exercise_shares_in_range"),
            models.CheckConstraint(condition=Q(tries__gte=1, tries__lte=10), name="exercise_tries_in_range"),
            models.CheckConstraint(condition=Q(minutes=None) | Q(minutes__gte=1), name="exercise_minutes_in_range"),
            models.CheckConstraint(condition=Q(attempts=None) | Q(attempts__gte=1), name="exercise_attempts_in_range"),
            models.CheckConstraint(condition=~Q(based_on=F("id")), name="exercise_version_not_its_own_base"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.exercise_id)


class Slot(models.Model):
    """One place of an exercise: a question, so many out of a pool, or an exercise of another app's kind.

    `pinned` is the version that stands when the exercise is published. A pool is drawn when somebody begins, from what
    is published then; what was drawn is pinned by the attempt.
    """

    version = models.ForeignKey(ExerciseVersion, on_delete=models.CASCADE, related_name="slots")
    position = models.PositiveSmallIntegerField()
    mark = models.DecimalField(_("marks"), max_digits=6, decimal_places=2, default=1)
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="slots")
    pinned = models.ForeignKey(QuestionVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="slots")
    pool = models.ForeignKey(Bank, null=True, blank=True, on_delete=models.PROTECT, related_name="slots")
    tag = models.CharField(_("tag"), max_length=60, blank=True)
    many = models.PositiveSmallIntegerField(_("how many questions"), default=1)
    kind = models.CharField(max_length=60, blank=True)
    payload = models.JSONField(default=dict)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="slot_position_once"),
            models.CheckConstraint(condition=Q(mark__gt=0, mark__lte=1000), name="slot_mark_in_range"),
            models.CheckConstraint(condition=Q(many__gte=1, many__lte=100), name="slot_many_in_range"),
            models.CheckConstraint(
                condition=Q(question__isnull=False, pool=None, tag="", kind="", many=1)
                | (Q(question=None, pinned=None, pool__isnull=False, kind="") & ~Q(tag=""))
                | (Q(question=None, pinned=None, pool=None, tag="", many=1) & ~Q(kind="")),
                name="slot_is_a_question_or_a_pool_or_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}·{self.position}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        guard(ExerciseVersion, self.version_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        guard(ExerciseVersion, self.version_id)
        return super().delete(*args, **kwargs)


class Publication(models.Model):
    """How the pointer of a question or an exercise moved: the story that the page tells. Only added."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", pgettext_lazy("publication of a question", "published")
        REVERTED = "reverted", pgettext_lazy("publication of a question", "returned to an earlier version")
        WITHDRAWN = "withdrawn", pgettext_lazy("publication of a question", "taken out")

    question = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="publications")
    exercise = models.ForeignKey(Exercise, null=True, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveIntegerField(null=True, help_text="Of the version that stands from then on.")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=False, exercise=None) | Q(question=None, exercise__isnull=False),
                name="question_publication_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(kind="published") | ~Q(reason=""), name="question_publication_backwards_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(kind="withdrawn", number=None) | (~Q(kind="withdrawn") & Q(number__isnull=False)),
                name="question_publication_names_its_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id or self.exercise_id}: {self.kind}"


class Intake(models.Model):
    """A file of questions that waits for a word: what it holds was shown, nothing is written yet."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="intakes")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.bank_id} · {self.file_id}"
