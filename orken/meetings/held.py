"""What meetings hold about a person, as a sheet of the file that she takes with her."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from orken.kit.sheets.writing import Column, Table
from orken.meetings.models import Speaker
from orken.network import held_file
from orken.people.models import Person

TITLE = gettext_lazy("My talks")


def register() -> None:
    held_file.register(TITLE, address="meetings:mine", sheet=sheet)


def sheet(person: Person) -> Table:
    rows = Speaker.objects.filter(person=person).select_related("meeting__run").prefetch_related("talks").order_by("pk")
    columns = [
        Column(_("Meeting"), 60), Column(_("Date"), 16), Column(_("Talk"), 60), Column(_("Name as the programme has it"), 40),
        Column(pgettext("of a speaker", "Position"), 40), Column(_("Institution"), 50), Column(_("Recording"), 30),
    ]  # fmt: skip
    return Table(str(TITLE), columns, [_cells(row) for row in rows])


def _cells(row: Speaker) -> list[object]:
    titles = "; ".join(talk.title for talk in row.talks.all())
    return [row.meeting.run.title, row.meeting.run.starts_on, titles, row.full_name(), row.position, row.institution, str(row.get_consent_display())]  # fmt: skip
