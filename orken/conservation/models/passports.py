"""Passports of condition: an item of a library and the versions of what was seen on it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.conservation.vocabulary import BY_CODE, DAMAGES, SEVERITIES, VERSION, Damage, Severity
from orken.conservation.vocabulary.climate import DEFAULT
from orken.kit.files.models import StoredFile
from orken.network.models import Unit
from orken.people.models import Person

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class Item(models.Model):
    """A document that a library keeps: what its passports speak of. Its number is given once and never again."""

    class Script(models.TextChoices):
        ARABIC = "arab", _("Arabic script")
        TOTE = "tote", _("töte jazu")
        LATIN = "latn", _("Latin script")
        CYRILLIC = "cyrl", _("Cyrillic script")
        OTHER = "other", _("another script")

    class Kind(models.TextChoices):
        BOOK = "book", _("book")
        MANUSCRIPT = "manuscript", _("manuscript")
        NEWSPAPER = "newspaper", _("newspaper, magazine")
        MAP = "map", _("map, sheet")
        PHOTOGRAPH = "photograph", _("photograph")
        OTHER = "other", pgettext_lazy("kind of document", "other")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=60, unique=True)
    shelfmark = models.CharField(max_length=100)
    inventory = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=300)
    sort_title = models.CharField(max_length=600, blank=True, db_index=True)
    dated = models.CharField(max_length=60, blank=True)
    script = models.CharField(max_length=5, choices=Script.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    owner = models.CharField(max_length=200, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "serial"], name="item_serial_once"),
            models.UniqueConstraint(
                fields=["unit", "inventory"], condition=~Q(inventory=""), name="item_inventory_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"[:300]


class Passport(models.Model):
    """One version of an item's passport. A draft is written; once issued it never changes, the next version follows it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")
        SUPERSEDED = "superseded", _("Superseded")

    class Purpose(models.TextChoices):
        SURVEY = "survey", _("collection survey")
        LOAN = "loan", _("loan or display")
        TREATMENT = "treatment", _("before treatment")
        DIGITISING = "digitising", _("digitising")
        INCIDENT = "incident", _("after an incident")
        EXERCISE = "exercise", _("exercise")

    class Support(models.TextChoices):
        RAG = "rag_paper", _("rag paper")
        WOOD = "wood_pulp_paper", _("wood-pulp paper")
        COATED = "coated_paper", _("coated paper")
        PARCHMENT = "parchment", _("parchment")
        LEATHER = "leather", _("leather")
        PHOTOGRAPH = "photograph", _("photographic paper")

    class Binding(models.TextChoices):
        NONE = "none", _("unbound")
        PAPER = "paper", _("paper cover")
        CLOTH = "cloth", _("cloth over boards")
        LEATHER = "leather", _("leather over boards")
        HALF = "half", _("half leather")
        FLAP = "flap", _("oriental, with a flap")

    class Hazard(models.TextChoices):
        NONE = "none", _("no sign")
        MOULD = "mould", _("mould")
        ARSENIC = "arsenic", _("arsenic or mercury suspected")
        SOOT = "soot", _("soot")

    class Access(models.TextChoices):
        OPEN = "open", _("handed out")
        CARE = "care", _("with care, in the reading room")
        HELP = "help", _("with a specialist only")
        COPY = "copy", _("a copy is handed out")
        CLOSED = "closed", _("not handed out")

    class Iron(models.TextChoices):
        NOT_DONE = "", _("not tested")
        NEGATIVE = "negative", pgettext_lazy("test", "negative")
        POSITIVE = "positive", pgettext_lazy("test", "positive")

    class Enclosure(models.TextChoices):
        NONE = "", pgettext_lazy("enclosure", "none")
        FOLDER = "folder", _("folder")
        ENVELOPE = "envelope", _("four-flap envelope")
        BOX = "box", _("phase box")
        MADE = "made_box", _("box made to measure")

    class Class(models.TextChoices):
        I = "I", _("I good")  # noqa: E741 - the Roman numeral of the class
        II = "II", _("II satisfactory")
        III = "III", _("III poor")
        IV = "IV", _("IV emergency")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="passports")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    vocabulary = models.CharField(max_length=20, default=VERSION)

    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.SURVEY)
    examined_on = models.DateField(default=timezone.localdate)
    examiner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    light = models.CharField(max_length=100, blank=True)
    instruments = models.CharField(max_length=200, blank=True)

    support = models.CharField(max_length=20, choices=Support.choices, blank=True)
    media = models.JSONField(default=list, blank=True)
    height_mm = models.PositiveIntegerField(null=True, blank=True, validators=[MaxValueValidator(5000)])
    width_mm = models.PositiveIntegerField(null=True, blank=True, validators=[MaxValueValidator(5000)])
    leaves = models.PositiveIntegerField(null=True, blank=True, validators=[MaxValueValidator(20000)])
    binding = models.CharField(max_length=10, choices=Binding.choices, blank=True)
    anatomy = models.TextField(blank=True)

    ph = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(13)])  # fmt: skip
    ph_place = models.CharField(max_length=100, blank=True)
    iron = models.CharField(max_length=10, choices=Iron.choices, blank=True, default="")
    solubility = models.TextField(blank=True)
    hazard = models.CharField(max_length=10, choices=Hazard.choices, default=Hazard.NONE)

    object_class = models.CharField(max_length=3, choices=Class.choices, default="I")
    access = models.CharField(max_length=10, choices=Access.choices, default=Access.OPEN)
    decision = models.TextField(blank=True)
    proposal = models.JSONField(default=list, blank=True)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    norm_set = models.CharField(max_length=20, default=DEFAULT)
    enclosure = models.CharField(max_length=10, choices=Enclosure.choices, blank=True, default="")
    place = models.CharField(max_length=200, blank=True)
    previous = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)

    overview = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued = models.JSONField(null=True, blank=True, help_text="What the paper says, as it was on the day.")
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "object_class"], name="passport_by_class")]
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="passport_version_once"),
            models.UniqueConstraint(fields=["item"], condition=Q(state="draft"), name="passport_one_draft"),
            models.UniqueConstraint(fields=["item"], condition=Q(state="issued"), name="passport_one_issued"),
            models.CheckConstraint(
                condition=Q(state="draft", issued_at=None, digest="") | ~Q(state="draft") & Q(issued_at__isnull=False) & ~Q(digest=""),
                name="passport_issued_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="passport_approval_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gte=F("examined_on")), name="passport_next_after_this"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item.number} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("conservation:passport", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class PassportDamage(models.Model):
    """One line of the damage table; its box on the overview is in per cent of the picture."""

    class Side(models.TextChoices):
        RECTO = "r", _("recto")
        VERSO = "v", _("verso")
        COVER = "cover", _("cover")
        SPINE = "spine", _("spine")
        EDGE = "edge", _("edge of the block")
        WHOLE = "whole", _("whole object")

    class Extent(models.TextChoices):
        UNDER_5 = "under_5", "< 5 %"
        TO_25 = "5_25", "5–25 %"
        TO_50 = "25_50", "25–50 %"
        OVER_50 = "over_50", "> 50 %"

    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="damages")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=3, choices=[(one.code, one.code) for one in DAMAGES])
    leaf = models.CharField(max_length=60, blank=True)
    side = models.CharField(max_length=5, choices=Side.choices, default=Side.RECTO)
    zone = models.CharField(max_length=100, blank=True)
    size_mm = models.CharField(max_length=60, blank=True)
    extent = models.CharField(max_length=8, choices=Extent.choices, default="under_5")
    severity = models.PositiveSmallIntegerField(choices=[(n, str(n)) for n in SEVERITIES])
    cause = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=False)
    x = models.FloatField(null=True, blank=True, validators=PERCENT)
    y = models.FloatField(null=True, blank=True, validators=PERCENT)
    w = models.FloatField(null=True, blank=True, validators=PERCENT)
    h = models.FloatField(null=True, blank=True, validators=PERCENT)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["passport", "number"], name="damage_number_once"),
            models.CheckConstraint(condition=Q(severity__range=(1, 4)), name="damage_severity_1_to_4"),
            models.CheckConstraint(
                condition=Q(x=None, y=None, w=None, h=None)
                | Q(x__isnull=False, y__isnull=False, w__isnull=False, h__isnull=False)  # a check of NULL passes
                & Q(x__gte=0, y__gte=0, w__gt=0, h__gt=0, x__lte=100, y__lte=100, w__lte=100, h__lte=100),
                name="damage_box_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.code}:{self.severity}"

    @property
    def damage(self) -> Damage:
        return BY_CODE[self.code]

    @property
    def severity_words(self) -> Severity:
        return SEVERITIES[self.severity]

    @property
    def has_box(self) -> bool:
        return self.x is not None
