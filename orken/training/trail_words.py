"""How the trail calls what the training office writes into it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.kit.audit import words
from orken.training.models import Applicant

VERBS = {
    "run.opened": _("opened a run"),
    "run.changed": _("changed a run"),
    "run.capacity_set": _("changed the seats of a run"),
    "run.confirm": _("confirmed a run"),
    "run.loosen": _("made a run tentative again"),
    "run.begin": _("began a run"),
    "run.assess": _("led a run into the assessment"),
    "run.close": _("closed a run"),
    "run.archive": _("put a run into the archive"),
    "run.cancel": _("cancelled a run"),
    "run.route_set": _("set the route of a run"),
    "run.costs_set": _("wrote the costs of a run"),
    "seats.shared": _("shared out seats"),
    "trainer.invited": _("asked a trainer"),
    "trainer.answered": _("noted a trainer's answer"),
    "application.sent": _("sent an application"),
    "applicant.passed_on": _("passed an applicant on"),
    "applicant.accepted": _("gave a seat"),
    "applicant.waits": _("put an applicant on the waiting list"),
    "applicant.declined": _("declined an applicant"),
    "applicant.withdrawn": _("took an application back"),
    "applicant.replaced": _("replaced an applicant"),
    "applicant.named": _("named the person of a seat"),
    "session.added": _("added a session"),
    "session.changed": _("changed a session"),
    "session.cancelled": _("took a session out"),
    "room.added": _("added a room"),
}
FIELDS = {
    "seats": _("Seats"),
    "capacity": _("Seats"),
    "run": _("Run"),
    "people": pgettext_lazy("in the trail", "people"),
    "pool": _("Seat from"),
    "level": _("Who looks at it"),
    "topic": _("Topic"),
    "starts_at": pgettext_lazy("in the trail", "begins"),
    "ends_at": pgettext_lazy("in the trail", "ends"),
    "release_on": _("free seats go up on"),
    "title_kk": _("Title in Kazakh"),
    "title_ru": _("Title in Russian"),
    "title_en": _("Title in English"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "apply_until": _("Applications until"),
}


def register() -> None:
    words.register(verbs=VERBS, fields=FIELDS, values={"level": Applicant.Level})
