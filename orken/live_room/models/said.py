"""What people say in a room: questions, opinions, hands, chat, captions, reactions."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.live_room.models.room import Room
from orken.live_room.models.whose import Whose, of_one
from orken.meetings.models import Slot, Talk
from orken.people.models import Person


class Question(Whose):
    """A question from the room. Anonymous to the room, never to its moderators."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("state of a question", "submitted")
        HELD = "held", pgettext_lazy("state of a question", "held")
        VISIBLE = "visible", pgettext_lazy("state of a question", "visible")
        STAGE = "stage", pgettext_lazy("state of a question", "on stage now")
        LIVE = "live", pgettext_lazy("state of a question", "answered live")
        WRITING = "writing", pgettext_lazy("state of a question", "answered in writing")
        ARCHIVED = "archived", pgettext_lazy("state of a question", "archived")

    SHOWN = (State.VISIBLE, State.STAGE, State.LIVE, State.WRITING)

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField(help_text="Within the room, as it came; never given again.")
    slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    talk = models.ForeignKey(Talk, null=True, blank=True, on_delete=models.PROTECT, related_name="live_questions")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="live_questions")
    text = models.TextField(_("question"), max_length=1000)
    language = models.CharField(max_length=2, default="kk")
    anonymous = models.BooleanField(_("without my name"), default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUBMITTED)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    votes = models.PositiveIntegerField(default=0)
    answer = models.TextField(_("answer"), blank=True)
    answer_language = models.CharField(max_length=2, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="live_answers"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    press = models.UUIDField(default=uuid4, unique=True, help_text="The form that sent it: sent twice it is one.")

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="live_question_says_something"),
            models.CheckConstraint(
                condition=~Q(state="writing") | ~Q(answer=""), name="live_question_answered_in_writing_has_the_answer"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | (Q(state="archived") & ~Q(merged_into=F("id"))),
                name="live_question_merged_is_archived",
            ),
            models.UniqueConstraint(fields=["room"], condition=Q(state="stage"), name="live_question_one_on_stage"),
            models.UniqueConstraint(fields=["room", "number"], name="live_question_number_once_in_a_room"),
            of_one("live_question"),
        ]
        indexes = [models.Index(fields=["room", "state"], name="live_question_of_room")]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.pk}"  # never her words: the trail keeps this name for ever


class QuestionVote(Whose):
    """She wants this question answered: one row a person."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="voters")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="live_votes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "person"], name="live_vote_once_by_each"),
            models.UniqueConstraint(fields=["question", "guest"], name="live_vote_once_by_each_guest"),
            of_one("live_vote"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} · {self.key}"


class Opinion(Whose):
    """«I want my opinion in the minutes»: kept as it was written, by name; hidden only with a reason."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="opinions")
    slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    talk = models.ForeignKey(Talk, null=True, blank=True, on_delete=models.PROTECT, related_name="live_opinions")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="live_opinions")
    text = models.TextField(_("opinion"), max_length=2000)
    language = models.CharField(max_length=2, default="kk")
    at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    press = models.UUIDField(default=uuid4, unique=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="live_opinion_says_something"),
            models.CheckConstraint(
                condition=Q(hidden_at=None) | ~Q(reason=""), name="live_opinion_hidden_with_a_reason"
            ),
            of_one("live_opinion"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.pk}"


class Hand(Whose):
    """A raised hand: its place in the queue is the moment at which it was raised."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("state of a raised hand", "waits")
        FLOOR = "floor", pgettext_lazy("state of a raised hand", "has the floor")
        DONE = "done", pgettext_lazy("state of a raised hand", "has spoken")
        LOWERED = "lowered", pgettext_lazy("state of a raised hand", "lowered")

    LIVE = (State.WAITING, State.FLOOR)

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="hands")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="raised_hands")
    slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    raised_at = models.DateTimeField(default=timezone.now)
    given_at = models.DateTimeField(null=True, blank=True)
    floor_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "person"], condition=Q(state__in=["waiting", "floor"]), name="hand_one_of_each"
            ),
            models.UniqueConstraint(
                fields=["room", "guest"], condition=Q(state__in=["waiting", "floor"]), name="hand_one_of_each_guest"
            ),
            of_one("hand"),
            models.UniqueConstraint(fields=["room"], condition=Q(state="floor"), name="hand_one_has_the_floor"),
            models.CheckConstraint(
                condition=~Q(state="floor") | Q(given_at__isnull=False, floor_until__gt=F("given_at")),
                name="hand_with_the_floor_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.key}"


class ChatLine(Whose):
    """A line of the chat; hidden by a moderator it stays in its place without its words."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="chat")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="chat_lines")
    text = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    press = models.UUIDField(default=uuid4, unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="chat_line_says_something"),
            of_one("chat_line"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.pk}"


class Caption(models.Model):
    """What was heard, typed by a person: shown as it comes, kept as WebVTT and as the transcript."""

    class Language(models.TextChoices):
        KK = "kk", _("Kazakh")
        RU = "ru", _("Russian")

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="captions")
    language = models.CharField(max_length=2, choices=Language.choices)
    speaker = models.CharField(_("who speaks"), max_length=200, blank=True)
    text = models.CharField(_("what is said"), max_length=500)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="typed_captions")
    press = models.UUIDField(default=uuid4, unique=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="caption_says_something"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="caption_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["room", "language", "starts_at"], name="caption_of_room")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.language} · {self.pk}"


class ReactionCount(models.Model):
    """How often a reaction was given in a room; who gave it is kept nowhere."""

    class Kind(models.TextChoices):
        CLAP = "clap", pgettext_lazy("reaction in a live room", "Applause")
        YES = "yes", pgettext_lazy("reaction in a live room", "I agree")
        SLOW = "slow", pgettext_lazy("reaction in a live room", "Slower, please")
        DEAF = "deaf", pgettext_lazy("reaction in a live room", "I cannot hear")

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="reactions")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "kind"], name="reaction_counted_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.kind}"
