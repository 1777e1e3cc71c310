"""How the trail calls what is written about recordings and proceedings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.audit import words
from orken.proceedings.models import Recording

VERBS = {
    "recording.added": _("added a recording"),
    "recording.changed": _("changed what is said about a recording"),
    "recording.chapters": _("took the chapters of a recording from the programme"),
    "recording.captions": _("changed the captions of a recording"),
    "recording.show": _("showed a recording"),
    "recording.take_back": _("took a recording back"),
    "proceedings.prepared": _("prepared the proceedings of a meeting"),
    "proceedings.said_held": _("said what of the programme was held"),
    "proceedings.published": _("published the proceedings of a meeting"),
}
ABOUT = {"recording": _("Recordings"), "proceedings": _("Proceedings")}
FIELDS = {
    "seconds": _("Length in seconds"),
    "audience": _("Who may watch it"),
    "address": _("Address"),
    "talk": _("Talk"),
    "recording.session": pgettext_lazy("of a meeting", "Session"),
    "begins_at": _("Begun at"),
    "spoken": _("Language"),
    "chapters": _("Chapters"),
    "language": _("Language"),
    "lines": _("Lines"),
    "summary": _("Summary"),
    "said_held": _("Held all the same"),
    "said_not_held": _("Not held"),
    "proceedings.number": _("Volume"),
    "proceedings.note": _("Note"),
}
VALUES = {"audience": Recording.Audience, "language": Recording.Spoken}


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, values=VALUES)
