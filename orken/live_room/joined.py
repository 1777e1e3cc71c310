"""What becomes of places in rooms, votes and presence when two persons are joined, and what must be kept of one who is erased."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.live_room.models import (
    Appeal,
    Hand,
    Interval,
    LineCheck,
    Participant,
    PollChoice,
    PollTaken,
    PromptAnswer,
    QuestionVote,
)
from orken.people.models import Person
from orken.people.services import merging, rights
from orken.people.services.merging import Collision, Writing


def register() -> None:
    for name, field in (
        ("Question", "person"),
        ("Question", "answered_by"),
        ("Opinion", "person"),
        ("ChatLine", "person"),
        ("Caption", "by"),
        ("Interval", "person"),
        ("Peer", "person"),
    ):
        merging.register(f"live_room.{name}", field)
    live = Q(state__in=Hand.LIVE)
    for model, same, only in (
        (Participant, "room", None),
        (Hand, "room", live),
        (QuestionVote, "question", None),
        (PollTaken, "poll", None),
        (PollChoice, "option", None),
        (PromptAnswer, "prompt", None),
        (LineCheck, "room", None),
        (Appeal, "room", Q(state=Appeal.State.ASKED)),
    ):
        merging.register(f"live_room.{model.__name__}", "person", Once(model, same, only))
    rights.register_duty(duties)


class Once:
    """Of what stands once a person the row of the one who is kept stays; the other stays where it is and counts for her who was.

    A poll that both answered was answered by two presses; neither can be found among the counts, so none is taken back.
    """

    def __init__(self, model: Any, same: str, only: Q | None) -> None:
        self.model, self.same, self.only = model, same, only

    def collisions(self, kept: Person, gone: Person) -> Iterable[Collision]:
        return ()

    def move(self, writing: Writing) -> None:
        rows = self.model.objects.filter(person=writing.kept)
        mine = set((rows.filter(self.only) if self.only is not None else rows).values_list(self.same, flat=True))
        for row in self.model.objects.filter(person=writing.gone):
            counts = self.only is None or self.model.objects.filter(self.only, pk=row.pk).exists()
            if not counts or getattr(row, f"{self.same}_id") not in mine:
                writing.set(self.model, row.pk, person_id=writing.kept.pk)


def duties(person: Person) -> Iterable[str | Promise]:
    """Minutes of presence are the ground of a result; they are kept as long as it is."""
    if Interval.objects.filter(person=person).exists():
        yield _("Presence in live rooms: results and certificates rest on it.")
