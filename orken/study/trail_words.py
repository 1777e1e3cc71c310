"""How the trail calls what study writes into it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.kit.audit import words

VERBS = {
    "study.opened": _("gave a run its course"),
    "study.finished": _("finished a course"),
    "study.told": _("wrote to learners of a run"),
}
FIELDS = {"course": _("Course"), "pace": _("Pace"), "people": _("People"), "exercises": _("Exercises")}


def register() -> None:
    words.register(about={"study": _("Study")}, verbs=VERBS, fields=FIELDS)
