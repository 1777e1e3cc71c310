"""A request to employ somebody who works outside the scope of whoever asks."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.network.models.staff import Appointment, Post
from orken.network.models.units import Unit
from orken.people.models import Account, Person


class Transfer(models.Model):
    """One side asks to employ a person of another; whoever keeps the staff where she works answers (decision 0044).

    Until it is accepted no post is made, so nothing of hers is opened to those who ask.
    """

    class Kind(models.TextChoices):
        MOVE = "move", _("move: the old main post ends")
        COMBINED = "combined", _("second post: the old one stays")

    class State(models.TextChoices):
        ASKED = "asked", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("not agreed")
        WITHDRAWN = "withdrawn", _("taken back")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="transfers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="transfers")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    rate = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal("1.00"))
    on = models.DateField(help_text="The first day in the new post.")
    until = models.DateField(null=True, blank=True)
    reason = models.TextField(max_length=1000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=1000, blank=True)
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "unit"], condition=Q(state="asked"), name="transfer_one_live"),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None) | (~Q(state="asked") & Q(answered_at__isnull=False)),
                name="transfer_answered_when_over",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", appointment__isnull=False) | (~Q(state="accepted") & Q(appointment=None)),
                name="transfer_accepted_makes_a_post",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("on")), name="transfer_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(rate__gt=0, rate__lte=Decimal("1.5")), name="transfer_rate_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.unit_id}"
