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
from orken.competencies.services.evidence import (
    NothingGiven,
    Shown,
    assess_self,
    judge,
    strike_out,
    take_back,
    testify,
    testify_all,
)

__all__ = [
    "EditedMeanwhile", "NotReady", "NothingGiven", "Shown", "assess_self", "drop_draft", "judge", "publish", "return_to", "set_anchor",
    "set_competency", "set_domain", "set_target", "set_years", "start_draft", "strike_out", "take_back", "testify", "testify_all",
]  # fmt: skip
