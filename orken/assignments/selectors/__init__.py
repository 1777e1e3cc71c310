"""Reading works. Stable for upper apps: `standings`."""

from orken.assignments.selectors.marking import (
    Waiting,
    alike,
    flags,
    marked_places,
    others,
    to_mark,
    to_review,
    waiting_in,
)
from orken.assignments.selectors.standing import Standing, own, standings, tries
from orken.assignments.selectors.works import Said, place_of, reviews_of, said_of, spans
from orken.assignments.selectors.writing import editable, issuers

__all__ = [
    "Said", "Standing", "Waiting", "alike", "editable", "flags", "issuers", "marked_places", "others", "own", "place_of", "reviews_of", "said_of", "spans",
    "standings", "to_mark", "to_review", "tries", "waiting_in",
]  # fmt: skip
