"""How the trail calls what the School of the Cataloguer writes into it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from orken.cataloguing.models import HeldMark, Publication
from orken.cataloguing.tasks import books
from orken.kit.audit import words

VERBS = {
    "kazmarc.row_added": _("wrote a row of KAZMARC"),
    "kazmarc.row_changed": _("changed a row of KAZMARC"),
    "kazmarc.row_removed": _("took a row of KAZMARC out"),
    "task.published": _("published a task of cataloguing"),
    "task.withdrawn": _("took a task of cataloguing back"),
    "held_mark.sent": _("sent a mark in cataloguing to a teacher"),
    "held_mark.confirmed": _("confirmed a mark in cataloguing"),
    "held_mark.changed": _("changed a mark in cataloguing"),
    "held_mark.withdrawn": _("took a mark back that waited for a teacher"),
    "catalogue_file.sent": _("sent a file of a catalogue"),
    "catalogue_file.forgotten": _("had a file of a catalogue forgotten"),
}
ABOUT = {
    "kazmarc": _("KAZMARC profile"),
    "task": _("Tasks of cataloguing"),
    "held_mark": _("Marks that wait for a person"),
    "catalogue_file": _("Files of catalogues"),
}
FIELDS = {
    "tag": _("Field"),
    "kazmarc.code": _("Indicator or subfield"),
    "used": _("Used"),
    "mandatory": _("Mandatory"),
    "repeatable": _("Repeatable"),
    "values": _("Values"),
    "source": _("Source"),
    "book": _("Book"),
    "format": _("Format"),
    "agreement": _("Agreement"),
    "size": _("Size in bytes"),
    "held_mark.score": _("Mark of the grader"),
    "held_mark.final": _("Mark that counts"),
    "held_mark.cause": _("Why it waits"),
}
THINGS = {
    "cataloguing.publication": words.rows_of("cataloguing.Publication", text=lambda row: _task(row)),
    "cataloguing.heldmark": words.rows_of("cataloguing.HeldMark", text=lambda row: _task(row)),
}


def _task(row: Publication | HeldMark) -> str:
    """The book by the title on its page."""
    try:
        title = books.book(row.book).experts[0].title
    except KeyError:
        title = row.book
    return f"{title} · {row.get_format_display()}"


def register() -> None:
    words.register(about=ABOUT, verbs=VERBS, fields=FIELDS, things=THINGS)
