"""Whose a row of a room is: a person of the house, or a guest from outside (decision 0105)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from orken.meetings.models import Guest


class Whose(models.Model):
    """Said or done by somebody in the room; each row has a `person` of its own beside the guest."""

    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        """Her word on streams and in forms."""
        return f"g{self.guest_id}" if self.guest_id else str(getattr(self, "person_id", ""))


def of_one(name: str) -> models.CheckConstraint:
    """Exactly one of person and guest."""
    one = Q(person__isnull=False, guest=None) | Q(person=None, guest__isnull=False)
    return models.CheckConstraint(condition=one, name=f"{name}_is_of_a_person_or_a_guest")
