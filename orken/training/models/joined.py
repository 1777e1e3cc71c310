"""Whoever walked in turned out to be somebody known."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from orken.people.models import Account, Person
from orken.training.models.application import Enrolment
from orken.training.models.attendance import WalkIn


class WalkInJoin(models.Model):
    """A walk-in is this person. Never changed, only ended: a mistake is taken back and both stay to be read.

    With an enrolment her minutes stand on it and `moved` tells which marks went over, [[walk-in's, enrolment's], …];
    without one they stay on the walk-in and count for no result.
    """

    walk_in = models.ForeignKey(WalkIn, on_delete=models.PROTECT, related_name="joins")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="walked_in")
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="walk_in_joins"
    )
    gave_seat = models.BooleanField(default=False, help_text="The seat was given by this joining.")
    added_seat = models.BooleanField(default=False, help_text="The run got one seat more for her.")
    moved = models.JSONField(default=list)
    by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["walk_in"], condition=Q(ended_at=None), name="walk_in_joined_once"),
            models.CheckConstraint(
                condition=Q(gave_seat=False) | Q(enrolment__isnull=False), name="walk_in_seat_is_an_enrolment"
            ),
            models.CheckConstraint(
                condition=Q(added_seat=False) | Q(gave_seat=True), name="walk_in_added_seat_is_given"
            ),
        ]

    def __str__(self) -> str:
        return f"w{self.walk_in_id} = {self.person_id}"
