"""What a person may ask about her own data, and who looked at it (Law № 94-V; domain.md §2.4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.people.models.person import Person


class Look(models.Model):
    """Somebody opened her page, or took her away in a list. Rows are only added; the reader is kept by name, as in the audit trail."""

    class What(models.TextChoices):
        PAGE = "page", _("her page")
        NUMBER = "number", _("her number in full")
        COMPARED = "compared", _("her page beside another")
        LISTED = "listed", _("her row in a list that was taken away as a file")
        NUMBERED = "numbered", _("a list with her number in full, taken away as a file")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="looks")
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=300)
    what = models.CharField(max_length=10, choices=What.choices, default=What.PAGE)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="look_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} ← {self.by_name}"


class DataRequest(models.Model):
    """She asks for something about her data; whoever is responsible decides, with a reason."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correct what is wrong")
        BLOCKING = "blocking", _("stop showing my data")
        ERASURE = "erasure", _("erase my data")

    class State(models.TextChoices):
        SENT = "sent", _("waits for a decision")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("declined")

    TRANSITIONS = {State.SENT: (State.GRANTED, State.DECLINED), State.GRANTED: (), State.DECLINED: ()}

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_requests")
    kind = models.CharField(_("what you ask for"), max_length=12, choices=Kind.choices)
    text = models.TextField(_("in your words"), max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    sent_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=300, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    kept = models.JSONField(default=list, help_text="What had to be kept in spite of an erasure, with the duty.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", decided_at=None)
                | Q(state__in=["granted", "declined"], decided_at__isnull=False),
                name="data_request_decided_when_over",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state="sent"), name="data_request_one_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"
