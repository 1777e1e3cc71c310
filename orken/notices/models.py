"""Letters to people: their texts, what was told to whom, by which way it went, and what each of us wants."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.kit.i18n.content import Translated
from orken.people.models import Person


class LetterText(models.Model):
    """A text that the centre wrote in place of the one in code. Versions are only added; the last one holds."""

    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=2, choices=[("kk", "kk"), ("ru", "ru"), ("en", "en")])
    version = models.PositiveIntegerField()
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), max_length=5000, blank=True)
    as_in_code = models.BooleanField(default=False, help_text="From this version on the text of the code holds again.")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "version"], name="letter_text_version_once"),
            models.CheckConstraint(
                condition=Q(as_in_code=True, subject="", body="") | (~Q(subject="") & ~Q(body="")),
                name="letter_text_is_written",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.version}"


class Notice(models.Model):
    """Something that was told to a person, as it was worded on that day in each language.

    Written with the change that it tells of; the same key is never told twice. It points to what it
    is about without a foreign key, as the trail does.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    subject_kk = models.CharField(max_length=300)
    subject_ru = models.CharField(max_length=300)
    subject_en = models.CharField(max_length=300)
    body_kk = models.TextField()
    body_ru = models.TextField()
    body_en = models.TextField()
    language = models.CharField(max_length=2, help_text="Hers, in which a letter goes out.")
    versions = models.JSONField(default=dict, help_text="Version of the text by language; 0 is the text in code.")
    page = models.CharField(max_length=300, blank=True, help_text="Where it leads, without a language.")
    calendar = models.TextField(blank=True, help_text="What her calendar takes in with the letter.")
    about_kind = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=300, blank=True)
    scope_path = models.CharField(max_length=255, blank=True, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    subject = Translated("subject")
    body = Translated("body")

    class Meta:
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notice_of_person"),
            models.Index(fields=["by_id", "-created_at"], name="notice_by_sender"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """One way by which a notice went, or why it did not."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("mail")
        PAPER = "paper", _("paper")
        MESSENGER = "messenger", _("messenger")

    class State(models.TextChoices):
        HELD = "held", _("waits for its hour")
        POSTED = "posted", _("in the outbox")
        DONE = "done", _("handed over")
        UNWANTED = "unwanted", _("not wanted by mail")
        NO_ADDRESS = "no_address", _("no address")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=12, choices=State.choices)
    digest = models.BooleanField(default=False, help_text="Goes with the others of the day, in one letter.")
    due_at = models.DateTimeField(null=True, blank=True)
    letter_key = models.CharField(max_length=200, blank=True, db_index=True, help_text="Its letter in the outbox.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_by_each_way"),
            models.CheckConstraint(
                condition=Q(state="held", due_at__isnull=False) | ~Q(state="held"), name="delivery_held_until"
            ),
            models.CheckConstraint(
                condition=~Q(state="posted") | ~Q(letter_key=""), name="delivery_posted_has_its_letter"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="held"), name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"


class Preference(models.Model):
    """How she wants letters of one kind by mail; the page shows them all."""

    class Mail(models.TextChoices):
        NOW = "now", _("at once")
        DIGEST = "digest", _("once a day, all in one letter")
        OFF = "off", _("only on the page")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=60)
    mail = models.CharField(max_length=6, choices=Mail.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.mail}"


class Hours(models.Model):
    """When letters may come: not in the quiet hours, and the letter of the day at its hour. Time of Kazakhstan."""

    QUIET_FROM, QUIET_TO, DIGEST_AT = time(21), time(8), time(8)

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="notice_hours")
    quiet_from = models.TimeField(default=QUIET_FROM)
    quiet_to = models.TimeField(default=QUIET_TO)
    digest_at = models.TimeField(default=DIGEST_AT)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.quiet_from}–{self.quiet_to}"
