"""The verbs of learning. Other apps call them from here."""

from orken.study.services.learning import BadPlace, Kept, keep_notes, note, see, see_all, settle
from orken.study.services.opening import Refused, open_course
from orken.study.services.telling import NobodyChosen, message

__all__ = [
    "BadPlace",
    "Kept",
    "NobodyChosen",
    "Refused",
    "keep_notes",
    "message",
    "note",
    "open_course",
    "see",
    "see_all",
    "settle",
]
