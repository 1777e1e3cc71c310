"""What changes assignments and works. Each verb: one transaction, one permission check, one audit row."""

from orken.assignments.services.authoring import (
    create,
    drop_draft,
    move_criterion,
    problems,
    publish,
    remove_criterion,
    start_draft,
    withdraw,
    write,
    write_criterion,
)
from orken.assignments.services.handing import add_parts, begin, clean, drop_part, hand_in, keep_beside, put_back, save
from orken.assignments.services.likeness import settle_flag
from orken.assignments.services.marking import Place, agree, drop_remark, give, keep, remark, take
from orken.assignments.services.refusals import REFUSALS, Refused
from orken.assignments.services.reminding import tell_markers
from orken.assignments.services.sharing import finish_overdue, remind, share_out
from orken.questions.services import CodeTaken, EditedMeanwhile, NotReady

__all__ = [
    "REFUSALS", "CodeTaken", "EditedMeanwhile", "NotReady", "Place", "Refused", "add_parts", "agree", "begin", "clean", "create", "drop_draft",
    "drop_part", "drop_remark", "finish_overdue", "give", "hand_in", "keep", "keep_beside", "move_criterion", "problems", "publish", "put_back", "remark", "remind",
    "remove_criterion", "save", "settle_flag", "share_out", "start_draft", "take", "tell_markers", "withdraw", "write", "write_criterion",
]  # fmt: skip
