"""Institutions that take part as a body, and guests from outside."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.i18n.content import Translated, current_language
from orken.kit.text.latin import in_latin
from orken.meetings.models.programme import Meeting
from orken.meetings.models.talks import Speaker
from orken.network.models import Unit
from orken.people.models import Account
from orken.people.services.erasing import ERASED_NAMES


class Institution(models.Model):
    """A library or another body that takes part: how many it sends, whom to call, how many sat in its room.

    Its name and region are copies as of the meeting's day, so that «forty libraries of twelve regions»
    says what it said then. People who applied are counted by their enrolments; a headcount counts those who
    watched together and signed in as nobody: the two are never added up unseen.
    """

    class State(models.TextChoices):
        LISTED = "listed", pgettext_lazy("state of an institution", "listed")
        INVITED = "invited", pgettext_lazy("state of an institution", "invited")
        COMES = "comes", pgettext_lazy("state of an institution", "takes part")
        DECLINES = "declines", pgettext_lazy("state of an institution", "does not take part")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="institutions")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name_kk = models.CharField(_("name"), max_length=300)
    name_ru = models.CharField(_("name"), max_length=300, blank=True)
    name_en = models.CharField(_("name"), max_length=300, blank=True)
    city_kk = models.CharField(_("town or village"), max_length=100, blank=True)
    city_ru = models.CharField(_("town or village"), max_length=100, blank=True)
    city_en = models.CharField(_("town or village"), max_length=100, blank=True)
    region = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    delegation = models.PositiveSmallIntegerField(_("how many people it sends"), null=True, blank=True)
    headcount = models.PositiveSmallIntegerField(_("how many sat in its room"), null=True, blank=True)
    contact = models.CharField(_("contact person"), max_length=200, blank=True)
    reach = models.CharField(_("telephone or e-mail of the contact"), max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.LISTED)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    name = Translated("name")
    city = Translated("city")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "unit"], condition=Q(unit__isnull=False), name="institution_once_in_a_meeting"
            ),
            models.CheckConstraint(
                condition=~Q(state="declines") | ~Q(reason=""), name="institution_declines_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Guest(models.Model):
    """Somebody from outside the network who comes by a link of her own, without an account.

    `speaker`: a speaker without an account, as she stands in live rooms; she comes by her speaker's link and is on no list of guests.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(_("surname and given name"), max_length=200)
    institution = models.CharField(_("institution"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    comes = models.BooleanField(null=True, blank=True)
    speaker = models.OneToOneField(Speaker, null=True, blank=True, on_delete=models.SET_NULL, related_name="as_guest")
    key_number = models.PositiveIntegerField(default=1, help_text="Another number shuts the link given before.")
    minutes = models.PositiveSmallIntegerField(_("minutes in live rooms"), null=True, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="guest_has_a_name"),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(gone_at__isnull=False, institution="", email=""),
                name="guest_erased_keeps_nothing_of_her",
            ),
        ]

    def __str__(self) -> str:
        return self.called()

    def called(self, language: str | None = None) -> str:
        """Her name as it was typed, in Latin letters for readers of English; of one who was erased, words that say so."""
        wanted = language or current_language()
        if self.erased_at is not None:
            return ERASED_NAMES[f"surname_{wanted}"]
        return in_latin(self.name) if wanted == "en" else self.name
