"""The programme of a meeting: its occasion and call, sections, places of talks in the sessions, released versions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.i18n.content import Translated
from orken.network.models import Unit
from orken.people.models import Account
from orken.training.models import Run, Session


class Meeting(models.Model):
    """What a run has beside its applications, timetable and attendance when people speak at it. One for a run, or none."""

    KINDS = (Run.Kind.MEETING, Run.Kind.CONFERENCE, Run.Kind.WEBINAR)

    run = models.OneToOneField(Run, primary_key=True, on_delete=models.PROTECT, related_name="meeting")
    occasion_kk = models.CharField(_("occasion"), max_length=300, blank=True, help_text="In the dative.")
    occasion_ru = models.CharField(_("occasion"), max_length=300, blank=True, help_text="In the dative.")
    occasion_en = models.CharField(_("occasion"), max_length=300, blank=True, help_text="A noun phrase.")
    occasion_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    occasion_years = models.PositiveSmallIntegerField(_("which anniversary"), null=True, blank=True)
    call_until = models.DateField(_("talks are taken until"), null=True, blank=True)
    call_kk = models.TextField(_("what the call asks for"), blank=True)
    call_ru = models.TextField(_("what the call asks for"), blank=True)
    call_en = models.TextField(_("what the call asks for"), blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    occasion = Translated("occasion")
    call = Translated("call")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion_unit=None, occasion_years=None)
                | Q(occasion_unit__isnull=False, occasion_years__gte=1),
                name="meeting_anniversary_has_unit_and_years",
            ),
            models.CheckConstraint(
                condition=Q(call_until=None) | ~Q(call_kk=""), name="meeting_call_says_what_it_asks"
            ),
        ]

    def __str__(self) -> str:
        return str(self.run)

    def call_is_open(self, today: date) -> bool:
        """Talks are proposed until the last day of the call, and never once the meeting has begun."""
        states = (Run.State.TENTATIVE, Run.State.CONFIRMED)
        return self.call_until is not None and self.call_until >= today and self.run.state in states


class Section(models.Model):
    """A part of the programme with its own moderators: a plenary, a round table."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sections")
    title_kk = models.CharField(_("title"), max_length=200)
    title_ru = models.CharField(_("title"), max_length=200, blank=True)
    title_en = models.CharField(_("title"), max_length=200, blank=True)
    moderators = models.ManyToManyField("meetings.Speaker", blank=True, related_name="moderated")

    title = Translated("title")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "title_kk"], name="section_once_in_a_meeting")]

    def __str__(self) -> str:
        return self.title


class Sitting(models.Model):
    """To which section a session of the timetable belongs."""

    session = models.OneToOneField(Session, primary_key=True, on_delete=models.CASCADE, related_name="sitting")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="sittings")

    def __str__(self) -> str:
        return f"{self.session_id} · {self.section}"


class Slot(models.Model):
    """A place in a session: a talk, or what the programme says by itself (opening, exchange of opinions, break)."""

    class Kind(models.TextChoices):
        TALK = "talk", pgettext_lazy("place in a programme", "talk")
        OPENING = "opening", _("opening")
        DISCUSSION = "discussion", _("exchange of opinions")
        CLOSING = "closing", _("closing")
        BREAK = "break", pgettext_lazy("place in a programme", "break")
        OTHER = "other", pgettext_lazy("place in a programme", "other")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="slots")
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind.choices, default=Kind.TALK)
    talk = models.OneToOneField("meetings.Talk", null=True, blank=True, on_delete=models.PROTECT, related_name="slot")
    title_kk = models.CharField(_("title"), max_length=300, blank=True)
    title_ru = models.CharField(_("title"), max_length=300, blank=True)
    title_en = models.CharField(_("title"), max_length=300, blank=True)

    title = Translated("title")

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=600), name="slot_minutes_in_range"),
            models.CheckConstraint(
                condition=Q(kind="talk", talk__isnull=False) | (~Q(kind="talk") & Q(talk=None)),
                name="slot_of_a_talk_names_it",
            ),
        ]

    def __str__(self) -> str:
        return str(self.talk) if self.talk_id else (self.title or str(self.get_kind_display()))

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Release(models.Model):
    """A version of the programme as everybody reads it. Frozen: names, positions and times are those of its moment."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    slots: Any = models.JSONField(help_text="The places of the programme as they were released, in order.")
    changes: Any = models.JSONField(default=list, help_text="What differs from the version before.")
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="release_number_once_in_a_meeting")]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"
