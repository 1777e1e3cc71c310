"""What recordings hold about a person, as a sheet of the file that she takes with her."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from orken.kit.sheets.writing import Column, Table
from orken.network import held_file
from orken.people.models import Person
from orken.proceedings import watching
from orken.proceedings.models import Recording, Stretch

TITLE = gettext_lazy("Recordings that you watched")


def register() -> None:
    held_file.register(TITLE, address="credentials:mine", sheet=sheet)


def sheet(person: Person) -> Table:
    """Each recording with how much of it was played; the minutes that count stand in the sheet of hours."""
    stretches: dict[int, list[tuple[int, int]]] = {}
    for recording, begins, ends in Stretch.objects.filter(person=person).values_list("recording", "begins", "ends"):
        stretches.setdefault(recording, []).append((begins, ends))
    rows = Recording.objects.filter(pk__in=stretches).select_related("run").order_by("pk")
    columns = [
        Column(_("Meeting"), 60),
        Column(pgettext("of a meeting", "Recording"), 60),
        Column(_("Watched, percent"), 18),
    ]
    return Table(
        str(TITLE), columns, [[one.run.title, one.title, watching.share(watching.covered(stretches[one.pk]), one.seconds)] for one in rows]
    )  # fmt: skip
