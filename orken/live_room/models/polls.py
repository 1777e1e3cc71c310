"""Polls. Of an anonymous one it is known who has answered and what was answered, with no way between them (decision 0045)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.i18n.content import Translated
from orken.live_room.models.room import Room
from orken.live_room.models.whose import Whose, of_one
from orken.people.models import Account, Person


class Poll(models.Model):
    """A question with answers to choose from, prepared or put on the spot."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a poll", "draft")
        OPEN = "open", pgettext_lazy("state of a poll", "open")
        CLOSED = "closed", pgettext_lazy("state of a poll", "closed")
        ARCHIVED = "archived", pgettext_lazy("state of a poll", "archived")

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="polls")
    text_kk = models.CharField(_("question"), max_length=300, blank=True)
    text_ru = models.CharField(_("question"), max_length=300, blank=True)
    text_en = models.CharField(_("question"), max_length=300, blank=True)
    anonymous = models.BooleanField(_("anonymous"), default=True)
    many = models.BooleanField(_("more than one answer"), default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    shown = models.BooleanField(default=False, help_text="Its result stands on the stage.")
    answered = models.PositiveIntegerField(default=0, help_text="How many people have answered.")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    text = Translated("text")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text_kk="", text_ru="", text_en=""), name="poll_asks_something"),
            models.CheckConstraint(
                condition=Q(shown=False) | Q(state="closed"), name="poll_result_is_shown_once_it_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class PollOption(models.Model):
    """An answer of a poll, with how often it was chosen."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    text_kk = models.CharField(max_length=200, blank=True)
    text_ru = models.CharField(max_length=200, blank=True)
    text_en = models.CharField(max_length=200, blank=True)
    count = models.PositiveIntegerField(default=0)

    text = Translated("text")

    class Meta:
        ordering = ["poll", "place"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "place"], name="poll_option_place_once"),
            models.CheckConstraint(condition=~Q(text_kk="", text_ru="", text_en=""), name="poll_option_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class PollTaken(Whose):
    """She has answered: no moment, no way to what."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="taken")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="polls_taken")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "person"], name="poll_taken_once_by_each"),
            models.UniqueConstraint(fields=["poll", "guest"], name="poll_taken_once_by_each_guest"),
            of_one("poll_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} · {self.key}"


class PollChoice(Whose):
    """What she chose, of a poll by name only."""

    option = models.ForeignKey(PollOption, on_delete=models.CASCADE, related_name="choices")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="poll_choices")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "person"], name="poll_choice_once_by_each"),
            models.UniqueConstraint(fields=["option", "guest"], name="poll_choice_once_by_each_guest"),
            of_one("poll_choice"),
        ]

    def __str__(self) -> str:
        return f"{self.option_id} · {self.key}"
