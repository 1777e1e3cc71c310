"""What changes banks, questions and exercises. Each verb: one transaction, one permission check, one audit row."""

from orken.questions.services.exercises import (
    add_slot,
    create_exercise,
    drop_exercise_draft,
    exercise_problems,
    move_slot,
    publish_exercise,
    remove_slot,
    return_exercise,
    start_exercise_draft,
    withdraw_exercise,
    write_exercise,
)  # fmt: skip
from orken.questions.services.writing import (
    CodeTaken,
    EditedMeanwhile,
    NotReady,
    add_picture,
    copy_question,
    create_bank,
    create_question,
    drop_draft,
    drop_drafts,
    publish_question,
    question_problems,
    return_question,
    start_draft,
    tag,
    withdraw_question,
    write_question,
)  # fmt: skip

__all__ = [
    "CodeTaken", "EditedMeanwhile", "NotReady", "add_picture", "add_slot", "copy_question", "create_bank", "create_exercise",
    "create_question", "drop_draft", "drop_drafts", "drop_exercise_draft", "exercise_problems", "move_slot", "publish_exercise", "publish_question",
    "question_problems", "remove_slot", "return_exercise", "return_question", "start_draft", "start_exercise_draft", "tag",
    "withdraw_exercise", "withdraw_question", "write_exercise", "write_question",
]  # fmt: skip
