"""Reading what is learnt: her courses, one lesson, a group."""

from orken.study.selectors.group import Line, group
from orken.study.selectors.learner import (
    Place,
    Progress,
    Step,
    enrolments_of,
    found_in,
    glossary,
    learning,
    next_steps,
    notes_of,
    offering_of,
    progress_of,
    seen_of,
    standings,
    unfinished,
)

__all__ = [
    "Line",
    "Place",
    "Progress",
    "Step",
    "enrolments_of",
    "found_in",
    "glossary",
    "group",
    "learning",
    "next_steps",
    "notes_of",
    "offering_of",
    "progress_of",
    "seen_of",
    "standings",
    "unfinished",
]
