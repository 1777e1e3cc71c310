"""Papers: drafted, registered under a number with everything they say frozen, signed; amended by another, never edited."""

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
from orken.network.models import Unit
from orken.people.models import Account, Person
from orken.records.models.numbers import Number


class Template(models.Model):
    """The words that an issuer puts around what a paper says: of one kind of paper, or (kind empty) its letterhead."""

    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="paper_templates")
    kind = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "kind"], name="paper_template_once")]

    def __str__(self) -> str:
        return f"{self.issuer_id} · {self.kind or 'letterhead'}"


class TemplateVersion(models.Model):
    """One wording of a template. Nothing changes it: another wording is the next version."""

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    words: Any = models.JSONField(default=dict)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="paper_template_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.template} · {self.number}"


class Paper(models.Model):
    """One official paper. What it says is frozen when it gets its number; the printed PDF is kept with it.

    `source` is a label of whom it is about («training.run:NL-2026-03»): no key leads upward.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a paper", "draft")
        REGISTERED = "registered", pgettext_lazy("state of a paper", "registered, to be signed")
        SIGNED = "signed", pgettext_lazy("state of a paper", "in force")
        AMENDED = "amended", pgettext_lazy("state of a paper", "in force, amended")
        CANCELLED = "cancelled", pgettext_lazy("state of a paper", "cancelled")
        SPOILED = "spoiled", pgettext_lazy("state of a paper", "spoiled")

    IN_FORCE = (State.SIGNED, State.AMENDED)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="issued_papers")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="papers", help_text="Whose business it is: within the issuer."
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    source = models.CharField(max_length=120, blank=True, db_index=True)
    address = models.CharField(
        max_length=200, blank=True, help_text="The page of what it is about, without a language."
    )
    subject_kk = models.CharField(_("what it is about"), max_length=500, blank=True)
    subject_ru = models.CharField(_("what it is about"), max_length=500, blank=True)
    subject_en = models.CharField(_("what it is about"), max_length=500, blank=True)
    answers: Any = models.JSONField(default=dict, help_text="What the one who prepares it chose and wrote.")
    number = models.OneToOneField(Number, null=True, blank=True, on_delete=models.PROTECT, related_name="paper")
    code = models.CharField(_("number"), max_length=40, blank=True)
    on = models.DateField(_("date"), null=True, blank=True)
    data: Any = models.JSONField(default=dict, help_text="Everything that the paper says, as it was.")
    sealed = models.CharField(max_length=64, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    letterhead = models.ForeignKey(TemplateVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey(TemplateVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    prepared_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)
    registered_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(null=True, blank=True)
    synthetic = models.BooleanField(default=False, help_text="Made up for the demo country.")

    subject = Translated("subject")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", number=None, on=None, code="", sealed="", registered_at=None)
                | (
                    ~Q(state="draft")
                    & ~Q(code="")
                    & ~Q(sealed="")
                    & Q(number__isnull=False, on__isnull=False, registered_at__isnull=False)
                ),
                name="paper_draft_or_registered",
            ),
            models.CheckConstraint(condition=~Q(state="spoiled") | ~Q(reason=""), name="paper_spoiled_with_a_reason"),
        ]
        indexes = [
            models.Index(fields=["issuer", "state"], name="paper_of_issuer"),
            models.Index(fields=["unit", "prepared_at"], name="paper_of_unit"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"№ {self.code}" if self.code else self.subject

    def get_absolute_url(self) -> str:
        from django.urls import reverse

        return reverse("records:paper", args=[self.pk])


class Change(models.Model):
    """A paper that changes an older one: it takes effect when it is signed. Both point to each other through this row."""

    class Effect(models.TextChoices):
        AMEND = "amend", _("amends")
        CANCEL = "cancel", _("cancels")

    by_paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="changes")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="changed_by")
    effect = models.CharField(max_length=6, choices=Effect.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by_paper", "paper"], name="paper_changed_once_by_a_paper"),
            models.CheckConstraint(condition=~Q(by_paper=F("paper")), name="paper_does_not_change_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.by_paper_id} {self.effect} {self.paper_id}"


class Named(models.Model):
    """A person whom a paper names, with her name as it was on its day."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="named")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="named_in_papers")
    place = models.PositiveIntegerField()
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)

    name = Translated("name")

    class Meta:
        ordering = ["paper", "place"]
        constraints = [models.UniqueConstraint(fields=["paper", "place"], name="paper_names_in_order")]

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """By whom and when a paper was signed, and what proves it: the scan of the signed sheet, or a detached CMS file."""

    class Way(models.TextChoices):
        HAND = "hand", _("by hand, the scan is kept")
        CMS = "cms", _("electronically, the signature file is kept")

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="signature")
    way = models.CharField(max_length=4, choices=Way.choices)
    signatory_kk = models.CharField(_("signatory"), max_length=300)
    signatory_ru = models.CharField(_("signatory"), max_length=300)
    on = models.DateField(_("signed on"))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    proof: Any = models.JSONField(default=dict, help_text="What was found in a signature file.")
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    signatory = Translated("signatory")

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.signatory_kk}"


class Delivery(models.Model):
    """A line of the hand-over journal. Only added; a mistaken one is struck out with its reason."""

    class Way(models.TextChoices):
        HAND = "hand", _("in person, against signature")
        POST = "post", _("by post")
        MAIL = "mail", _("by e-mail")
        COURIER = "courier", _("by courier")

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="deliveries")
    to = models.CharField(_("to whom"), max_length=300)
    way = models.CharField(_("way of delivery"), max_length=8, choices=Way.choices)
    on = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_because = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_because="") | (Q(struck_at__isnull=False) & ~Q(struck_because="")),
                name="delivery_struck_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} → {self.to}"
