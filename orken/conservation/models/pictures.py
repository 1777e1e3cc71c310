"""Specimens: pictures to examine, what the experts saw on them, and the small pictures of the cards."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.files.models import StoredFile
from orken.kit.i18n.content import Translated
from orken.network.models import Unit


class Light(models.TextChoices):
    """How the picture was lit. The order is that of the buttons."""

    NORMAL = "normal", _("Normal light")
    RAKING = "raking", _("Raking light")
    UV = "uv", _("Ultraviolet")
    TRANSMITTED = "transmitted", _("Transmitted light")


class Specimen(models.Model):
    """One leaf to examine under one or more lights, with what is asked about it.

    Drawn ones come from the generator and carry its reference at once; photographs wait for three experts. `recipe`
    and `manifest` never leave the server: whoever has the seed can draw the answer.
    """

    class Origin(models.TextChoices):
        DRAWN = "drawn", _("drawn by our generator")
        COMPOSED = "composed", _("damage drawn on a scan")
        PHOTOGRAPH = "photograph", _("photograph")

    class State(models.TextChoices):
        PREPARING = "preparing", _("being prepared")
        FAILED = "failed", _("could not be prepared")
        MARKING = "marking", _("with the experts")
        AGREED = "agreed", _("agreed")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Basis(models.TextChoices):
        OWN = "own", _("photographed by us from our own stock")
        PERMISSION = "permission", _("with the written permission of the owner")
        PUBLIC = "public", _("public domain")

    class Use(models.TextChoices):
        LESSONS = "lessons", _("lessons of this system only")
        OPEN = "open", _("lessons, print and open publication")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PREPARING)
    why = models.TextField(blank=True, help_text="Why it could not be prepared, or was withdrawn.")
    title_kk = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    script = models.CharField(max_length=4, blank=True, help_text="arab, latn or cyrl.")
    groups = models.JSONField(default=list, blank=True, help_text="Groups of damage that are asked; empty for all.")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    mm_per_px = models.FloatField(default=0.1, validators=[MinValueValidator(0.001), MaxValueValidator(10)])
    recipe = models.JSONField(default=dict, blank=True)
    manifest = models.JSONField(default=list, blank=True)
    rights_holder = models.CharField(max_length=200, blank=True)
    rights_basis = models.CharField(max_length=12, choices=Basis.choices, blank=True)
    rights_paper = models.CharField(max_length=200, blank=True, help_text="Number and date of the permission.")
    rights_use = models.CharField(max_length=12, choices=Use.choices, blank=True)
    original = models.CharField(max_length=200, blank=True, help_text="Shelfmark or inventory number of the object.")
    by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    title = Translated("title")

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["state", "number"], name="specimen_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["preparing", "failed"]) | Q(width__gt=0, height__gt=0),
                name="specimen_ready_has_a_size",
            ),
            models.CheckConstraint(
                condition=~Q(origin="photograph") | ~Q(rights_basis="") & ~Q(rights_holder=""),
                name="specimen_photograph_has_rights",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="specimen_published_has_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}. {self.title}"

    @property
    def source(self) -> str:
        """The canvas in annotations."""
        return f"urn:uuid:{self.pk}"

    @property
    def ready(self) -> bool:
        return self.state not in (self.State.PREPARING, self.State.FAILED)

    @property
    def path(self) -> str:
        return str(self.unit.path)


TRANSITIONS: dict[str, tuple[tuple[str, ...], str]] = {
    # verb: (the states it starts from, the state it leads to); who may is told by policy, the conditions by the services
    "fail": ((Specimen.State.PREPARING,), Specimen.State.FAILED),
    "retry": ((Specimen.State.FAILED,), Specimen.State.PREPARING),
    "hand_to_experts": ((Specimen.State.PREPARING,), Specimen.State.MARKING),
    "agree": ((Specimen.State.MARKING, Specimen.State.AGREED), Specimen.State.AGREED),
    "publish": ((Specimen.State.PREPARING, Specimen.State.AGREED, Specimen.State.WITHDRAWN), Specimen.State.PUBLISHED),
    "withdraw": ((Specimen.State.PUBLISHED,), Specimen.State.WITHDRAWN),
}


class SpecimenLight(models.Model):
    """The picture of a specimen under one light: a pyramid of tiles in one file, and a small picture for lists."""

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="lights")
    light = models.CharField(max_length=12, choices=Light.choices)
    pyramid = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    preview = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["specimen", "light"], name="specimen_light_once")]

    def __str__(self) -> str:
        return f"{self.specimen_id} {self.light}"


class Reference(models.Model):
    """What is there, for the grader. A new one supersedes the old; a mark names the one it was graded by.

    `regions` and `dont_care` are a document of contracts.md (W3C annotations): never sent before an answer.
    """

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="references")
    document = models.JSONField()
    by_experts = models.PositiveSmallIntegerField(default=0, help_text="How many experts; 0 for the generator.")
    agreement = models.FloatField(null=True, help_text="Median score of each expert against the others.")
    kappa = models.FloatField(null=True)
    vocabulary = models.CharField(max_length=20)
    grader = models.CharField(max_length=20)
    recorded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["specimen"], condition=Q(superseded_at=None), name="specimen_one_live_reference"
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")),
                name="reference_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.specimen_id} {self.recorded_at:%Y-%m-%d}"


class ExpertMarking(models.Model):
    """What one expert drew on one specimen; handed in, it does not change."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        HANDED_IN = "handed_in", _("handed in")

    specimen = models.ForeignKey(Specimen, on_delete=models.CASCADE, related_name="markings")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    vocabulary = models.CharField(max_length=20)
    updated_at = models.DateTimeField(default=timezone.now)
    handed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["specimen", "expert"], name="expert_marks_once"),
            models.CheckConstraint(
                condition=Q(state="draft", handed_in_at=None) | Q(state="handed_in", handed_in_at__isnull=False),
                name="marking_handed_in_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.specimen_id} {self.expert_id}"

    @property
    def annotations(self) -> list[Any]:
        found: list[Any] = self.document.get("annotations", [])
        return found


class CardPicture(models.Model):
    """A detail that shows one damage at one severity: for the cards of the vocabulary and the anchors of severity."""

    code = models.CharField(max_length=4)
    severity = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])
    picture = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    generator = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "severity"], name="card_picture_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.severity}"
