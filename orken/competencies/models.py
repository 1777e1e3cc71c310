"""The framework of competencies in immutable versions, and what is known of a person's levels."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.history import Dated, DatedQuerySet
from orken.kit.i18n.content import Translated
from orken.network.models import Post
from orken.people.models import Account, Person

LOWEST, HIGHEST = 0, 4
FOR_EVER = date(9999, 12, 31)


class Published(Exception):
    """A published version is not changed: a change makes a new draft."""


class Framework(models.Model):
    """The framework itself: it never dies; its text stands in versions.

    `draft` is the version that the centre is writing, `published` the one that holds. There is one
    framework in the country (domain.md §5), a second would be another profession's.
    """

    code = models.CharField(max_length=20, unique=True)
    draft = models.ForeignKey("FrameworkVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published = models.ForeignKey("FrameworkVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.code


class FrameworkVersion(models.Model):
    """One edition of the framework: written as a draft, never changed once published."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1, help_text="Grows with every change of the draft; guards edits.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, blank=True, help_text="Of the text as it was published.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="framework_version_number_once"),
            models.UniqueConstraint(
                fields=["framework"], condition=Q(published_at=None), name="framework_one_draft_version"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, fingerprint="") | (Q(published_at__isnull=False) & ~Q(fingerprint="")),
                name="framework_version_published_with_fingerprint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework_id} · {self.number}"


class Domain(models.Model):
    """A domain of the framework («C», cataloguing and metadata): the code is for ever, the words are a version's."""

    code = models.CharField(max_length=4, unique=True)

    def __str__(self) -> str:
        return self.code


class Competency(models.Model):
    """A competency («C2», machine formats): the code is for ever, the words are a version's.

    Programmes, evidence and questions refer to this row, so a new edition breaks nothing.
    """

    code = models.CharField(max_length=6, unique=True)
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="competencies")

    def __str__(self) -> str:
        return self.code


class InVersion(models.Model):
    """A piece of text of one version: it goes with its version, and is not written once that is published."""

    version: models.ForeignKey[FrameworkVersion]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.version.published_at is not None:
            raise Published(str(self.version))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.version.published_at is not None:
            raise Published(str(self.version))
        return super().delete(*args, **kwargs)


class DomainText(InVersion):
    """What a domain is called in a version."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="domains")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="texts")
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    name = Translated("name")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "domain"], name="domain_text_once")]

    def __str__(self) -> str:
        return self.name


class CompetencyText(InVersion):
    """What a competency is called in a version, and what it covers."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="competencies")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="texts")
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    covers_kk = models.CharField(_("what it covers, in Kazakh"), max_length=500, blank=True)
    covers_ru = models.CharField(_("what it covers, in Russian"), max_length=500, blank=True)
    covers_en = models.CharField(_("what it covers, in English"), max_length=500, blank=True)

    name = Translated("name")
    covers = Translated("covers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "competency"], name="competency_text_once")]

    def __str__(self) -> str:
        return self.name


class Level(InVersion):
    """A level from 0 to 4 and its anchor: by what one knows it.

    Without a domain it speaks of every competency; with one it says what the level looks like there.
    """

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="levels")
    domain = models.ForeignKey(Domain, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    name_kk = models.CharField(_("name in Kazakh"), max_length=100, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=100, blank=True)
    name_en = models.CharField(_("name in English"), max_length=100, blank=True)
    anchor_kk = models.CharField(_("anchor in Kazakh"), max_length=500)
    anchor_ru = models.CharField(_("anchor in Russian"), max_length=500, blank=True)
    anchor_en = models.CharField(_("anchor in English"), max_length=500, blank=True)

    name = Translated("name")
    anchor = Translated("anchor")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "level"], condition=Q(domain=None), name="level_once"),
            models.UniqueConstraint(fields=["version", "domain", "level"], name="level_of_domain_once"),
            models.CheckConstraint(condition=Q(level__lte=HIGHEST), name="level_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.level}"


class Target(InVersion):
    """The level that a post group needs in a domain; with the code of a unit, what its people need there.

    So a trainer of a school needs 4 in the domain that her school teaches (domain.md §5).
    """

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="targets")
    group = models.CharField(max_length=20, choices=Post.Group.choices)
    unit_code = models.CharField(max_length=40, blank=True, help_text="A code never changes, so no row is needed.")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "group", "unit_code", "domain"], name="target_once"),
            models.CheckConstraint(condition=Q(level__lte=HIGHEST), name="target_level_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.domain_id} {self.level}"


class Evidence(models.Model):
    """What shows that a person has a level: never updated, a mistake is struck out and stays readable.

    It keeps the version of the framework by which the level was judged. `source_label` and
    `source_address` tell where it comes from (a test, a certificate) without a foreign key upward.
    """

    class Kind(models.TextChoices):
        SELF = "self", _("self-assessment")
        HEAD = "head", _("judgement of the head")
        TEST = "test", _("test")
        WORK = "work", _("work sample")
        CERTIFICATE = "certificate", _("certificate")
        MENTOR = "mentor", _("judgement of the mentor")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="competency_evidence")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="evidence")
    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    level = models.PositiveSmallIntegerField()
    shown_on = models.DateField(_("date"))
    verified_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    source_label = models.CharField(max_length=300, blank=True)
    source_address = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, db_index=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    struck_out_because = models.CharField(max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "competency", "-shown_on"], name="evidence_of_person")]
        constraints = [
            models.CheckConstraint(condition=Q(level__lte=HIGHEST), name="evidence_level_in_range"),
            models.CheckConstraint(
                condition=~Q(kind="self") | Q(verified_by=None), name="evidence_of_herself_is_not_verified"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("head", "mentor")) | Q(verified_by__isnull=False),
                name="evidence_of_a_judge_names_the_judge",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("test", "work", "certificate")) | ~Q(source_label=""),
                name="evidence_of_a_thing_names_the_thing",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None, struck_out_because="")
                | (Q(superseded_at__isnull=False) & ~Q(struck_out_because="")),
                name="evidence_struck_out_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.competency_id} {self.level}"

    @property
    def verified(self) -> bool:
        return self.kind != self.Kind.SELF


class EvidencePolicy(Dated):
    """For how many years evidence counts (domain.md §5: it ages out after 5)."""

    years = models.PositiveSmallIntegerField(_("years"))
    basis = models.CharField(_("basis"), max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            *Dated.constraints("evidence_policy"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=50), name="evidence_policy_years_in_range"),
            models.UniqueConstraint(
                Coalesce("valid_to", models.Value(FOR_EVER)),
                condition=Q(superseded_at=None),
                name="evidence_policy_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.years}"
