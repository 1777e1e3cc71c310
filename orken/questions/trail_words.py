"""How the trail calls what authors of questions write into it. It never keeps what is asked: the trail is read by many."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.audit import words
from orken.questions.models import Behaviour, Counts, Reveal

VERBS = {
    "bank.created": _("began a bank of questions"),
    "bank.imported": _("took a file of questions in"),
    "question.created": _("wrote a new question"),
    "question.tagged": _("sorted a question into the bank"),
    "question.draft_started": _("began a new version of a question"),
    "question.taken_over": _("took an earlier version of a question into the draft"),
    "question.written": _("changed the draft of a question"),
    "question.draft_dropped": _("threw the draft of a question away"),
    "question.published": _("published a question"),
    "question.reverted": _("returned a question to an earlier version"),
    "question.withdrawn": _("took a question out"),
    "exercise.created": _("began an exercise"),
    "exercise.draft_started": _("began a new version of an exercise"),
    "exercise.written": _("changed the draft of an exercise"),
    "exercise.slot_added": _("added a place to an exercise"),
    "exercise.slot_removed": _("took a place out of an exercise"),
    "exercise.slot_moved": _("moved a place of an exercise"),
    "exercise.draft_dropped": _("threw the draft of an exercise away"),
    "exercise.published": _("published an exercise"),
    "exercise.reverted": _("returned an exercise to an earlier version"),
    "exercise.withdrawn": _("took an exercise out"),
}
ABOUT = {
    "bank": _("Banks of questions"), "question": pgettext_lazy("in the trail", "Questions of banks"), "exercise": pgettext_lazy("of questions", "Exercises"),
}  # fmt: skip
FIELDS = {
    "question.kind": _("Kind of question"),
    "tags": _("Tags"),
    "mark": pgettext_lazy("of a question", "Marks"),
    "question.based_on": _("Made from version"),
    "exercise.based_on": _("Made from version"),
    "question.number": _("Version"),
    "exercise.number": _("Version"),
    "imported": _("taken in"),
    "not_imported": _("not taken in"),
}
VALUES = {"exercise.behaviour": Behaviour, "exercise.counts": Counts, "exercise.reveal": Reveal}
ALSO = {"exercise": ("questions.ExerciseVersion", "questions.Slot"), "question": ("questions.QuestionVersion",)}


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, values=VALUES, also=ALSO)
