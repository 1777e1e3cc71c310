"""Truths of programmes that no constraint can hold; `orken audit invariants` proves them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Max

from orken.kit.audit import invariants
from orken.kit.audit.invariants import Broken
from orken.meetings.models import Meeting, Section, Slot, Talk, TalkSpeaker


def register() -> None:
    invariants.register(
        "meetings.places: only accepted talks stand in a programme, in sessions of their own run", places
    )
    invariants.register("meetings.versions: releases are numbered from one without a gap", versions)
    invariants.register("meetings.speakers: whoever speaks or moderates stands in the same meeting", speakers)


def places() -> Iterator[Broken]:
    for slot in Slot.objects.filter(talk__isnull=False).exclude(talk__state=Talk.State.ACCEPTED).select_related("talk"):
        yield Broken(f"place {slot.pk}", f"its talk is {slot.talk.state if slot.talk else ''}")
    for slot in Slot.objects.exclude(session__run=F("meeting")):
        yield Broken(f"place {slot.pk}", "stands in a session of another run")
    for slot in Slot.objects.filter(talk__isnull=False).exclude(talk__meeting=F("meeting")):
        yield Broken(f"place {slot.pk}", "holds a talk of another meeting")


def versions() -> Iterator[Broken]:
    for meeting in Meeting.objects.annotate(n=Count("releases"), last=Max("releases__number")).exclude(n=0):
        if meeting.n != meeting.last:
            yield Broken(f"meeting {meeting.pk}", f"{meeting.n} releases, the last is {meeting.last}")


def speakers() -> Iterator[Broken]:
    for row in TalkSpeaker.objects.exclude(speaker__meeting=F("talk__meeting")):
        yield Broken(f"talk {row.talk_id}", f"is given by a speaker of another meeting ({row.speaker_id})")
    chairs = Section.moderators.through.objects.exclude(speaker__meeting=F("section__meeting"))
    for section, speaker in chairs.values_list("section", "speaker"):
        yield Broken(f"section {section}", f"is moderated by a speaker of another meeting ({speaker})")
