"""Posts, appointments, roles."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orken.kit.history import Dated, DatedQuerySet
from orken.kit.i18n.content import Translated
from orken.network.models.units import Unit
from orken.network.roles import Role
from orken.people.models import Person


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
        indexes = [
            models.Index(
                fields=["superseded_at"], condition=Q(superseded_at__isnull=False), name="appointment_struck_out"
            )
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
