"""Certificates of a person as a sheet of the file that she takes with her."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orken.credentials.models import Certificate, Kind
from orken.kit.i18n.content import current_language
from orken.kit.sheets.writing import Column, Table
from orken.network import held_file
from orken.people.models import Person


def register() -> None:
    held_file.register(gettext_lazy("Certificates"), address="credentials:mine", sheet=sheet)


def sheet(person: Person) -> Table:
    """Every certificate with her name, those that hold no more and those that are not issued yet too."""
    columns = [
        Column(_("Registration number"), 26), Column(_("Document"), 34), Column(_("Programme"), 60), Column(_("Academic hours"), 10), Column(_("Date"), 16),
        Column(_("State"), 16), Column(_("Reason"), 40), Column(_("Handed over on"), 16),
    ]  # fmt: skip
    rows = Certificate.objects.filter(person=person).order_by("-dated_on", "-pk").prefetch_related("hand_overs")
    return Table(_("Certificates"), columns, [_cells(one) for one in rows])


def _cells(one: Certificate) -> list[Any]:
    programme = one.data["programme"]
    handed = max((line.on for line in one.hand_overs.all() if line.superseded_at is None), default=None)
    return [
        one.number_kk, str(Kind(one.kind).label), programme.get(current_language()) or programme["kk"], one.academic_hours, one.dated_on,
        str(one.get_state_display()), one.reason, handed,
    ]  # fmt: skip
