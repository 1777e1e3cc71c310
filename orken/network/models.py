"""The network of libraries: units with dated names and parents, posts, appointments, roles."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.history import Dated, DatedQuerySet
from orken.kit.i18n.content import Translated
from orken.network.fields import PathField
from orken.network.roles import Role
from orken.people.models import Account, Person


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


class StaffImport(models.Model):
    """A staff list that somebody sent for a unit: looked through first, applied in parts, undone as one batch."""

    class State(models.TextChoices):
        JUDGED = "judged", _("looked through, nothing written")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="staff_imports")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    on = models.DateField(help_text="The day from which the changes hold.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.JUDGED)
    layout = models.JSONField(default=list, help_text="For each sheet: its headings and the field of each column.")
    defaults = models.JSONField(default=dict, help_text="What a row without its own library or post gets.")
    passed_over = models.JSONField(default=list, help_text="Titles, totals and empty lines, with the reason.")
    counts = models.JSONField(default=dict)
    work_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.file_name


class StaffRow(models.Model):
    """One row of a staff list: what stands in the file, what it means, what becomes of it."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("same")
        DOUBTFUL = "doubtful", _("doubtful")
        REFUSED = "refused", _("refused")

    table = models.ForeignKey(StaffImport, on_delete=models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField(help_text="The row in the file, from 1.")
    cells = models.JSONField(default=list, help_text="As they stand; numbers of persons are sealed.")
    corrections = models.JSONField(default=dict, help_text="What a person wrote over a cell, by field.")
    section = models.CharField(max_length=300, blank=True, help_text="The library named in a line above.")
    values = models.JSONField(default=dict, help_text="What was read out of the cells, by field.")
    name = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    notes = models.JSONField(default=list, help_text="[code, field, parameters]: reasons and warnings.")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    candidates = models.JSONField(default=list, help_text="Ids of the people she may be.")
    decision = models.CharField(max_length=30, blank=True, help_text="same:ID, new or skip, said by a person.")
    done = models.JSONField(default=dict, help_text="What was written, for the way back.")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "sheet", "number"], name="staff_row_once"),
            models.CheckConstraint(
                condition=Q(applied_at=None) | ~Q(state="refused"), name="staff_row_refused_is_not_applied"
            ),
        ]
        indexes = [models.Index(fields=["table", "state"], name="staff_row_by_state")]

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"


class KnownHeading(models.Model):
    """A person said what a heading of this library's lists means; the next list is read so at once."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=30, blank=True, help_text="Empty: the column is passed over.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "heading"], name="known_heading_once")]

    def __str__(self) -> str:
        return f"{self.heading} → {self.field}"


class Post(models.Model):
    """A post of the register of posts: librarian, bibliographer, methodologist …"""

    class Group(models.TextChoices):
        """The role profile that says which competencies the post needs."""

        RURAL = "rural", _("rural librarian")
        READING_ROOM = "reading_room", _("reading-room librarian")
        CATALOGUER = "cataloguer", _("cataloguer")
        BIBLIOGRAPHER = "bibliographer", _("bibliographer")
        METHODOLOGIST = "methodologist", _("methodologist")
        CONSERVATOR = "conservator", _("conservator")
        HEAD = "head", _("head")
        TRAINER = "trainer", _("trainer of a school")
        OTHER = "other", _("other staff")

    code = models.CharField(max_length=40, unique=True)
    group = models.CharField(max_length=20, choices=Group.choices)
    title_kk = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)

    title = Translated("title")

    def __str__(self) -> str:
        return self.title


class Appointment(Dated):
    """A person holds a post in a unit. She may hold several; she is counted once, by her main one."""

    class Employment(models.TextChoices):
        MAIN = "main", _("main post")
        COMBINED = "combined", _("combined post")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    employment = models.CharField(max_length=10, choices=Employment.choices, default=Employment.MAIN)
    rate = models.DecimalField(_("rate"), max_digits=3, decimal_places=2, default=Decimal("1.00"))

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            *Dated.constraints("appointment"),
            models.CheckConstraint(condition=Q(rate__gt=0, rate__lte=Decimal("1.5")), name="appointment_rate_in_range"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(superseded_at=None, valid_to=None, employment="main"),
                name="appointment_one_open_main_post",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "post"],
                condition=Q(superseded_at=None, valid_to=None),
                name="appointment_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.post_id} @ {self.unit_id}"


class RoleAssignment(Dated):
    """A person may act in a role over a unit and everything below it, on these days."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(max_length=40, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="role_assignments")
    basis = models.CharField(_("basis"), max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            *Dated.constraints("role_assignment"),
            models.UniqueConstraint(
                fields=["person", "role", "unit"],
                condition=Q(superseded_at=None, valid_to=None),
                name="role_assignment_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role} @ {self.unit_id}"
