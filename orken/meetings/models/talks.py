"""Talks and those who give them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.files.models import StoredFile
from orken.kit.i18n.content import ORDER, Translated, current_language
from orken.kit.text.latin import in_latin
from orken.meetings.models.programme import Meeting
from orken.network.models import Unit
from orken.people.models import Account, Person


class Speaker(models.Model):
    """Somebody who stands in the programme: she speaks or moderates. With an account, or kept by the organiser.

    Names, position and institution are copies as of the meeting's day: the programme of 2021 names the
    posts and the libraries of 2021, whatever became of them since.
    """

    class Answer(models.TextChoices):
        ASKED = "asked", pgettext_lazy("answer of a speaker", "not asked or no answer yet")
        COMES = "comes", pgettext_lazy("answer of a speaker", "speaks")
        DECLINES = "declines", pgettext_lazy("answer of a speaker", "cannot")

    class Consent(models.TextChoices):
        UNKNOWN = "", _("not asked yet")
        YES = "yes", pgettext_lazy("consent to a recording", "may be recorded and shown")
        NO = "no", pgettext_lazy("consent to a recording", "is not recorded")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speakers")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="spoke")
    surname_kk = models.CharField(_("surname"), max_length=100, blank=True)
    given_kk = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic_kk = models.CharField(_("patronymic"), max_length=100, blank=True)
    surname_ru = models.CharField(_("surname"), max_length=100, blank=True)
    given_ru = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic_ru = models.CharField(_("patronymic"), max_length=100, blank=True)
    surname_en = models.CharField(_("surname"), max_length=100, blank=True)
    given_en = models.CharField(_("given name"), max_length=100, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Person.Sex.choices, blank=True)
    position_kk = models.CharField(_("position"), max_length=300, blank=True)
    position_ru = models.CharField(_("position"), max_length=300, blank=True)
    position_en = models.CharField(_("position"), max_length=300, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    institution_kk = models.CharField(_("institution"), max_length=300, blank=True)
    institution_ru = models.CharField(_("institution"), max_length=300, blank=True)
    institution_en = models.CharField(_("institution"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    key_number = models.PositiveIntegerField(default=1, help_text="Another number shuts the links given before.")
    consent = models.CharField(_("recording"), max_length=3, choices=Consent.choices, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    consent_by = models.CharField(max_length=300, blank=True, help_text="Who noted it: she herself, or whom she told.")

    position = Translated("position")
    institution = Translated("institution")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="speaker_once_in_a_meeting"
            ),
            models.CheckConstraint(
                condition=~Q(surname_kk="", surname_ru="", surname_en=""), name="speaker_has_a_surname"
            ),
            models.CheckConstraint(
                condition=Q(consent="", consented_at=None) | (~Q(consent="") & Q(consented_at__isnull=False)),
                name="speaker_consent_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name()

    def full_name(self, language: str | None = None) -> str:
        """Surname, given name and patronymic in the reader's language, or the next that is known.

        English puts the given name first and writes Latin letters also where nobody has written them.
        """
        wanted = language or current_language()
        for code in ORDER[wanted]:
            parts = [getattr(self, f"{part}_{code}", "") for part in ("surname", "given", "patronymic")]
            if parts[0] and wanted == "en":
                return in_latin(" ".join(part for part in (parts[1], parts[0]) if part))
            if parts[0]:
                return " ".join(part for part in parts if part)
        return ""

    def short_name(self, language: str | None = None) -> str:
        """Given name and surname, as a person with an account stands in a room."""
        wanted = language or current_language()
        for code in ORDER[wanted]:
            if surname := getattr(self, f"surname_{code}"):
                name = " ".join(part for part in (getattr(self, f"given_{code}"), surname) if part)
                return in_latin(name) if wanted == "en" else name
        return ""

    @property
    def language_shown(self) -> str:
        """The language in which her name really stands; in English it is always written in Latin letters."""
        if current_language() == "en":
            return "en"
        return next((code for code in ORDER[current_language()] if getattr(self, f"surname_{code}")), "kk")


class Talk(models.Model):
    """A talk at a meeting: proposed in answer to a call and looked at by two, or invited."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("state of a talk", "proposed")
        REVIEW = "review", pgettext_lazy("state of a talk", "under review")
        ACCEPTED = "accepted", pgettext_lazy("state of a talk", "accepted")
        DECLINED = "declined", pgettext_lazy("state of a talk", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of a talk", "withdrawn")

    class Spoken(models.TextChoices):
        KK = "kk", _("Kazakh")
        RU = "ru", _("Russian")
        EN = "en", _("English")

    OPEN = (State.PROPOSED, State.REVIEW)

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="talks")
    title_kk = models.CharField(_("title"), max_length=400, blank=True)
    title_ru = models.CharField(_("title"), max_length=400, blank=True)
    title_en = models.CharField(_("title"), max_length=400, blank=True)
    abstract_kk = models.TextField(_("abstract"), blank=True)
    abstract_ru = models.TextField(_("abstract"), blank=True)
    abstract_en = models.TextField(_("abstract"), blank=True)
    spoken = models.CharField(_("language of the talk"), max_length=2, choices=Spoken.choices, default=Spoken.KK)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    invited = models.BooleanField(default=False, help_text="Asked for by the organiser; nobody looks at it first.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    speakers = models.ManyToManyField(Speaker, through="TalkSpeaker", related_name="talks")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    press = models.UUIDField(null=True, unique=True, help_text="The form that sent it: sent twice it is one talk.")
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    title = Translated("title")
    abstract = Translated("abstract")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title_kk="", title_ru="", title_en=""), name="talk_has_a_title"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=600), name="talk_minutes_in_range"),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "withdrawn"]) | ~Q(reason=""), name="talk_ends_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["meeting", "state"], name="talk_of_meeting")]

    def __str__(self) -> str:
        return self.title


class TalkSpeaker(models.Model):
    """Who gives a talk, in the order in which the programme names them."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="given_by")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="gives")
    place = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["talk", "speaker"], name="speaker_once_in_a_talk")]

    def __str__(self) -> str:
        return f"{self.talk_id} · {self.speaker_id}"


class Look(models.Model):
    """What one of those who look at proposals says of a talk; the newest word of each counts."""

    class Verdict(models.TextChoices):
        TAKE = "take", pgettext_lazy("verdict on a talk", "take it")
        UNSURE = "unsure", pgettext_lazy("verdict on a talk", "not sure")
        LEAVE = "leave", pgettext_lazy("verdict on a talk", "leave it out")

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="looks")
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)
    remark = models.TextField(_("remark for the speaker"), blank=True)
    inner = models.TextField(_("remark for the organisers"), blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["talk", "by"], name="look_once_by_each")]

    def __str__(self) -> str:
        return f"{self.talk_id}: {self.verdict}"


class TalkFile(models.Model):
    """Slides or a text that belong to a talk; shown to everybody once the organiser shows it."""

    class Kind(models.TextChoices):
        SLIDES = "slides", _("slides")
        TEXT = "text", pgettext_lazy("file of a talk", "text of the talk")
        MORE = "more", pgettext_lazy("file of a talk", "further material")

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.SLIDES)
    shown = models.BooleanField(default=False)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
