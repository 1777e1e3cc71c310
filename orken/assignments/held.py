"""What she handed in and what was said of it, as a sheet of the file that she takes with her."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from orken.assignments.models import Review, Work
from orken.kit.sheets.writing import Column, Table
from orken.network import held_file
from orken.people.models import Person

TITLE = gettext_lazy("My works")


def register() -> None:
    held_file.register(TITLE, address="assignments:mine", sheet=sheet)


def sheet(person: Person) -> Table:
    """Her works with the marks, and the reviews that she gave to others."""
    works = Work.objects.filter(person=person).exclude(state=Work.State.VOID).select_related("version")
    works = works.prefetch_related("parts", "reviews__remarks").order_by("opened_at", "pk")
    given = Review.objects.filter(reviewer=person, role=Review.Role.PEER, state=Review.State.GIVEN).select_related("work__version")  # fmt: skip
    columns = [
        Column(pgettext("of works", "Assignment"), 40), Column(_("Number of the try"), 8), Column(_("State"), 20), Column(_("Handed in on"), 16),
        Column(_("Text"), 60), Column(_("Files"), 40), Column(_("Score, per cent"), 10), Column(_("What was said"), 60),
    ]  # fmt: skip
    return Table(str(TITLE), columns, _lines(works, given))


def _lines(works: Any, given: Any) -> Iterator[list[Any]]:
    for work in works:
        said = [one for one in work.reviews.all() if one.state == Review.State.GIVEN] if work.is_closed else []
        words = [text for one in said for text in (one.words, *(remark.words for remark in one.remarks.all())) if text]
        yield [
            work.version.title, work.number, str(work.get_state_display()), work.handed_at, work.text, ", ".join(part.name for part in work.parts.all()),
            work.score, "\n".join(words),
        ]  # fmt: skip
    for one in given.order_by("given_at", "pk"):
        yield [one.work.version.title, "", _("My review of another's work"), one.given_at, "", "", one.score, one.words]
