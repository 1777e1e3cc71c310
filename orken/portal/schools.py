"""The three schools of the National Library as the public meets them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orken.network.models import Unit


@dataclass(frozen=True)
class School:
    """A school: a line for the card, what it teaches, for whom, how."""

    unit: Unit
    picture: str
    line: Promise | str
    teaches: tuple[Promise | str, ...]
    for_whom: Promise | str
    how: Promise | str


_TEXTS: dict[str, tuple[str, Promise | str, tuple[Promise | str, ...], Promise | str, Promise | str]] = {
    "NL-VIRTUAL": (
        "portal/school_virtual.html",
        _("Lessons that open on a weak line, and practice at your own library."),
        (
            _("the library and its reader today"),
            _("catalogues, collections, reference work"),
            _("digital services and copyright"),
            _("projects, events, talking to the community"),
        ),
        _("For every librarian, first of all in villages and small towns."),
        _("From a distance: a lesson is taken along, the answers are sent when the line comes back."),
    ),
    "NL-CATALOGUER": (
        "portal/school_cataloguer.html",
        _("Real records in real formats, checked as you write them."),
        (
            _("bibliographic description and its rules"),
            _("the machine-readable formats of the country's catalogues"),
            _("subject headings, classification, authority files"),
            _("mistakes that travel between catalogues, and how to mend them"),
        ),
        _("For cataloguers and for those who take up a catalogue."),
        _("In groups of 10 to 15, from a distance and at the Library; every task is checked field by field."),
    ),
    "NL-CONSERVATION": (
        "portal/school_conservation.html",
        _("To see damage, to name it, to stop it, and to know when to leave it alone."),
        (
            _("paper, inks and bindings, and what harms them"),
            _("the passport of a document's condition"),
            _("climate of the stack, mould, insects, disaster"),
            _("first aid and minimal restoration by hand"),
        ),
        _("For keepers of collections and for restorers of libraries, archives and museums."),
        _("In groups of 2 to 6 at the Library's workshop, with travelling master-classes in the regions."),
    ),
}  # fmt: skip


def cards() -> list[School]:
    """The schools that exist today, in the order above."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=_TEXTS, exists=True)}
    return [School(units[code], *texts) for code, texts in _TEXTS.items() if code in units]
