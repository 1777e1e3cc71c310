"""Questionnaires in versions, surveys, invitations and sheets. A sheet leads to nobody."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.i18n.content import Translated
from orken.network.models import Unit
from orken.people.models import Account, Person
from orken.surveys import questions

LEAST = 5  # sheets under which no result is shown: fewer tell who said what


class Questionnaire(models.Model):
    """What is asked. Its words stand in versions; a survey pins one."""

    class Purpose(models.TextChoices):
        """By the levels of Kirkpatrick where they apply (domain.md §1.5)."""

        REACTION = "reaction", _("reaction on the last day")
        FOLLOW_UP = "follow_up", _("follow-up of a graduate")
        HEAD = "head", _("follow-up of her head")
        NEEDS = "needs", _("needs of learning")
        OTHER = "other", pgettext_lazy("purpose of a questionnaire", "other")

    code = models.CharField(_("code"), max_length=40, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="questionnaires")
    purpose = models.CharField(_("what it is for"), max_length=12, choices=Purpose.choices)
    draft = models.OneToOneField("Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published = models.OneToOneField("Version", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        version = self.published or self.draft
        return version.title if version is not None and version.title else self.code

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("surveys:questionnaire", args=[self.code])


class Version(models.Model):
    """The words and questions of a questionnaire; nothing changes them once published."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title_kk = models.CharField(_("title"), max_length=200, blank=True)
    title_ru = models.CharField(_("title"), max_length=200, blank=True)
    title_en = models.CharField(_("title"), max_length=200, blank=True)
    intro_kk = models.TextField(_("what it is about"), max_length=1000, blank=True)
    intro_ru = models.TextField(_("what it is about"), max_length=1000, blank=True)
    intro_en = models.TextField(_("what it is about"), max_length=1000, blank=True)
    document = models.JSONField(default=list)
    keys_given = models.JSONField(
        default=list, help_text="Every key that a question ever had, so that none comes twice."
    )
    revision = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, blank=True)

    title = Translated("title")
    intro = Translated("intro")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once"),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~Q(fingerprint=""), name="questionnaire_version_published_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.questionnaire_id} · {self.number}"

    @property
    def questions(self) -> list[questions.Question]:
        return questions.read(self.document)


class Survey(models.Model):
    """One asking of a version. `about` is a label and `address` a way to what it is about: no key upward."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="surveys")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="surveys")
    about_kk = models.CharField(_("what about"), max_length=300)
    about_ru = models.CharField(_("what about"), max_length=300, blank=True)
    about_en = models.CharField(_("what about"), max_length=300, blank=True)
    address = models.CharField(max_length=200, blank=True)
    source = models.CharField(
        max_length=120, blank=True, help_text="Of whom opened it: «training.run:NL-2026-03:reaction»."
    )
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    about = Translated("about")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="survey_closes_after_it_opens"),
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="survey_once_for_its_source"),
        ]
        indexes = [models.Index(fields=["unit", "opens_on"], name="survey_by_unit_and_day")]

    def __str__(self) -> str:
        return self.about

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("surveys:survey", args=[self.pk])

    @property
    def begun(self) -> bool:
        return timezone.localdate() >= self.opens_on

    @property
    def over(self) -> bool:
        """Closed by hand or by its last day: from now on it has results and takes no sheet."""
        return self.closed_at is not None or timezone.localdate() > self.closes_on

    @property
    def takes_sheets(self) -> bool:
        return self.begun and not self.over


class Invitation(models.Model):
    """What opens the sheet: her own page, or a code. It knows how often it was used and never when."""

    class Way(models.TextChoices):
        PAGE = "page", _("on her own page")
        SLIP = "slip", _("on a slip")
        KIOSK = "kiosk", _("at a device by the door")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    way = models.CharField(max_length=8, choices=Way.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="survey_invitations"
    )
    key = models.CharField(max_length=64, blank=True, db_index=True, help_text="The code as the server's key keeps it.")
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "person"], condition=Q(person__isnull=False), name="survey_invitation_once_a_person"
            ),
            models.UniqueConstraint(fields=["survey"], condition=Q(way="kiosk"), name="survey_one_kiosk"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="survey_code_once"),
            models.CheckConstraint(condition=Q(way="kiosk") | Q(used__lte=1), name="survey_code_used_once"),
            models.CheckConstraint(
                condition=Q(way="page", person__isnull=False, key="") | (~Q(way="page") & ~Q(key="")),
                name="survey_opened_by_person_or_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} · {self.survey_id}"


class Sheet(models.Model):
    """The answers of one person to one survey, and nothing else: no time, no language, no number in a row."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="sheets")
    answers: Any = models.JSONField()

    def __str__(self) -> str:
        return f"{self.survey_id}"
