"""The timetable: rooms and sessions."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import Translated
from orken.network.models import Unit
from orken.people.models import Person
from orken.training.models.run import Run


class Room(models.Model):
    """A room of a unit, or its line for meetings; two sessions at once in one room are a clash."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rooms")
    name_kk = models.CharField(_("name"), max_length=100)
    name_ru = models.CharField(_("name"), max_length=100, blank=True)
    name_en = models.CharField(_("name"), max_length=100, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), default=0)

    name = Translated("name")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name_kk"], name="room_once_in_a_unit")]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One sitting. `uid` and `sequence` are those of the invitations: a change updates them, never doubles."""

    class Kind(models.TextChoices):
        LECTURE = "lecture", _("lecture")
        PRACTICE = "practice", _("practice")
        INDEPENDENT = "independent", _("independent work")
        ASSESSMENT = "assessment", _("assessment")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="sessions")
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    title_kk = models.CharField(_("topic"), max_length=300)
    title_ru = models.CharField(_("topic"), max_length=300, blank=True)
    title_en = models.CharField(_("topic"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.LECTURE)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    trainers = models.ManyToManyField(Person, blank=True, related_name="taught_sessions")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    title = Translated("title")

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_begins"),
        ]
        indexes = [
            models.Index(fields=["run", "starts_at"], name="session_of_run"),
            models.Index(fields=["room", "starts_at"], name="session_of_room"),
        ]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def teaching(self) -> list[Person]:
        """Who teaches it; a page that shows many sessions fills it in before (`selectors.sessions_of`)."""
        return list(self.trainers.order_by("sort_kk", "pk"))

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
