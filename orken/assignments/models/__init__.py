"""Assignments: what is asked with its rubric, what was handed in, what was said of it."""

from orken.assignments.models.definition import (
    Assignment,
    AssignmentVersion,
    FrozenRubric,
    Marking,
    Published,
    code_validator,
)
from orken.assignments.models.marks import Flag, Remark, Review
from orken.assignments.models.work import Part, Saving, Work

__all__ = [
    "Assignment",
    "AssignmentVersion",
    "Flag",
    "FrozenRubric",
    "Marking",
    "Part",
    "Published",
    "Remark",
    "Review",
    "Saving",
    "Work",
    "code_validator",
]
