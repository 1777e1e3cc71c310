"""Papers that name a person, for herself: the lines of her own page, and a sheet of the file that she takes with her."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.kit.sheets.writing import Column, Table
from orken.network import held_file
from orken.people.models import Person
from orken.records import kinds
from orken.records.models import Named, Paper

TITLE = gettext_lazy("Papers that name me")


def register() -> None:
    held_file.register(TITLE, address="records:mine", sheet=sheet)


def lines(person: Person) -> list[Named]:
    """Her name in every paper that has a number, the newest first; the paper itself names others too and stays where it is."""
    rows = Named.objects.filter(person=person, paper__number__isnull=False).select_related("paper__issuer")
    return list(rows.order_by("-paper__on", "-paper__registered_at"))


def sheet(person: Person) -> Table:
    columns = [
        Column(_("Number"), 16), Column(_("Date"), 16), Column(_("Kind"), 30), Column(_("What it is about"), 70), Column(_("Name as the paper has it"), 40),
        Column(_("Issuer of the paper"), 50), Column(_("State"), 20),
    ]  # fmt: skip
    return Table(_("Papers that name me"), columns, [_cells(one) for one in lines(person)])


def _cells(one: Named) -> list[Any]:
    paper = one.paper
    return [paper.code, paper.on, str(kinds.of(paper.kind).label), paper.subject, one.name, paper.issuer.name, str(Paper.State(paper.state).label)]  # fmt: skip
