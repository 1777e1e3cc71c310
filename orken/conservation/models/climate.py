"""The climate of stores: rooms, and what their instruments said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.conservation.vocabulary.climate import DEFAULT
from orken.kit.i18n.content import Translated
from orken.network.models import Unit


class Room(models.Model):
    """A store or a hall whose air is watched against the norm set that its institution chose."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name_kk = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    norm_set = models.CharField(max_length=20, default=DEFAULT)
    device = models.CharField(max_length=100, blank=True)
    calibrated_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)

    name = Translated("name")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name_kk"], name="room_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("conservation:room", args=[self.pk])


class Reading(models.Model):
    """Temperature and relative humidity of a room at one moment. Never updated: a correction supersedes it."""

    class Source(models.TextChoices):
        TYPED = "typed", _("typed")
        FILE = "file", _("from a logger's file")

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="readings")
    at = models.DateTimeField()
    temperature = models.DecimalField(max_digits=4, decimal_places=1)
    humidity = models.DecimalField(max_digits=4, decimal_places=1)
    source = models.CharField(max_length=5, choices=Source.choices)
    batch = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["room", "at"], name="reading_of_room"),
            models.Index(fields=["batch"], name="reading_of_batch"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["room", "at"], condition=Q(superseded_at=None), name="reading_one_live"),
            models.CheckConstraint(condition=Q(humidity__range=(0, 100)), name="reading_humidity_in_percent"),
            models.CheckConstraint(condition=Q(temperature__range=(-40, 80)), name="reading_temperature_possible"),
            models.CheckConstraint(
                condition=Q(superseded_at=None) | Q(superseded_at__gte=F("recorded_at")), name="reading_after_its_start"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.temperature} °C {self.humidity} %"
