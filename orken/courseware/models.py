"""Courses as they are written: course → modules → lessons → blocks, in immutable versions, and what they show."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.curriculum.models import Programme
from orken.kit.files.models import StoredFile
from orken.kit.i18n.content import Translated
from orken.kit.text.sorting import sort_key
from orken.network.models import Unit
from orken.people.models import Account

code_validator = RegexValidator(
    r"^[A-Z0-9][A-Z0-9-]{1,18}[A-Z0-9]$", _("Use capital Latin letters, digits and hyphens, for example SRDGOB.")
)


class Published(Exception):
    """A published version is not changed: a change makes a new draft."""


class Unchanging(models.Model):
    """A row of a version: refuses to be written or deleted once the version is published.

    `orken audit invariants` proves the same by fingerprint for whatever goes past the models.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._guard()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._guard()
        return super().delete(*args, **kwargs)

    @property
    def pk_text(self) -> str:
        """For names of buttons: a number is never written with thousands there."""
        return str(self.pk)

    def _version(self) -> Q:
        """The version that the row belongs to, as a condition."""
        raise NotImplementedError

    def _guard(self) -> None:
        if CourseVersion.objects.filter(self._version(), state=CourseVersion.State.PUBLISHED).exists():
            raise Published(str(self.pk))


class Course(models.Model):
    """What is learnt by a programme, written once for all its runs: it never dies; its text stands in versions.

    `draft` is the version being written, `published` the one that a run pins when its course opens.
    """

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[code_validator])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="courses")
    programme = models.ForeignKey(Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="courses")
    draft = models.ForeignKey("CourseVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published = models.ForeignKey("CourseVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("courseware:course", args=[self.code])


class CourseVersion(models.Model):
    """One edition of a course. A run pins it, so a learner's lessons never change under her hands.

    `source`: the language in which it is written first; the others are translations of it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a course", "being written")
        REVIEW = "review", pgettext_lazy("state of a course", "waits for a second reader")
        PUBLISHED = "published", pgettext_lazy("state of a course", "published")

    class Source(models.TextChoices):
        KK = "kk", _("Kazakh")
        RU = "ru", _("Russian")
        EN = "en", _("English")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    summary_kk = models.TextField(_("summary in Kazakh"), max_length=1500, blank=True)
    summary_ru = models.TextField(_("summary in Russian"), max_length=1500, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=1500, blank=True)
    source = models.CharField(_("language of the original"), max_length=2, choices=Source.choices, default=Source.KK)
    in_kk = models.BooleanField(_("in Kazakh"), default=True)
    in_ru = models.BooleanField(_("in Russian"), default=False)
    in_en = models.BooleanField(_("in English"), default=False)
    lessons_needed = models.PositiveSmallIntegerField(
        _("lessons to be read, in percent"), default=100, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    exercises_needed = models.BooleanField(_("all exercises are to be passed"), default=True)
    sort_kk = models.CharField(max_length=600, editable=False, db_index=True)
    sort_ru = models.CharField(max_length=600, editable=False, db_index=True)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1, help_text="Grows with every change of the titles and the rule.")
    authors = models.ManyToManyField(Account, blank=True, related_name="+", help_text="Whoever wrote in it.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When a second person was asked to read it.")
    asked_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    remark = models.TextField(_("what is to be mended"), max_length=1500, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, blank=True, help_text="Of the text as it was published.")

    title = Translated("title")
    summary = Translated("summary")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="course_version_number_once"),
            models.UniqueConstraint(
                fields=["course"], condition=~Q(state="published"), name="course_one_unpublished_version"
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False) & ~Q(fingerprint="") & ~Q(title_kk="")
                | ~Q(state="published") & Q(published_at=None, fingerprint=""),
                name="course_version_published_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="review") | Q(asked_at__isnull=False), name="course_version_review_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(in_kk=True) | Q(in_ru=True) | Q(in_en=True), name="course_version_in_a_language"
            ),
            models.CheckConstraint(condition=Q(lessons_needed__lte=100), name="course_version_lessons_in_percent"),
            models.CheckConstraint(condition=~Q(based_on=F("id")), name="course_version_not_its_own_base"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.course)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_kk = sort_key(self.title_kk or self.title_ru)
        self.sort_ru = sort_key(self.title_ru or self.title_kk)
        super().save(*args, **kwargs)

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def languages(self) -> list[str]:
        """Codes of the languages that it is meant to be whole in, the language of the original first."""
        codes = [code for code in ("kk", "ru", "en") if getattr(self, f"in_{code}")]
        return sorted(codes, key=lambda code: code != self.source)


class Module(Unchanging):
    """A part of a course. `week`: which week of the run opens it; 0 and 1 open with the first day."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="modules")
    key = models.UUIDField(default=uuid4, editable=False)
    position = models.PositiveIntegerField()
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    week = models.PositiveSmallIntegerField(_("opens in week"), default=1, validators=[MaxValueValidator(52)])
    revision = models.PositiveIntegerField(default=1)

    title = Translated("title")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="course_module_key_once"),
            models.CheckConstraint(condition=Q(week__lte=52), name="course_module_week_within_a_year"),
        ]

    def __str__(self) -> str:
        return self.title

    def _version(self) -> Q:
        return Q(pk=self.version_id)


