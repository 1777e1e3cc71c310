"""How well a learner saw: her regions against the experts' (conservation.md §5).

    result = regions_grader.grade(reference, marks, canvas=…, dont_care=…)
    result.score, result.caps, result.matched[0].comment

Location × type × severity with optimal matching; tolerance in millimetres; guards against carpets of marks and
stacks of types; critical damages are gates. `VERSION` is kept with every mark, so that an old one can be explained.
"""

from orken.conservation.regions_grader.cleaning import MOST_MARKS
from orken.conservation.regions_grader.consensus import Consensus, consensus
from orken.conservation.regions_grader.grading import (
    CRITICAL_CAP,
    VERSION,
    Cap,
    Extra,
    Match,
    Miss,
    Reference,
    Result,
    as_dict,
    grade,
)
from orken.conservation.regions_grader.severity import ENOUGH_PAIRS, KAPPA_NEEDED, quadratic_kappa

__all__ = [
    "CRITICAL_CAP",
    "ENOUGH_PAIRS",
    "KAPPA_NEEDED",
    "MOST_MARKS",
    "VERSION",
    "Cap",
    "Consensus",
    "Extra",
    "Match",
    "Miss",
    "Reference",
    "Result",
    "as_dict",
    "consensus",
    "grade",
    "quadratic_kappa",
]
