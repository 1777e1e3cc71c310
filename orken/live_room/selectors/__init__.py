"""Reading rooms, by subject; pages and other apps read from here."""

from orken.live_room.selectors.record import Record, going_on, record
from orken.live_room.selectors.said import (
    OPINION,
    QUESTION,
    Line,
    PollResult,
    Spoken,
    languages,
    polls,
    spoken,
    transcript,
    webvtt,
)

__all__ = [
    "OPINION",
    "QUESTION",
    "Line",
    "PollResult",
    "Record",
    "Spoken",
    "going_on",
    "languages",
    "polls",
    "record",
    "spoken",
    "transcript",
    "webvtt",
]
