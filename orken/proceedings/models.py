"""What stays of a meeting: recordings with captions and chapters, who watched them, and the proceedings in volumes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.files.models import StoredFile
from orken.kit.i18n.content import Translated
from orken.meetings.models import Talk
from orken.people.models import Account, Person
from orken.training.models import Run, Session

LONGEST = 12 * 3600  # seconds of one recording


class Recording(models.Model):
    """A talk or a whole session as it was recorded: a file of ours, or the address where another service keeps it.

    Nobody outside sees it before everybody who speaks in it has said that she may be recorded and shown.
    """

    class State(models.TextChoices):
        HIDDEN = "hidden", pgettext_lazy("state of a recording", "not shown yet")
        SHOWN = "shown", pgettext_lazy("state of a recording", "shown")
        TAKEN_BACK = "back", pgettext_lazy("state of a recording", "taken back")

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", pgettext_lazy("audience of a recording", "everybody")
        SIGNED_IN = "signed_in", pgettext_lazy("audience of a recording", "whoever is signed in")
        THERE = "there", pgettext_lazy("audience of a recording", "whoever took part")

    class Spoken(models.TextChoices):
        KK = "kk", _("Kazakh")
        RU = "ru", _("Russian")
        EN = "en", _("English")

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="recordings")
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.PROTECT, related_name="recordings")
    talk = models.ForeignKey(Talk, null=True, blank=True, on_delete=models.PROTECT, related_name="recordings")
    title_kk = models.CharField(_("title"), max_length=300)
    title_ru = models.CharField(_("title"), max_length=300, blank=True)
    title_en = models.CharField(_("title"), max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    address = models.URLField(_("address"), max_length=500, blank=True)
    seconds = models.PositiveIntegerField(help_text="How long it is.")
    begins_at = models.DateTimeField(null=True, blank=True, help_text="When the recording of a session was begun.")
    spoken = models.CharField(_("language"), max_length=2, choices=Spoken.choices, default=Spoken.KK)
    audience = models.CharField(
        _("who may watch it"), max_length=9, choices=Audience.choices, default=Audience.EVERYBODY
    )
    chapters: Any = models.JSONField(default=list, help_text="In order: second, title by language, talk.")
    state = models.CharField(max_length=6, choices=State.choices, default=State.HIDDEN)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(null=True, blank=True)

    title = Translated("title")

    class Meta:
        ordering = ["session__starts_at", "talk__slot__starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, address="") | (Q(file=None) & ~Q(address="")),
                name="recording_is_a_file_or_an_address",
            ),
            models.CheckConstraint(condition=Q(seconds__gte=1, seconds__lte=LONGEST), name="recording_has_a_length"),
            models.CheckConstraint(
                condition=Q(session__isnull=False) | Q(talk__isnull=False), name="recording_is_of_a_session_or_a_talk"
            ),
            models.CheckConstraint(
                condition=~Q(state="back") | ~Q(reason=""), name="recording_taken_back_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="shown") | Q(shown_at__isnull=False), name="recording_shown_at_a_moment"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["run", "state"], name="recording_of_run")]

    def __str__(self) -> str:
        return self.title

    @property
    def minutes(self) -> int:
        """Whole minutes, at least one."""
        return max(1, self.seconds // 60)

    @property
    def source(self) -> str:
        """As the ledger of hours names it."""
        return f"proceedings.recording:{self.uid}"


class Captions(models.Model):
    """What is said in a recording, in one language, as WebVTT: shown over the picture and read as a transcript."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(max_length=2, choices=Recording.Spoken.choices)
    text = models.TextField(help_text="WebVTT, cleaned: cues with plain words and the name of the speaker.")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["recording", "language"], name="captions_once_in_a_language"),
            models.CheckConstraint(condition=~Q(text=""), name="captions_say_something"),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id} {self.language}"


class Stretch(models.Model):
    """From one second of a recording to another somebody watched it alone. Only added; the same line once."""

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="stretches")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="watched")
    uid = models.UUIDField(unique=True, help_text="Made in the browser: a line that is sent twice counts once.")
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins"), ends__lte=LONGEST), name="stretch_goes_forward"),
        ]
        indexes = [models.Index(fields=["recording", "person"], name="stretch_of_person")]

    def __str__(self) -> str:
        return f"{self.begins}–{self.ends}"


class Proceedings(models.Model):
    """The proceedings of a run while they are being made: a summary, and what is left out of them."""

    run = models.OneToOneField(Run, primary_key=True, on_delete=models.PROTECT, related_name="proceedings")
    summary_kk = models.TextField(_("what was asked and answered"), blank=True)
    summary_ru = models.TextField(_("what was asked and answered"), blank=True)
    summary_en = models.TextField(_("what was asked and answered"), blank=True)
    left_out: Any = models.JSONField(default=list, help_text="Marks of words that were said and do not go in.")
    said_held: Any = models.JSONField(
        default=dict,
        help_text="Places of the programme of which the organiser says that they were held, or were not, whatever the room saw.",
    )
    revision = models.PositiveIntegerField(default=1)

    summary = Translated("summary")

    def __str__(self) -> str:
        return str(self.run)


class Volume(models.Model):
    """The proceedings as they were published: frozen data and the PDF over it. A correction is the next volume."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="volumes")
    number = models.PositiveIntegerField()
    data: Any = models.JSONField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="volume_number_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(note=""), name="volume_that_corrects_has_a_note"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number}"
