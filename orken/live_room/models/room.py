"""The room of a session, and whoever came into it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.live_room.models.whose import Whose, of_one
from orken.meetings.models import Slot
from orken.people.models import Account, Person
from orken.training.models import Session


class Room(models.Model):
    """The live room of one session of any run. It is planned until somebody opens it, and stays readable when it is over."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("state of a live room", "not open yet")
        GREEN = "green", pgettext_lazy("state of a live room", "green room: speakers and moderators")
        OPEN = "open", pgettext_lazy("state of a live room", "open")
        OVER = "over", pgettext_lazy("state of a live room", "over")

    session = models.OneToOneField(Session, primary_key=True, on_delete=models.PROTECT, related_name="live_room")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    provider = models.CharField(_("picture and sound"), max_length=20, default="peer")
    address = models.URLField(_("address of the meeting elsewhere"), max_length=500, blank=True)
    lobby = models.BooleanField(_("everybody waits to be let in"), default=False)
    holds_questions = models.BooleanField(_("a moderator looks at questions first"), default=True)
    chat_open = models.BooleanField(_("the chat is open"), default=True)
    slow_seconds = models.PositiveSmallIntegerField(_("seconds between two lines of one person"), default=10)
    slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    deck = models.ForeignKey("live_room.Deck", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    slide = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    planned_end = models.DateTimeField(
        null=True,
        blank=True,
        help_text="The end by the timetable of a session that was ended before it; it holds again when the room is opened again.",
    )
    fed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When its minutes went to the attendance sheet; presence noted later goes there again.",
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(provider="external-link") | Q(address__startswith="https://"),
                name="room_elsewhere_has_a_safe_address",
            ),
            models.CheckConstraint(condition=Q(slow_seconds__lte=600), name="room_slow_mode_in_range"),
            models.CheckConstraint(
                condition=~Q(state="over") | Q(ended_at__isnull=False), name="room_that_is_over_has_its_end"
            ),
        ]

    def __str__(self) -> str:
        return str(self.session)


class Participant(Whose):
    """Somebody who came to the door of a room: as whom, and whether she was let in."""

    class Role(models.TextChoices):
        AUDIENCE = "audience", pgettext_lazy("role in a live room", "listener")
        SPEAKER = "speaker", pgettext_lazy("role in a live room", "speaker")
        MODERATOR = "moderator", pgettext_lazy("role in a live room", "moderator")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state in a live room", "waits to be let in")
        INSIDE = "inside", pgettext_lazy("state in a live room", "inside")
        REMOVED = "removed", pgettext_lazy("state in a live room", "removed")

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="live_rooms")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.AUDIENCE)
    state = models.CharField(max_length=8, choices=State.choices, default=State.INSIDE)
    writes_captions = models.BooleanField(_("types the captions"), default=False)
    silenced_until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    came_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["room", "person"], name="participant_once_in_a_room"),
            models.UniqueConstraint(fields=["room", "guest"], name="participant_guest_once_in_a_room"),
            of_one("participant"),
            models.CheckConstraint(
                condition=~Q(state="removed") | ~Q(reason=""), name="participant_removed_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.key}"
