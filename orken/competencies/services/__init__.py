"""What changes the framework and what is known of people."""

from orken.competencies.services.editions import (
    EditedMeanwhile,
    NotReady,
    drop_draft,
    publish,
    return_to,
    set_anchor,
    set_competency,
    set_domain,
    set_target,
    set_years,
    start_draft,
)  # fmt: skip
from orken.competencies.services.evidence import NothingGiven, assess_self, judge, strike_out, testify

__all__ = [
    "EditedMeanwhile", "NotReady", "NothingGiven", "assess_self", "drop_draft", "judge", "publish", "return_to", "set_anchor",
    "set_competency", "set_domain", "set_target", "set_years", "start_draft", "strike_out", "testify",
]  # fmt: skip
