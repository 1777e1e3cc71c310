"""A one-time code on a slip or in a letter: the way in for the first time, and back in when the password is forgotten."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orken.people.models.account import Account


class Invitation(models.Model):
    """One code for one account: used once, or withdrawn by the next one, or expired.

    The code itself is nowhere in the database: only what a key of the server makes of it. Whoever
    reads the table cannot sign in with it.
    """

    class Purpose(models.TextChoices):
        FIRST = "first", _("first sign-in")
        RENEWAL = "renewal", _("new password")

    class Way(models.TextChoices):
        MAIL = "mail", _("by mail")
        SLIP = "slip", _("printed slip")
        MESSENGER = "messenger", _("by messenger")

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="invitations")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    way = models.CharField(max_length=10, choices=Way.choices)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    clears_second_steps = models.BooleanField(
        default=False, help_text="Her telephone or key is lost: using the code removes the second steps of sign-in."
    )
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(used_at=None, withdrawn_at=None), name="invitation_one_open"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_lasts"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None), name="invitation_used_or_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.purpose}"

    @property
    def open(self) -> bool:
        return self.used_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()
