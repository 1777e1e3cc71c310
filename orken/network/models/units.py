"""Units with dated names, places and traits, and the tables in which they are sent."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.history import Dated, DatedQuerySet
from orken.kit.i18n.content import Translated
from orken.network.fields import PathField
from orken.people.models import Account


class Unit(models.Model):
    """An institution or a part of one that stands in the tree of the country.

    Its name, parent and traits are dated facts in tables of their own. What holds today is copied
    here for lists and scopes; `services.refresh_current` is the only writer of the copies, and
    `orken audit invariants` proves that they agree.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        REGION = "region", _("region")
        REPUBLICAN = "republican", _("republican library")
        REGIONAL = "regional", _("regional library")
        SYSTEM = "system", _("centralised library system")
        BRANCH = "branch", _("branch library")
        SCHOOL = "school", _("school of the Library")
        COLLEGE = "college", _("college")
        UNIVERSITY = "university", _("university")
        ARCHIVE = "archive", _("archive")
        MUSEUM = "museum", _("museum")
        ASSOCIATION = "association", _("association")
        OTHER = "other", _("other institution")

    class Department(models.TextChoices):
        """Whose network it is: the national digest counts five of them apart."""

        CULTURE = "culture", _("culture")
        EDUCATION = "education", _("school education")
        HIGHER = "higher", _("science and higher education")
        HEALTH = "health", _("health care")
        OTHER = "other", _("other department")

    class Profile(models.TextChoices):
        UNIVERSAL = "universal", _("universal")
        CHILDREN = "children", _("children's")
        YOUTH = "youth", _("youth")
        BLIND = "blind", _("for the blind")
        SCIENCE = "science", _("scientific and technical")

    class Locality(models.TextChoices):
        URBAN = "urban", _("town")
        RURAL = "rural", _("village")

    class Internet(models.TextChoices):
        GOOD = "good", _("good line")
        WEAK = "weak", _("weak line")
        NONE = "none", _("no line")

    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    department = models.CharField(
        _("department"), max_length=20, choices=Department.choices, default=Department.CULTURE
    )
    profile = models.CharField(_("profile"), max_length=20, choices=Profile.choices, default=Profile.UNIVERSAL)
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    revision = models.PositiveIntegerField(default=1, help_text="Grows with every change; guards edits.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # What holds today, copied from the dated facts below.
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = PathField(max_length=255, db_index=True)
    exists = models.BooleanField(default=True, help_text="False before it opens and after it closes.")
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300, blank=True)
    name_en = models.CharField(max_length=300, blank=True)
    short_kk = models.CharField(max_length=120, blank=True)
    short_ru = models.CharField(max_length=120, blank=True)
    short_en = models.CharField(max_length=120, blank=True)
    sort_kk = models.CharField(max_length=600, db_index=True)
    sort_ru = models.CharField(max_length=600, db_index=True)
    locality = models.CharField(_("locality"), max_length=10, choices=Locality.choices, blank=True)
    internet = models.CharField(_("internet"), max_length=10, choices=Internet.choices, blank=True)
    city_kk = models.CharField(max_length=100, blank=True)
    city_ru = models.CharField(max_length=100, blank=True)
    city_en = models.CharField(max_length=100, blank=True)

    name = Translated("name")
    short = Translated("short")
    city = Translated("city")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="country"), name="unit_one_country"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("network:unit", args=[self.code])


class UnitName(Dated):
    """What a unit was called: libraries are renamed, and a paper quotes the name of its day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    name_kk = models.CharField(_("name"), max_length=300)
    name_ru = models.CharField(_("name"), max_length=300, blank=True)
    name_en = models.CharField(_("name"), max_length=300, blank=True)
    short_kk = models.CharField(_("short name"), max_length=120, blank=True)
    short_ru = models.CharField(_("short name"), max_length=120, blank=True)
    short_en = models.CharField(_("short name"), max_length=120, blank=True)

    objects = DatedQuerySet.as_manager()
    name = Translated("name")

    class Meta:
        constraints = [
            *Dated.constraints("unit_name"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(superseded_at=None, valid_to=None), name="unit_name_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.name_kk


class UnitPlace(Dated):
    """Under which unit it stood: oblasts split (2018, 2022), systems merge, branches change hands.

    A unit exists on the days it has a place; only the country itself has an empty parent.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="places")
    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            *Dated.constraints("unit_place"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(superseded_at=None, valid_to=None), name="unit_place_one_open"
            ),
            models.CheckConstraint(condition=~Q(parent=models.F("unit")), name="unit_place_not_its_own_parent"),
        ]
        indexes = [
            models.Index(
                fields=["superseded_at"], condition=Q(superseded_at__isnull=False), name="unit_place_struck_out"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} ← {self.parent_id}"


class UnitTraits(Dated):
    """What changes slowly and is counted: town or village, quality of the line, address."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="traits")
    locality = models.CharField(_("locality"), max_length=10, choices=Unit.Locality.choices, blank=True)
    internet = models.CharField(_("internet"), max_length=10, choices=Unit.Internet.choices, blank=True)
    city_kk = models.CharField(_("town or village"), max_length=100, blank=True)
    city_ru = models.CharField(_("town or village"), max_length=100, blank=True)
    city_en = models.CharField(_("town or village"), max_length=100, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            *Dated.constraints("unit_traits"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(superseded_at=None, valid_to=None), name="unit_traits_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.locality} {self.internet}"


class UnitImport(models.Model):
    """A table of units that somebody sent: judged first, applied whole or not at all, undone as one batch."""

    class State(models.TextChoices):
        JUDGED = "judged", _("looked through, nothing written")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(help_text="Rows of the table by field, with their number in the file.")
    on = models.DateField(help_text="The day from which the changes hold.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.JUDGED)
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list, help_text="Rows that stayed out, with the reason in each language.")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.file_name
