"""What changes a programme. Each verb: one transaction, one permission check, one audit row."""

from orken.curriculum.services.drafts import (
    DOWN,
    UP,
    CodeTaken,
    EditedMeanwhile,
    add_module,
    add_outcome,
    change_module,
    change_outcome,
    create,
    drop_draft,
    move_module,
    move_outcome,
    remove_module,
    remove_outcome,
    start_draft,
    take_over,
    write,
)  # fmt: skip
from orken.curriculum.services.norms import set_norm
from orken.curriculum.services.publishing import NotReady, publish, return_to, withdraw

__all__ = [
    "DOWN", "UP", "CodeTaken", "EditedMeanwhile", "NotReady", "add_module", "add_outcome", "change_module", "change_outcome", "create",
    "drop_draft", "move_module", "move_outcome", "publish", "remove_module", "remove_outcome", "return_to", "set_norm",
    "start_draft", "take_over", "withdraw", "write",
]  # fmt: skip
