"""What `credentials` is told at start: which kinds of training there are, for its rules of documents."""

from __future__ import annotations

from orken.credentials import rules
from orken.kit.audit import invariants
from orken.training.certifying import taught
from orken.training.models import Run


def register() -> None:
    rules.register_trainings(lambda: [(code, str(label)) for code, label in Run._meta.get_field("kind").choices or []])
    invariants.register(
        "training.taught: whoever taught a run that is over has the hours of its sessions", taught.miscounted
    )
