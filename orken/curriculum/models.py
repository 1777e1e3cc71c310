"""What is taught: programmes in immutable versions, their modules and outcomes, and the norm of an academic hour."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.competencies.models import Competency
from orken.kit.history import Dated, DatedQuerySet
from orken.kit.i18n.content import Translated
from orken.kit.text.sorting import sort_key
from orken.network.models import Unit
from orken.people.models import Account

FOR_EVER = date(9999, 12, 31)
code_validator = RegexValidator(
    r"^[A-Z0-9][A-Z0-9-]{1,18}[A-Z0-9]$", _("Use capital Latin letters, digits and hyphens, for example VL-01.")
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

    def _version_id(self) -> int:
        raise NotImplementedError

    def _guard(self) -> None:
        if ProgrammeVersion.objects.filter(pk=self._version_id()).exclude(published_at=None).exists():
            raise Published(str(self.pk))


class Programme(models.Model):
    """A programme that a school or a library teaches again and again: it never dies; its text stands in versions.

    `draft` is the version being written, `published` the one by which runs are opened. Neither of
    them: a programme that was taken out of the catalogue. `unit` owns and issues it.
    """

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[code_validator])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="programmes")
    draft = models.ForeignKey("ProgrammeVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published = models.ForeignKey("ProgrammeVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("curriculum:programme", args=[self.code])


class Kind(models.TextChoices):
    """The kinds of training (domain.md §1.5): a programme is written for one, a run is of one."""

    COURSE = "course", _("training course")
    SEMINAR = "seminar", _("seminar")
    WEBINAR = "webinar", _("webinar")
    WORKSHOP = "workshop", _("skills workshop")
    MASTER_CLASS = "master_class", _("master class")
    TRAVELLING = "travelling", _("travelling seminar or master class")
    INTERNSHIP = "internship", _("internship of staff")
    MEETING = "meeting", _("online meeting")
    CONFERENCE = "conference", _("conference")


class Form(models.TextChoices):
    """The forms of learning (domain.md §1.5)."""

    ONSITE = "onsite", _("face-to-face")
    CORRESPONDENCE = "correspondence", _("by correspondence")
    LIVE = "live", _("distance, together at set hours")
    OWN_PACE = "own_pace", _("distance, at one's own pace")
    BLENDED = "blended", _("blended")


class Release(models.TextChoices):
    """Whether she is released from work while she learns."""

    NONE = "none", _("without leaving work")
    PARTIAL = "partial", _("with partial release from work")
    FULL = "full", _("with full release from work")


class Final(models.TextChoices):
    """How the programme ends (final assessment, domain.md §1.4 row 3)."""

    NONE = "none", _("no final assessment")
    CREDIT = "credit", _("pass/fail test")
    TEST = "test", _("test")
    PRACTICAL = "practical", _("practical work")
    PROJECT = "project", _("defence of a project")
    REPORT = "report", _("defence of a report")
    EXAM = "exam", _("examination")


class WorkSample(models.TextChoices):
    """What a graduate shows of her own work some months later (Kirkpatrick's third level, domain.md §1.5)."""

    NONE = "none", pgettext_lazy("work sample", "none is asked")
    PHOTOGRAPH = "photograph", pgettext_lazy("work sample", "a photograph")
    RECORD = "record", pgettext_lazy("work sample", "a bibliographic record")
    DOCUMENT = "document", pgettext_lazy("work sample", "a document")


class ProgrammeVersion(Unchanging):
    """One edition of a programme: written as a draft, never changed once published.

    A run pins the version it was opened with, so this row with its modules and outcomes is what a
    certificate can be traced to for ever. `total_minutes` is the sum of the modules, kept by
    `services`; `stated_hours` is what the approved paper says, and publishing proves that they agree.
    """

    Kind, Form, Release, Final, WorkSample = Kind, Form, Release, Final, WorkSample

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    summary_kk = models.TextField(_("summary in Kazakh"), max_length=1500, blank=True)
    summary_ru = models.TextField(_("summary in Russian"), max_length=1500, blank=True)
    summary_en = models.TextField(_("summary in English"), max_length=1500, blank=True)
    audience_kk = models.CharField(_("for whom, in Kazakh"), max_length=500, blank=True)
    audience_ru = models.CharField(_("for whom, in Russian"), max_length=500, blank=True)
    audience_en = models.CharField(_("for whom, in English"), max_length=500, blank=True)
    entry_kk = models.CharField(_("entry requirement in Kazakh"), max_length=500, blank=True)
    entry_ru = models.CharField(_("entry requirement in Russian"), max_length=500, blank=True)
    entry_en = models.CharField(_("entry requirement in English"), max_length=500, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.COURSE)
    form = models.CharField(_("form of learning"), max_length=20, choices=Form.choices, default=Form.ONSITE)
    release = models.CharField(_("release from work"), max_length=10, choices=Release.choices, default=Release.NONE)
    final = models.CharField(_("final assessment"), max_length=20, choices=Final.choices, default=Final.NONE)
    work_sample = models.CharField(
        _("work sample some months later"), max_length=12, choices=WorkSample.choices, default=WorkSample.NONE
    )
    sample_kk = models.CharField(_("what the graduate shows, in Kazakh"), max_length=500, blank=True)
    sample_ru = models.CharField(_("what the graduate shows, in Russian"), max_length=500, blank=True)
    sample_en = models.CharField(_("what the graduate shows, in English"), max_length=500, blank=True)
    in_kk = models.BooleanField(_("taught in Kazakh"), default=True)
    in_ru = models.BooleanField(_("taught in Russian"), default=False)
    in_en = models.BooleanField(_("taught in English"), default=False)
    days = models.PositiveSmallIntegerField(_("days with lessons"), default=1)
    stated_hours = models.PositiveSmallIntegerField(_("academic hours by the approved paper"), default=0)
    total_minutes = models.PositiveIntegerField(default=0, editable=False, help_text="Sum of the modules.")
    approval_number = models.CharField(_("number of the approval"), max_length=60, blank=True)
    approved_on = models.DateField(_("date of the approval"), null=True, blank=True)
    sort_kk = models.CharField(max_length=600, editable=False, db_index=True)
    sort_ru = models.CharField(max_length=600, editable=False, db_index=True)
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1, help_text="Grows with every change of the draft; guards edits.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, blank=True, help_text="Of the text as it was published.")

    title = Translated("title")
    summary = Translated("summary")
    audience = Translated("audience")
    entry = Translated("entry")
    sample = Translated("sample")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_version_number_once"),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(published_at=None), name="programme_one_draft_version"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, fingerprint="") | (Q(published_at__isnull=False) & ~Q(fingerprint="")),
                name="programme_version_published_with_fingerprint",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | (~Q(title_kk="") & Q(total_minutes__gt=0)),
                name="programme_version_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(approval_number="", approved_on=None)
                | (~Q(approval_number="") & Q(approved_on__isnull=False)),
                name="programme_version_approval_whole",
            ),
            models.CheckConstraint(
                condition=~Q(work_sample="none") | Q(sample_kk="", sample_ru="", sample_en=""),
                name="programme_version_sample_only_when_asked",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(work_sample="none") | ~Q(sample_kk=""),
                name="programme_version_sample_is_said",
            ),
            models.CheckConstraint(
                condition=Q(in_kk=True) | Q(in_ru=True) | Q(in_en=True), name="programme_version_taught_in_a_language"
            ),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=366), name="programme_version_days_in_range"),
            models.CheckConstraint(condition=~Q(based_on=F("id")), name="programme_version_not_its_own_base"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.programme)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_kk = sort_key(self.title_kk or self.title_ru)
        self.sort_ru = sort_key(self.title_ru or self.title_kk)
        super().save(*args, **kwargs)

    def _version_id(self) -> int:
        return self.pk or 0

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def languages(self) -> list[str]:
        """Codes of the languages it is taught in."""
        return [code for code in ("kk", "ru", "en") if getattr(self, f"in_{code}")]


