"""Certificates: what was prepared, signed, issued, replaced or revoked; nothing that counts is ever changed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.credentials.models.rules import Kind, Prefix
from orken.kit.files.models import StoredFile
from orken.kit.i18n.content import Translated
from orken.network.models import Unit
from orken.people.models import Account, Person
from orken.records.models import Number

GIVEN = "meetings.given:"  # how a certificate names a talk as one speaker gave it


class Batch(models.Model):
    """Certificates of one source (a run) that are prepared together. Its rows are plain data of whoever asked for them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source = models.CharField(max_length=80, db_index=True, help_text="Whose: «training.run:NL-2026-42».")
    source_address = models.CharField(max_length=200, blank=True)
    title_kk = models.CharField(max_length=300)
    title_ru = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    prefix = models.ForeignKey(Prefix, on_delete=models.PROTECT, related_name="+")
    common: Any = models.JSONField(help_text="What all its papers say alike.")
    rows: Any = models.JSONField(help_text="Of whom: frozen names, minutes, unit.")
    size = models.PositiveIntegerField()
    work = models.UUIDField(null=True, blank=True, help_text="The background work that prepares or issues it.")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    title = Translated("title")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("credentials:batch", args=[self.pk])


class Certificate(models.Model):
    """One certificate. `data` is what its paper says, frozen when the number was taken; `digest` seals it.

    A name or an hour that was wrong makes a new certificate with a new number, both pointing to each other.
    """

    Kind = Kind

    class State(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("state of a certificate", "prepared")
        SIGNED = "signed", pgettext_lazy("state of a certificate", "signed")
        ISSUED = "issued", pgettext_lazy("state of a certificate", "issued")
        REPLACED = "replaced", pgettext_lazy("state of a certificate", "replaced")
        REVOKED = "revoked", pgettext_lazy("state of a certificate", "revoked")
        SPOILED = "spoiled", pgettext_lazy("state of a certificate", "spoiled")

    ON_THE_WAY = (State.PREPARED, State.SIGNED)
    PUBLIC = (State.ISSUED, State.REPLACED, State.REVOKED)

    number = models.CharField(max_length=40, unique=True, help_text="ASCII form; addresses and codes have it.")
    number_kk = models.CharField(max_length=40, unique=True)
    taken = models.OneToOneField(Number, on_delete=models.PROTECT, related_name="+")
    prefix = models.ForeignKey(Prefix, on_delete=models.PROTECT, related_name="certificates")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="certificates")
    source = models.CharField(
        max_length=80, help_text="What it certifies: «training.enrolment:17», «meetings.given:4»."
    )
    kind = models.CharField(_("document"), max_length=12, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PREPARED)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates", help_text="None: a guest who spoke."
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="Where she worked then."
    )
    surname_kk = models.CharField(max_length=100)
    surname_ru = models.CharField(max_length=100)
    sort_kk = models.CharField(max_length=400, db_index=True)
    sort_ru = models.CharField(max_length=400, db_index=True)
    minutes = models.PositiveIntegerField(help_text="Of learning; the paper shows academic hours. Speaking has none.")
    starts_on = models.DateField()
    ends_on = models.DateField()
    dated_on = models.DateField(_("date of the document"))
    data: Any = models.JSONField(help_text="Everything that the paper says.")
    digest = models.CharField(max_length=64)
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    pdf = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["batch", "state"], name="certificate_of_batch"),
            models.Index(fields=["person", "state"], name="certificate_of_person"),
            models.Index(fields=["state", "dated_on"], name="certificate_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(state="issued"), name="certificate_one_issued_of_a_source"
            ),
            models.UniqueConstraint(
                fields=["source"], condition=Q(state__in=["prepared", "signed"]), name="certificate_one_on_its_way"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="certificate_days_in_order"),
            models.CheckConstraint(
                condition=Q(kind="speaking", minutes=0, source__startswith=GIVEN)
                | (
                    ~Q(kind="speaking")
                    & ~Q(source__startswith=GIVEN)
                    & Q(minutes__gt=0, person__isnull=False, unit__isnull=False)
                ),
                name="certificate_of_learning_or_of_a_talk",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["replaced", "revoked", "spoiled"]) | ~Q(reason=""),
                name="certificate_ended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "signed", "spoiled"], issued_at=None)
                | Q(state__in=["issued", "replaced", "revoked"], issued_at__isnull=False),
                name="certificate_issued_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")), name="certificate_not_its_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return self.number_kk

    def get_absolute_url(self) -> str:
        return reverse("credentials:certificate", args=[self.number])

    @property
    def academic_hours(self) -> str:
        """As the paper says: a whole number or one with a comma; nothing of a talk."""
        return str(self.data["hours"])


class Step(models.Model):
    """One step of a certificate's life, chained to the one before it (see `chain`). Only added."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="steps")
    place = models.PositiveSmallIntegerField()
    verb = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    facts: Any = models.JSONField(default=dict)
    before = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["certificate", "place"]
        constraints = [models.UniqueConstraint(fields=["certificate", "place"], name="step_place_once")]

    def __str__(self) -> str:
        return f"{self.place}. {self.verb}"


class Copy(models.Model):
    """A duplicate: the same number and the same words, marked «телнұсқа / дубликат» with its place."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveSmallIntegerField()
    on = models.DateField(default=timezone.localdate)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "number"], name="copy_number_once"),
            models.CheckConstraint(condition=~Q(reason="") & Q(number__gte=1), name="copy_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}/{self.number}"


class HandOver(models.Model):
    """A line of the journal: how a certificate, or a copy of it, came into her hands. A mistake is struck out, not changed."""

    class Way(models.TextChoices):
        HANDS = "hands", _("into her own hands")
        LIBRARY = "library", _("through her library")
        POST = "post", _("by post")
        ELECTRONIC = "electronic", _("as a file")

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="hand_overs")
    copy = models.ForeignKey(Copy, null=True, blank=True, on_delete=models.PROTECT, related_name="hand_overs")
    way = models.CharField(_("way of delivery"), max_length=10, choices=Way.choices)
    on = models.DateField(_("date"))
    signed = models.BooleanField(_("signed for"), default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(superseded_at=None, copy=None), name="hand_over_once"
            ),
            models.UniqueConstraint(
                fields=["copy"], condition=Q(superseded_at=None, copy__isnull=False), name="hand_over_of_a_copy_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.way} {self.on}"
