"""What can be done to questionnaires and surveys."""

from orken.surveys.services.asking import (
    AlreadyAnswered,
    NotOpen,
    answer,
    close_survey,
    find,
    invite,
    kiosk,
    open_survey,
    remind,
    slips,
)
from orken.surveys.services.writing import (
    DOWN,
    UP,
    EditedMeanwhile,
    NotReady,
    create,
    drop_draft,
    move_question,
    problems_of,
    publish,
    put_question,
    remove_question,
    start_draft,
    write,
)

__all__ = [
    "DOWN", "UP", "AlreadyAnswered", "EditedMeanwhile", "NotOpen", "NotReady", "answer", "close_survey", "create",
    "drop_draft", "find", "invite", "kiosk", "move_question", "open_survey", "problems_of", "publish", "put_question", "remind",
    "remove_question", "slips", "start_draft", "write",
]  # fmt: skip