class Module(Unchanging):
    """A part of a version with its minutes by kind of work. `key` is the same module in every version.

    Minutes have two places: half an academic hour of 45 minutes is 22.5, and a sum of halves must be exact.
    """

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="modules")
    key = models.UUIDField(default=uuid4, editable=False)
    position = models.IntegerField()
    title_kk = models.CharField(_("title in Kazakh"), max_length=300)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    content_kk = models.TextField(_("topics in Kazakh"), max_length=2000, blank=True)
    content_ru = models.TextField(_("topics in Russian"), max_length=2000, blank=True)
    content_en = models.TextField(_("topics in English"), max_length=2000, blank=True)
    lecture = models.DecimalField(_("minutes of lecture"), max_digits=8, decimal_places=2, default=Decimal(0))
    practice = models.DecimalField(_("minutes of practice"), max_digits=8, decimal_places=2, default=Decimal(0))
    independent = models.DecimalField(
        _("minutes of independent work"), max_digits=8, decimal_places=2, default=Decimal(0)
    )
    assessment = models.DecimalField(_("minutes of assessment"), max_digits=8, decimal_places=2, default=Decimal(0))

    title = Translated("title")
    content = Translated("content")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="module_position_once"),
            models.UniqueConstraint(fields=["version", "key"], name="module_key_once"),
            models.CheckConstraint(
                condition=Q(lecture__gte=0, practice__gte=0, independent__gte=0, assessment__gte=0),
                name="module_minutes_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def _version_id(self) -> int:
        return self.version_id

    @property
    def minutes(self) -> Decimal:
        return self.lecture + self.practice + self.independent + self.assessment


class Outcome(Unchanging):
    """What she can do afterwards, tied to a competency and the level that it brings her to."""

    version = models.ForeignKey(ProgrammeVersion, on_delete=models.CASCADE, related_name="outcomes")
    position = models.IntegerField()
    text_kk = models.CharField(_("outcome in Kazakh"), max_length=500)
    text_ru = models.CharField(_("outcome in Russian"), max_length=500, blank=True)
    text_en = models.CharField(_("outcome in English"), max_length=500, blank=True)
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="outcomes")
    level = models.PositiveSmallIntegerField(_("level"))

    text = Translated("text")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="outcome_position_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="outcome_level_in_range"),
        ]

    def __str__(self) -> str:
        return self.text

    def _version_id(self) -> int:
        return self.version_id


