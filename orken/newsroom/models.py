"""News in versions with the facts frozen beside each text, their pictures, and the pages of the site."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.files.models import StoredFile
from orken.kit.i18n.content import LANGUAGES, Translated
from orken.network.models import Unit
from orken.people.models import Account

TEXTS = tuple(f"{part}_{code}" for code in LANGUAGES for part in ("title", "lead", "body"))


class News(models.Model):
    """One piece of news: whose it is, of what, where it stands. Its words stand in versions.

    `current` is what the desk works on; `shown` what readers see. They part while a correction is not yet out.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of news", "draft")
        REVIEW = "review", pgettext_lazy("state of news", "in review")
        SCHEDULED = "scheduled", pgettext_lazy("state of news", "scheduled")
        PUBLISHED = "published", pgettext_lazy("state of news", "published")
        ARCHIVED = "archived", pgettext_lazy("state of news", "archived")

    PUBLIC = (State.PUBLISHED,)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="news")
    source = models.CharField(max_length=120, blank=True, help_text="Of whom the facts are: «run:NL-2026-03».")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    current = models.OneToOneField("Version", null=True, on_delete=models.PROTECT, related_name="+")
    shown = models.OneToOneField("Version", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    publish_at = models.DateTimeField(_("when it appears"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True, help_text="Of the last step that wanted one.")
    revision = models.PositiveIntegerField(default=1)
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="news_once_of_its_source"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False, shown__isnull=False),
                name="news_published_with_its_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False), name="news_scheduled_for_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["review", "scheduled"]) | Q(sent_by__isnull=False), name="news_sent_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("sent_by")),
                name="news_approved_by_another_person",
            ),
        ]
        indexes = [models.Index(fields=["state", "-published_at"], name="news_by_state_and_day")]
        verbose_name_plural = "news"

    def __str__(self) -> str:
        version = self.shown or self.current
        return str(version) if version is not None else str(self.pk)

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("newsroom:article", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC


class Version(models.Model):
    """The words of a piece of news in three languages and the facts that they were written from.

    A version that readers have seen is never changed: a correction is the next one, with a note that they read.
    """

    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title_kk = models.CharField(_("headline"), max_length=300, blank=True)
    title_ru = models.CharField(_("headline"), max_length=300, blank=True)
    title_en = models.CharField(_("headline"), max_length=300, blank=True)
    lead_kk = models.TextField(_("first paragraph"), max_length=3000, blank=True)
    lead_ru = models.TextField(_("first paragraph"), max_length=3000, blank=True)
    lead_en = models.TextField(_("first paragraph"), max_length=3000, blank=True)
    body_kk = models.TextField(_("text"), max_length=20_000, blank=True)
    body_ru = models.TextField(_("text"), max_length=20_000, blank=True)
    body_en = models.TextField(_("text"), max_length=20_000, blank=True)
    note_kk = models.CharField(_("what was corrected"), max_length=500, blank=True)
    note_ru = models.CharField(_("what was corrected"), max_length=500, blank=True)
    note_en = models.CharField(_("what was corrected"), max_length=500, blank=True)
    facts: Any = models.JSONField(default=dict, blank=True)
    insisted = models.CharField(_("why the text is right and the facts are not"), max_length=500, blank=True)
    written_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(null=True, blank=True)

    title = Translated("title")
    lead = Translated("lead")
    note = Translated("note")

    class Meta:
        ordering = ["news", "number"]
        constraints = [
            models.UniqueConstraint(fields=["news", "number"], name="news_version_once"),
            models.CheckConstraint(
                condition=Q(shown_at=None) | (~Q(title_kk="") & ~Q(lead_kk="")), name="news_version_shown_in_kazakh"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.news_id}.{self.number}"

    def text(self, language: str) -> str:
        """Title, first paragraph and the others, as the checker reads them."""
        return "\n\n".join(
            part
            for part in (self.part("title", language), self.part("lead", language), self.part("body", language))
            if part
        )

    def part(self, part: str, language: str) -> str:
        return str(getattr(self, f"{part}_{language}"))

    @property
    def languages(self) -> list[str]:
        """In which languages it can be read."""
        return [code for code in LANGUAGES if self.part("title", code)]

    def paragraphs(self, language: str) -> list[str]:
        return [one.strip() for one in self.part("body", language).split("\n") if one.strip()]


class Picture(models.Model):
    """A picture of the news in two sizes, told in words for whoever does not see it."""

    news = models.ForeignKey(News, on_delete=models.CASCADE, related_name="pictures")
    place = models.PositiveSmallIntegerField()
    large = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    small = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt_kk = models.CharField(_("what is seen"), max_length=300)
    alt_ru = models.CharField(_("what is seen"), max_length=300, blank=True)
    alt_en = models.CharField(_("what is seen"), max_length=300, blank=True)
    caption_kk = models.CharField(_("caption"), max_length=300, blank=True)
    caption_ru = models.CharField(_("caption"), max_length=300, blank=True)
    caption_en = models.CharField(_("caption"), max_length=300, blank=True)

    alt = Translated("alt")
    caption = Translated("caption")

    class Meta:
        ordering = ["news", "place"]
        constraints = [
            models.UniqueConstraint(fields=["news", "place"], name="news_picture_place_once"),
            models.CheckConstraint(condition=~Q(alt_kk=""), name="news_picture_told_in_kazakh"),
        ]

    def __str__(self) -> str:
        return self.alt


class SitePage(models.Model):
    """A page of the site that stays: about, contacts, schools. Until somebody writes it the built-in words stand."""

    slug = models.SlugField(max_length=40, unique=True)
    title_kk = models.CharField(_("headline"), max_length=200)
    title_ru = models.CharField(_("headline"), max_length=200)
    title_en = models.CharField(_("headline"), max_length=200)
    body_kk = models.TextField(_("text"), max_length=20_000)
    body_ru = models.TextField(_("text"), max_length=20_000)
    body_en = models.TextField(_("text"), max_length=20_000)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.slug
