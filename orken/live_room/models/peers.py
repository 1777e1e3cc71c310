"""Open pages that take part in the picture, browser to browser."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from orken.live_room.models.room import Room
from orken.live_room.models.whose import Whose, of_one
from orken.people.models import Person


class Peer(Whose):
    """A page that sends its camera or sees those of others. Short-lived: it says every half a minute that it is still there."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="peers")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="peers")
    tab = models.CharField(max_length=40)
    sends = models.BooleanField(default=False)
    muted = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["room", "tab"], name="peer_once_a_tab"), of_one("peer")]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.key}"
