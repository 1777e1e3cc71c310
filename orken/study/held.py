"""What study holds about a person, as sheets of the file that she takes with her: what she read, what she noted."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.kit.sheets.writing import Column, Table
from orken.network import held_file
from orken.people.models import Person
from orken.study import outline as outlines
from orken.study.models import Note, Seen

READ, NOTED = gettext_lazy("What I have read in courses"), gettext_lazy("My notes in courses")


def register() -> None:
    held_file.register(READ, address="study:mine", sheet=read)
    held_file.register(NOTED, address="study:mine", sheet=noted)


def read(person: Person) -> Table:
    rows = (
        Seen.objects.filter(enrolment__person=person)
        .select_related("enrolment__run__offering__version")
        .order_by("at", "pk")
    )
    columns = [Column(_("Course"), 60), Column(_("Lesson"), 60), Column(_("When"), 18)]
    return Table(str(READ), columns, ([row.enrolment.run.title, _lesson(row), row.at] for row in rows))


def noted(person: Person) -> Table:
    rows = (
        Note.objects.filter(enrolment__person=person)
        .select_related("enrolment__run__offering__version")
        .order_by("created_at", "pk")
    )
    columns = [Column(_("Course"), 60), Column(_("Lesson"), 60), Column(_("When"), 18), Column(_("Text"), 80)]
    return Table(
        str(NOTED), columns, ([row.enrolment.run.title, _lesson(row), row.changed_at, row.text] for row in rows)
    )


def _lesson(row: Seen | Note) -> str:
    offering = getattr(row.enrolment.run, "offering", None)
    lesson = outlines.of(offering.version).by_key.get(row.lesson) if offering else None
    return lesson.title if lesson else ""
