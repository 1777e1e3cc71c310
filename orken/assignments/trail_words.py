"""How the trail calls what happens to assignments and works. It never keeps a text of anybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.assignments.models import Flag, Review, Work
from orken.kit.audit import words

VERBS = {
    "assignment.created": _("began an assignment"),
    "assignment.draft_started": _("began a draft of an assignment"),
    "assignment.written": _("wrote in an assignment"),
    "assignment.rubric_written": _("wrote in a rubric"),
    "assignment.published": _("published an assignment"),
    "assignment.withdrawn": _("took an assignment out"),
    "assignment.draft_dropped": _("threw a draft of an assignment away"),
    "assignment.turned_to_trainer": _("turned reviews of learners to a trainer"),
    "assignment.shared_out": _("shared out reviews among learners"),
    "work.handed_in": _("handed in a work"),
    "work.reviewed": _("gave a mark to a work"),
    "work.decided": _("decided a work"),
    "work.likeness_settled": _("looked at two works that are alike"),
}
ABOUT = {"assignment": _("Assignments"), "work": _("Works")}
FIELDS = {
    "assignment.code": _("Code"),
    "assignment.number": _("Number of the version"),
    "assignment.fields": _("What was written"),
    "assignment.criteria": _("Criteria"),
    "assignment.people": _("People"),
    "assignment.reviews": _("Reviews"),
    "work.number": _("Number of the try"),
    "work.late": _("Late"),
    "work.role": _("Role"),
    "work.score": _("Score, per cent"),
    "work.decided": _("How it was decided"),
    "work.state": _("State"),
    "work.kind": _("What is alike"),
}
VALUES = {"work.role": Review.Role, "work.decided": Work.Decided, "work.state": Work.State, "work.kind": Flag.Kind}


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, values=VALUES)
