"""How the trail calls what happens to sittings. It never keeps an answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.attempts.models import Attempt
from orken.kit.audit import words

VERBS = {
    "attempt.opened": _("began an attempt"),
    "attempt.closed": _("ended an attempt"),
    "attempt.marked": _("marked an answer"),
    "attempt.allowed": _("allowed more time or more attempts"),
    "attempt.taken_away": _("took a table of attempts away"),
    "exercise.regraded": _("marked the attempts of an exercise anew"),
}
ABOUT = {"attempt": _("Attempts")}
FIELDS = {
    "attempt.number": _("Number of the attempt"),
    "attempt.ended": _("How it ended"),
    "attempt.score": _("Score, per cent"),
    "attempt.position": _("Question"),
    "attempt.share": _("Share of the mark"),
    "attempt.minutes": _("minutes more"),
    "attempt.attempts": _("attempts more"),
    "exercise.looked_at": _("looked at"),
    "exercise.changed": _("changed"),
}
VALUES = {"attempt.ended": Attempt.End}


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, values=VALUES)
