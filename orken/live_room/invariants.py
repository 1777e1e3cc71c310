"""Truths of rooms that no constraint can hold; `orken audit invariants` proves them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.live_room.models import Deck, Poll, PollChoice, Question, Room


def register() -> None:
    invariants.register("live_room.votes: a question has as many votes as people voted for it", votes)
    invariants.register("live_room.polls: a poll counts as many answers as people answered it", polls)
    invariants.register("live_room.names: an anonymous poll keeps no name beside an answer", names)
    invariants.register("live_room.stage: what stands on stage belongs to the room", stage)


def votes() -> Iterator[Broken]:
    for row in Question.objects.filter(merged_into=None).annotate(n=Count("voters")).exclude(n=F("votes")):
        yield Broken(f"question {row.pk}", f"counts {row.votes}, {row.n} voted")


def polls() -> Iterator[Broken]:
    for row in Poll.objects.annotate(n=Count("taken")).exclude(n=F("answered")):
        yield Broken(f"poll {row.pk}", f"counts {row.answered}, {row.n} have answered")
    for one in Poll.objects.annotate(given=Sum("options__count")).filter(Q(many=False) & ~Q(given=F("answered"))):
        yield Broken(f"poll {one.pk}", f"{one.answered} have answered, {one.given} answers are counted")


def names() -> Iterator[Broken]:
    for pk in PollChoice.objects.filter(option__poll__anonymous=True).values_list("pk", flat=True):
        yield Broken(f"choice {pk}", "stands beside an anonymous poll")


def stage() -> Iterator[Broken]:
    for room in Room.objects.filter(slot__isnull=False).exclude(slot__session=F("session")):
        yield Broken(f"room {room.pk}", "a place of another session stands on its stage")
    for deck in Deck.objects.exclude(talk__meeting=F("room__session__run")):
        yield Broken(f"deck {deck.pk}", "slides of another meeting")
