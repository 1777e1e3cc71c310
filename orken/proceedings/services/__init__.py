"""The verbs of recordings and proceedings: keyword-only, one transaction, one audit row."""

from orken.kit.states import WayIsClosed
from orken.proceedings.services.recordings import (
    EditedMeanwhile,
    ReasonIsMissing,
    add_recording,
    change_recording,
    lead,
    set_captions,
    take_captions,
    take_chapters,
)
from orken.proceedings.services.volumes import NothingToPublish, change_summary, publish, say_held
from orken.proceedings.services.watching import watch

__all__ = [
    "EditedMeanwhile", "NothingToPublish", "ReasonIsMissing", "WayIsClosed", "add_recording", "change_recording", "change_summary", "lead",
    "publish", "say_held", "set_captions", "take_captions", "take_chapters", "watch",
]  # fmt: skip
