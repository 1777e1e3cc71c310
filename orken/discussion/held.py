"""What she wrote in discussions, as a sheet of the file that she takes with her."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.discussion.models import Post
from orken.kit.sheets.writing import Column, Table
from orken.network import held_file
from orken.people.models import Person

TITLE = gettext_lazy("My posts in discussions")


def register() -> None:
    held_file.register(TITLE, address="discussion:mine", sheet=sheet)


def sheet(person: Person) -> Table:
    rows = Post.objects.filter(author=person).select_related("thread").order_by("created_at", "pk")
    columns = [Column(_("Discussion"), 60), Column(_("When"), 16), Column(_("Text"), 80), Column(_("State"), 24), Column(_("Reason"), 40)]  # fmt: skip
    return Table(str(TITLE), columns, ([row.thread.title, row.created_at, row.text, str(row.get_state_display()), row.reason] for row in rows))  # fmt: skip
