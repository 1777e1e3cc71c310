"""Meetings: what a run's programme is made of, who speaks, which institutions take part."""

from orken.meetings.models.guests import Guest, Institution
from orken.meetings.models.programme import Meeting, Release, Section, Sitting, Slot
from orken.meetings.models.talks import Look, Speaker, Talk, TalkFile, TalkSpeaker

__all__ = [
    "Guest",
    "Institution",
    "Look",
    "Meeting",
    "Release",
    "Section",
    "Sitting",
    "Slot",
    "Speaker",
    "Talk",
    "TalkFile",
    "TalkSpeaker",
]
