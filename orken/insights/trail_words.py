"""How the trail calls what leaves as a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.audit import words

VERBS = {
    "coverage.taken_away": _("took figures of coverage away"),
    "coverage.list_taken_away": _("took a list of coverage away"),
}
FIELDS = {
    "coverage.taken_away.on": _("As of"),
    "coverage.taken_away.known_at": _("As was known on"),
    "coverage.taken_away.years": _("Period"),
}


def register() -> None:
    about = {"coverage": pgettext_lazy("share of people who were trained", "Coverage")}
    words.register(about=about, verbs=VERBS, fields=FIELDS, values={}, named={}, things={})
