"""One seminar of the demo from its plan to the picture of the region: twelve stops, each signed in as whoever does it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orken.portal.personas import Persona, persona_of

RUN = "PVL-2026-01"  # the travelling seminar of Pavlodar in April 2026: the village librarian was there
NUMBER = "PVL-2026-000005-J"  # and this is her certificate


@dataclass(frozen=True)
class Stop:
    """What is done at this stop, by whom (nobody: without signing in), and where it is seen."""

    name: Promise | str
    text: Promise | str
    login: str
    address: str
    arguments: tuple[str, ...] = ()
    query: str = ""

    @property
    def persona(self) -> Persona | None:
        return persona_of(self.login)


CHAIN: tuple[Stop, ...] = (
    Stop(
        pgettext_lazy("stop of the chain", "Plan"),
        _("The region opens a travelling seminar by a published programme: days, place, trainers, seats."),
        "pavlodar", "training:desk", (RUN,),
    ),
    Stop(
        pgettext_lazy("stop of the chain", "Applications"),
        _("Librarians apply, heads send theirs as a list; each line is decided and told why."),
        "pavlodar", "training:applicants", (RUN,),
    ),
    Stop(
        pgettext_lazy("stop of the chain", "Seats"),
        _("Every move of a seat is a line of a ledger; who waits moves up by a stated rule."),
        "pavlodar", "training:seats", (RUN,),
    ),
    Stop(
        pgettext_lazy("stop of the chain", "Orders"),
        _("The orders follow from the run; the registrar numbers them without a gap and enters the signature."),
        "registrar", "training:run_papers", (RUN,),
    ),
    Stop(
        pgettext_lazy("stop of the chain", "Timetable"),
        _("Sessions with rooms and trainers; a clash is shown before it happens."),
        "pavlodar", "training:timetable", (RUN,),
    ),
    Stop(
        pgettext_lazy("stop of the chain", "Attendance"),
        _("Who was there, to the minute: by keys, on a telephone without a line, on a numbered sheet."),
        "pavlodar", "training:attendance", (RUN,),
    ),
    Stop(
        pgettext_lazy("stop of the chain", "Result"),
        _("Marks and minutes meet the rule; a commission confirms, and the sheet is frozen."),
        "pavlodar", "training:results", (RUN,),
    ),
    Stop(
        pgettext_lazy("stop of the chain", "Certificates"),
        _("Those who passed get a numbered certificate in two languages, all of them in one batch."),
        "registrar", "training:certificates", (RUN,),
    ),
    Stop(
        pgettext_lazy("stop of the chain", "Register"),
        _("Issued, handed over, replaced, revoked, copied: the register keeps every step."),
        "registrar", "credentials:register",
    ),
    Stop(
        pgettext_lazy("stop of the chain", "Hours"),
        _("The certificate and its hours stand in the record of the village librarian."),
        "village", "credentials:mine",
    ),
    Stop(
        pgettext_lazy("stop of the chain", "A stranger’s check"),
        _("Anybody checks the number or scans the code, and learns no more than the law wants."),
        "", "credentials:verify_number", (NUMBER,),
    ),
    Stop(
        pgettext_lazy("stop of the chain", "Coverage"),
        _("The seminar has moved the picture of the region: who was trained, and how many never."),
        "pavlodar", "insights:coverage", ("KZ-55",),
    ),
)  # fmt: skip


def stop_of(number: str) -> Stop | None:
    """The stop of that number, counted from one."""
    return CHAIN[int(number) - 1] if number.isdecimal() and 1 <= int(number) <= len(CHAIN) else None
