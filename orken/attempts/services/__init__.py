"""What changes sittings. Each verb: one transaction, one permission check, one audit row; a save adds a step, which is its own log."""

from orken.attempts.services.closing import close_overdue, hand_in
from orken.attempts.services.marking import CannotMark, MarkedMeanwhile, allow, mark, regrade
from orken.attempts.services.opening import CannotSit, NoAttemptLeft, NotPublished, open_attempt
from orken.attempts.services.steps import GRACE, LATE, MOST_ANSWER, Line, Written, choose, hand_in_files, settle, write

__all__ = [
    "GRACE", "LATE", "MOST_ANSWER", "CannotMark", "CannotSit", "Line", "MarkedMeanwhile", "NoAttemptLeft", "NotPublished", "Written", "allow", "choose",
    "close_overdue", "hand_in", "hand_in_files", "mark", "open_attempt", "regrade", "settle", "write",
]  # fmt: skip
