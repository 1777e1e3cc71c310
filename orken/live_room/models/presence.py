"""Who was there, how it is known, and what she says against it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.live_room.models.room import Room
from orken.live_room.models.whose import Whose, of_one
from orken.people.models import Account, Person


class Interval(Whose):
    """From when till when somebody was there by one source. Only added to: what is wrong is put right by another row, by hand, with its reason.

    Intervals of several tabs and devices lie over one another; minutes are counted over their union.
    """

    class Source(models.TextChoices):
        STREAM = "stream", pgettext_lazy("source of presence", "open page with signs of life")
        PAGE = "page", pgettext_lazy("source of presence", "page without script, loaded again and again")
        HAND = "hand", pgettext_lazy("source of presence", "added by hand")

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="intervals")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="live_presence")
    begun_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("till"))
    source = models.CharField(max_length=6, choices=Source.choices)
    tab = models.CharField(max_length=40, blank=True)
    rule = models.PositiveSmallIntegerField(
        default=1, help_text="The version of the rule by which signs of life became an interval."
    )
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["begun_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=F("begun_at")), name="presence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(source="hand") | ~Q(reason=""), name="presence_by_hand_has_its_reason"),
            of_one("presence"),
        ]
        indexes = [models.Index(fields=["room", "person", "begun_at"], name="presence_of_room")]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.key}"


class Prompt(models.Model):
    """«Press to confirm that you are here», put without warning."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="prompts")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("at")), name="prompt_gives_time")]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.at}"


class PromptAnswer(Whose):
    """She pressed."""

    prompt = models.ForeignKey(Prompt, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="prompt_answers")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prompt", "person"], name="prompt_answered_once"),
            models.UniqueConstraint(fields=["prompt", "guest"], name="prompt_answered_once_by_guest"),
            of_one("prompt_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.prompt_id} · {self.key}"


class Appeal(models.Model):
    """«I was there»: what she says of herself, and what the organiser answers."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("state of an appeal", "waits for an answer")
        GRANTED = "granted", pgettext_lazy("state of an appeal", "granted")
        REFUSED = "refused", pgettext_lazy("state of an appeal", "refused")

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="appeals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="presence_appeals")
    begun_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("till"))
    text = models.TextField(_("what happened"), max_length=1000)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="appeal_says_what_happened"),
            models.CheckConstraint(condition=Q(ended_at__gt=F("begun_at")), name="appeal_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(state="asked") | ~Q(answer=""), name="appeal_is_answered_in_words"),
            models.UniqueConstraint(fields=["room", "person"], condition=Q(state="asked"), name="appeal_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.person_id}"


class LineCheck(Whose):
    """What the check page found before the day; of a speaker the organiser sees it too. The newest takes the place of the one before."""

    class Found(models.TextChoices):
        YES = "yes", pgettext_lazy("result of a check", "found")
        NO = "no", pgettext_lazy("result of a check", "not found")
        UNKNOWN = "", pgettext_lazy("result of a check", "not tried")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="checks")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="line_checks")
    kbits = models.PositiveIntegerField(_("speed of the line, kbit/s"), null=True, blank=True)
    camera = models.CharField(_("camera"), max_length=3, choices=Found.choices, blank=True)
    microphone = models.CharField(_("microphone"), max_length=3, choices=Found.choices, blank=True)
    sound = models.CharField(_("sound"), max_length=3, choices=Found.choices, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            of_one("line_check"),
            models.UniqueConstraint(fields=["room", "person"], name="line_checked_once"),
            models.UniqueConstraint(
                fields=["room", "guest"], condition=Q(guest__isnull=False), name="line_checked_once_by_a_guest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.person_id}"