class Publication(models.Model):
    """A move of the published pointer: never changed, so that every day's catalogue can be told again."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("published")
        REVERTED = "reverted", _("returned to an earlier version")
        WITHDRAWN = "withdrawn", _("taken out of the catalogue")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    version = models.ForeignKey(ProgrammeVersion, null=True, on_delete=models.PROTECT, related_name="publications")
    previous = models.ForeignKey(ProgrammeVersion, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="withdrawn", version=None) | (~Q(kind="withdrawn") & Q(version__isnull=False)),
                name="publication_names_its_version",
            ),
            models.CheckConstraint(
                condition=Q(kind="published") | ~Q(reason=""), name="publication_backwards_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.kind}"


class HourNorm(Dated):
    """How long an academic hour is and how many of them fit into a day and a week, from a day on.

    45 minutes, 8 a day, 36 a week by default (domain.md §1.5); other rulebooks say 40 or 50, so the
    number is a dated row and minutes are what is stored.
    """

    minutes = models.PositiveSmallIntegerField(_("minutes of an academic hour"))
    hours_a_day = models.PositiveSmallIntegerField(_("academic hours a day at most"))
    hours_a_week = models.PositiveSmallIntegerField(_("academic hours a week at most"))
    basis = models.CharField(_("basis"), max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            *Dated.constraints("hour_norm"),
            models.CheckConstraint(condition=Q(minutes__gte=20, minutes__lte=120), name="hour_norm_minutes_in_range"),
            models.CheckConstraint(
                condition=Q(hours_a_day__gte=1, hours_a_day__lte=24), name="hour_norm_hours_a_day_in_range"
            ),
            models.CheckConstraint(condition=Q(hours_a_week__gte=F("hours_a_day")), name="hour_norm_week_holds_a_day"),
            models.UniqueConstraint(
                Coalesce("valid_to", models.Value(FOR_EVER)), condition=Q(superseded_at=None), name="hour_norm_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes}"