class Lesson(Unchanging):
    """What is read at one sitting. `key` is the same lesson in every version: progress and notes hang on it."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="lessons")
    key = models.UUIDField(default=uuid4, editable=False)
    position = models.PositiveIntegerField()
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20, validators=[MinValueValidator(1), MaxValueValidator(600)])  # fmt: skip
    revision = models.PositiveIntegerField(default=1)

    title = Translated("title")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["module", "key"], name="course_lesson_key_once"),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=600), name="course_lesson_minutes_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def _version(self) -> Q:
        return Q(modules=self.module_id)


class Block(Unchanging):
    """One piece of a lesson, of a registered kind (`courseware.blocks`).

    `shared` is what is the same in every language; `said` what it says, by language; `seen` the print of the
    original from which each translation was made, so that a change of the original shows; `former` the words of that
    original, by the language of a translation that has not followed yet, so that it can be shown what changed.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="blocks")
    key = models.UUIDField(default=uuid4, editable=False)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    shared: Any = models.JSONField(default=dict)
    said: Any = models.JSONField(default=dict)
    seen: Any = models.JSONField(default=dict)
    former: Any = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["lesson", "key"], name="course_block_key_once")]

    def __str__(self) -> str:
        return self.kind

    def _version(self) -> Q:
        return Q(modules__lessons=self.lesson_id)


class Publication(models.Model):
    """A move of the pointer: what was published when, by whom, after whose writing, and why it went back."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", pgettext_lazy("of a course", "published")
        REVERTED = "reverted", pgettext_lazy("of a course", "returned to an earlier version")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a course", "taken out")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    version = models.ForeignKey(CourseVersion, null=True, on_delete=models.PROTECT, related_name="publications")
    previous = models.ForeignKey(CourseVersion, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="withdrawn", version=None) | (~Q(kind="withdrawn") & Q(version__isnull=False)),
                name="course_publication_names_its_version",
            ),
            models.CheckConstraint(
                condition=Q(kind="published") | ~Q(reason=""), name="course_publication_backwards_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id}: {self.kind}"


class Asset(models.Model):
    """A picture, a sound, a film or a paper that blocks show. It is never changed: another file is another asset."""

    class Kind(models.TextChoices):
        PICTURE = "picture", pgettext_lazy("kind of a file", "picture")
        SOUND = "sound", pgettext_lazy("kind of a file", "sound")
        FILM = "film", pgettext_lazy("kind of a file", "film")
        PAPER = "paper", pgettext_lazy("kind of a file", "document")

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class AssetFile(models.Model):
    """One file of an asset: a picture has one for each width, everything else exactly one."""

    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, related_name="files")
    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["width", "pk"]
        constraints = [models.UniqueConstraint(fields=["asset", "width"], name="asset_file_width_once")]

    def __str__(self) -> str:
        return str(self.stored_id)
