"""How the trail calls what authors of programmes write into it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.curriculum.models import Programme
from orken.kit.audit import words

VERBS = {
    "programme.created": _("began a programme"),
    "programme.started": _("began a new version of a programme"),
    "programme.written": _("changed the draft of a programme"),
    "programme.module_added": _("added a module to a programme"),
    "programme.module_changed": _("changed a module of a programme"),
    "programme.module_removed": _("took a module out of a programme"),
    "programme.module_moved": _("moved a module of a programme"),
    "programme.outcome_added": _("added an outcome to a programme"),
    "programme.outcome_changed": _("changed an outcome of a programme"),
    "programme.outcome_removed": _("took an outcome out of a programme"),
    "programme.outcome_moved": _("moved an outcome of a programme"),
    "programme.draft_dropped": _("threw the draft of a programme away"),
    "programme.published": _("published a programme"),
    "programme.reverted": _("returned a programme to an earlier version"),
    "programme.withdrawn": _("took a programme out of the catalogue"),
    "norm.set": _("set the norm of hours"),
}
ABOUT = {"programme": _("Programmes"), "norm": _("Norm of hours")}
FIELDS = {
    "module": _("Module"),
    "outcome": _("Outcome"),
    "competency": _("Competency"),
    "based_on": _("Made from version"),
    "programme.level": _("Level"),
    "position": pgettext_lazy("in the trail", "place in the order"),
    "minutes": _("Minutes of an academic hour"),
    "hours_a_day": _("Hours a day at most"),
    "hours_a_week": _("Hours a week at most"),
}
THINGS = {
    "curriculum.programme": words.rows_of("curriculum.Programme", "draft", "published", text=lambda row: _called(row)),
}
ALSO = {"programme": ("curriculum.ProgrammeVersion", "curriculum.Module", "curriculum.Outcome")}


def _called(row: Programme) -> str:
    version = row.published or row.draft
    return f"{row.code} {version.title}" if version else row.code


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, things=THINGS, also=ALSO)
