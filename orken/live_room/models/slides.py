"""Slides as pictures, and how the stage went from one to the next."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from orken.kit.files.models import StoredFile
from orken.live_room.models.room import Room
from orken.meetings.models import Slot, Talk
from orken.people.models import Account


class Deck(models.Model):
    """The pages of a talk's file as pictures of two sizes: the platform pushes them, no video carries them."""

    class State(models.TextChoices):
        PREPARING = "preparing", "preparing"
        READY = "ready", "ready"
        FAILED = "failed", "failed"

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="decks")
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="decks")
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    pages = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["room", "source"], name="deck_once_of_a_file")]

    def __str__(self) -> str:
        return self.source.name


class Slide(models.Model):
    """One page: a large picture, a small one that a line of 56 kbit/s brings in two seconds, and its words for whoever cannot see it."""

    deck = models.ForeignKey(Deck, on_delete=models.CASCADE, related_name="slides")
    number = models.PositiveSmallIntegerField()
    large = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    small = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["deck", "number"]
        constraints = [
            models.UniqueConstraint(fields=["deck", "number"], name="slide_once_in_a_deck"),
            models.CheckConstraint(condition=Q(number__gte=1), name="slide_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.deck_id}/{self.number}"


class Step(models.Model):
    """The stage as it went: at which moment which place of the programme and which slide stood there. Only added to."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    deck = models.ForeignKey(Deck, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    slide = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.at}"
