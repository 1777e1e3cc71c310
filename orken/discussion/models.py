"""Threads that hang on anything, what people write in them, and who wants to hear of it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.i18n.content import Translated
from orken.people.models import Account, Person


class Thread(models.Model):
    """A talk of people about something that another app owns: no key upward, the owner says who may read and write.

    `source` names it («meetings.talk:12»); its part before the colon is the kind under which the owner registered.
    """

    source = models.CharField(max_length=120, unique=True)
    title_kk = models.CharField(_("title"), max_length=400, blank=True)
    title_ru = models.CharField(_("title"), max_length=400, blank=True)
    title_en = models.CharField(_("title"), max_length=400, blank=True)
    address = models.CharField(max_length=200, help_text="The page on which it is read, without a language.")
    scope_path = models.CharField(max_length=255, blank=True, db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    title = Translated("title")

    def __str__(self) -> str:
        return self.title or self.source

    @property
    def kind(self) -> str:
        return self.source.partition(":")[0]

    @property
    def key(self) -> str:
        return self.source.partition(":")[2]


class Post(models.Model):
    """What somebody wrote. Shown or hidden with a reason; taken back by whoever wrote it; never wiped, so that answers keep their sense."""

    class State(models.TextChoices):
        SHOWN = "shown", pgettext_lazy("state of a post", "shown")
        HIDDEN = "hidden", pgettext_lazy("state of a post", "hidden by a moderator")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a post", "taken back")

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="posts")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=12, blank=True, help_text="As whom she wrote: a word of the owner.")
    text = models.TextField(_("text"))
    language = models.CharField(max_length=2, default="kk")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    press = models.UUIDField(default=uuid4, unique=True, help_text="The form that sent it: sent twice it is one.")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="post_says_something"),
            models.CheckConstraint(condition=~Q(state="hidden") | ~Q(reason=""), name="post_hidden_with_a_reason"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("id")), name="post_is_no_answer_to_itself"
            ),
        ]
        indexes = [models.Index(fields=["thread", "created_at"], name="post_of_thread")]

    def __str__(self) -> str:
        return f"{self.thread} · {self.pk}"  # never her words: the trail keeps this name for ever


class Subscription(models.Model):
    """She wants to hear of every new post of a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="subscriptions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="discussions")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="subscription_once_to_a_thread")]

    def __str__(self) -> str:
        return f"{self.thread_id} · {self.person_id}"


class Report(models.Model):
    """A reader says that a post should be looked at by a moderator."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    settled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "by"], name="report_once_by_each")]

    def __str__(self) -> str:
        return self.reason
