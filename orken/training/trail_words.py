"""How the trail calls what the training office writes into it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.curriculum.models import ProgrammeVersion
from orken.kit.audit import words
from orken.training.models import Applicant, CostLine, Enrolment


class Open(models.TextChoices):
    """The pool of a run that is no unit's own."""

    OPEN = "open", _("open to everybody")


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
    "run.co_hosts_set": _("said who holds a run together"),
    "run.costs_set": _("wrote the costs of a run"),
    "seats.shared": _("shared out seats"),
    "seats.released": _("let free seats go up"),
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
    "applicant.list_taken_away": _("took a list of applicants away as a file"),
    "enrolment.excused": _("noted that somebody excused herself"),
    "enrolment.missed": _("noted that somebody did not come"),
    "enrolment.restored": _("noted that somebody came after all"),
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
    "code": _("Code"),
    "room": _("Room"),
    "route": _("Route"),
    "run.units": _("Co-hosts"),
    "run.costs_set.lines": _("Costs"),
    "confirm_by": _("Decided by"),
    "minimum": _("Fewest people"),
    "form": _("Form of learning"),
    "languages": _("Languages"),
    "place": pgettext_lazy("in the trail", "place"),
    "link": _("Link"),
    "deciding": _("How seats are given"),
    "moves_by_itself": _("The waiting list moves by itself"),
}


ABOUT = {
    "run": _("Runs"),
    "seats": _("Seats"),
    "trainer": _("Trainers"),
    "application": _("Applications"),
    "applicant": _("Applicants"),
    "enrolment": _("Enrolments"),
    "session": _("Timetable"),
    "room": _("Rooms"),
}
VALUES = {
    "level": Applicant.Level,
    "run.opened.kind": ProgrammeVersion.Kind,
    "run.costs_set.lines": CostLine.Kind,
    "applicant.pool": Open,
    # Noted on the applicant, yet the state is that of her enrolment.
    **{f"enrolment.{verb}.state": Enrolment.State for verb in ("excused", "missed", "restored")},
}
UNITS, RUNS = words.rows_of("network.Unit", field="code"), words.rows_of("training.Run", field="code")
PEOPLE = {"training.applicant": "training.Applicant", "training.trainer": "training.Trainer"}
NAMED = {"run": RUNS, "pool": UNITS, "route": UNITS, "run.place": UNITS, "run.units": UNITS}
THINGS = {
    **{kind: words.rows_of(model, "person") for kind, model in PEOPLE.items()},
    "training.application": words.rows_of(
        "training.Application", "run", "unit", text=lambda row: f"{row.run}: {row.unit}"
    ),
}


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, values=VALUES, named=NAMED, things=THINGS)
