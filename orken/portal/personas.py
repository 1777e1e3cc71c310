"""Who a visitor of the demo may be: one click signs in as her, three steps show what she does."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    """One step of the tour: what she does, in a sentence, and the address where she does it."""

    text: Promise | str
    address: str
    arguments: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True)
class Persona:
    """A synthetic account of the demo country and the story of her day."""

    login: str
    title: Promise | str
    story: Promise | str
    steps: tuple[Step, Step, Step]


_SEARCH = Step(
    _("Find a library by any form of its name, in any of the three languages."),
    "portal:search",
    query="q=кітапханашының",
)
_ROLES = Step(_("Read who may do what: the whole table is one page."), "network:roles")
_REGION = Step(_("Look at a region as anybody sees it."), "network:region", ("KZ-55",))
_DESK = Step(_("See your post, your library and who helps you."), "portal:desk")
_COUNTRY = Step(_("See the country: every region, district and branch in one list."), "network:units")
_CALENDAR = Step(_("Find a course in the calendar and see why you can or cannot apply."), "training:calendar")
_TRAIL = Step(_("Read who changed what, and when."), "network:trail")

PERSONAS: tuple[Persona, ...] = (
    Persona(
        "pavlodar",
        _("Methodologist of a region"),
        _("Keeps the network of Pavlodar region: its districts, branches and their lines; sees nothing of other regions."),
        (
            Step(_("See every library of your region, filter those without a line, save this view."), "network:units"),
            Step(_("Send your librarians to a course: choose it in the calendar, then name them or send a table."), "training:calendar"),
            Step(_("Send in the list of libraries as a table: nothing is written before you say so."), "network:import"),
        ),
    ),
    Persona(
        "village",
        _("Librarian of a village"),
        _("Alone in a branch, on a weak line, with readers at the desk."),
        (_DESK, _CALENDAR, _REGION),
    ),
    Persona(
        "national",
        _("Methodologist of the National Library"),
        _("Sees the country, opens new units, follows the oblasts through their splits."),
        (
            Step(_("Lead the runs of the Library: applications, seats, timetable."), "training:runs"),
            Step(_("Open Semey's library as of 24 November 2021: it stood under East Kazakhstan."), "network:semey"),
            _COUNTRY,
        ),
    ),
    Persona(
        "head",
        _("Head of a district system"),
        _("Answers for the branches of one district and for the people in them."),
        (
            Step(_("See who works in your district, and end or begin an appointment."), "network:staff"),
            Step(_("Open the page of your library system."), "network:unit", ("KZ-55-D02",)),
            _ROLES,
        ),
    ),
    Persona(
        "registrar",
        _("Registrar"),
        _("Numbers orders and certificates and hands them over; sees the country, changes nothing in it."),
        (
            Step(_("Open the register of papers: give a draft its number, enter a signature."), "records:papers"),
            Step(_("Look at the staff of the country as a list."), "network:staff"),
            _TRAIL,
        ),
    ),
    Persona(
        "curator",
        _("Curator of a school"),
        _("Leads the School of the Cataloguer: writes its programmes, opens its groups, sums up its results."),
        (
            Step(_("See the programmes of your school and what their drafts still lack."), "curriculum:programmes"),
            Step(_("Look at the catalogue as a librarian sees it."), "curriculum:catalogue"),
            Step(_("Read the framework of competencies that outcomes are tied to."), "competencies:framework"),
        ),
    ),
    Persona(
        "trainer",
        _("Trainer of a school"),
        _("Teaches first aid to written documents; sees her school and her groups."),
        (_DESK, Step(_("Look at your school as the public sees it."), "portal:school", ("NL-CONSERVATION",)), _SEARCH),
    ),
    Persona(
        "mentor",
        _("Mentor of students"),
        _("A cataloguer who guides students of the college at the workplace."),
        (_DESK, Step(_("Look at the School of the Cataloguer."), "portal:school", ("NL-CATALOGUER",)), _SEARCH),
    ),
    Persona(
        "student",
        _("Student of dual education"),
        _("Learns at the college and at the Library."),
        (_DESK, Step(_("Look at the Virtual Library School."), "portal:school", ("NL-VIRTUAL",)), _SEARCH),
    ),
    Persona(
        "director",
        _("Director of the National Library"),
        _("Signs, and sees the whole on one page."),
        (_COUNTRY, _ROLES, _TRAIL),
    ),
    Persona(
        "administrator",
        _("System administrator"),
        _("Keeps the system running; gives roles, reads the trail, sees no staff lists."),
        (_ROLES, _TRAIL, _COUNTRY),
    ),
)  # fmt: skip


def persona_of(login: str) -> Persona | None:
    return next((persona for persona in PERSONAS if persona.login == login), None)
