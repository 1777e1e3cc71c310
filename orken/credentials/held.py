"""What «what is held about me» has of certificates, hours, past records and training held elsewhere: a sheet for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from orken.credentials import selectors
from orken.credentials.models import Certificate, OutsideTraining
from orken.credentials.templatetags.credentials import about, academic, said
from orken.kit.sheets.writing import Column, Table
from orken.network import held_file
from orken.people.models import Person

WIDE, NARROW = 40, 16


def register() -> None:
    for title, sheet in (
        (_("Certificates"), certificates), (_("Hours of learning"), hours), (_("Past records"), past), (_("Training held elsewhere"), outside),
    ):  # fmt: skip
        held_file.register(title, address="credentials:mine", sheet=sheet)


def _sheet(name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> Table:
    return Table(name, [Column(heading, width) for heading, width in columns], rows)


def certificates(person: Person) -> Table:
    return _sheet(
        _now("Certificates"),
        [(_now("Registration number"), WIDE), (_now("Document"), WIDE), (_now("Programme or talk"), WIDE), (_now("Academic hours"), NARROW), (_now("Date"), NARROW), (_now("State"), NARROW), (_now("Reason"), WIDE), (_now("Handed over on"), NARROW)],
        (
            [one.number_kk, said(one.data["title"]), about(one), one.academic_hours, one.dated_on, str(one.get_state_display()), one.reason, handed(one)]
            for one in selectors.certificates_of(person).prefetch_related("hand_overs")
        ),
    )  # fmt: skip


def handed(one: Certificate) -> date | None:
    """The last day on which it was handed over; a line that was struck out is none."""
    return max((line.on for line in one.hand_overs.all() if line.superseded_at is None), default=None)


def hours(person: Person) -> Table:
    def source(row: Any) -> str:
        if row.certificate is not None:
            return str(row.certificate.number_kk)
        if row.observed is not None:
            return said(row.observed.title)
        return str(row.past.title if row.past is not None else row.outside.title)

    return _sheet(
        _now("Hours of learning"),
        [(_now("Source"), WIDE), (_now("Kind"), WIDE), (_now("Academic hours"), NARROW), (_now("Last day"), NARROW), (_now("Area of competencies"), NARROW), (pgettext("hours", "Confirmed"), NARROW), (_now("Verified by"), WIDE)],
        (
            [source(row), str(row.get_activity_display()), academic(row.minutes), row.on, row.domain.code if row.domain else "", _now("yes") if row.confirmed else _now("no"), str(row.verifier or "")]
            for row in selectors.hours_of(person).rows
        ),
    )  # fmt: skip


def past(person: Person) -> Table:
    return _sheet(
        _now("Past records"),
        [(_now("Training"), WIDE), (_now("Who held it"), WIDE), (_now("First day"), NARROW), (_now("Last day"), NARROW), (_now("Academic hours"), NARROW), (_now("Number in the journal"), NARROW), (_now("Number of the paper"), NARROW), (_now("Source"), WIDE), (_now("State"), NARROW), (_now("Reason"), WIDE)],
        (
            [one.title, one.organiser, one.starts_on, one.ends_on, one.hours, one.journal, one.paper, source_of(one), str(one.get_state_display()), one.reason]
            for one in selectors.past_of(person)
        ),
    )  # fmt: skip


def source_of(one: Any) -> str:
    """Where a past record comes from: the register with its row, or her own certificate."""
    if one.source is None:
        return str(one.get_origin_display())
    sheet = f", {one.source_sheet}" if one.source_sheet else ""
    return _now("%(file)s%(sheet)s, row %(row)s") % {
        "file": one.source.file_name,
        "sheet": sheet,
        "row": one.source_row,
    }


def outside(person: Person) -> Table:
    return _sheet(
        _now("Training held elsewhere"),
        [(_now("Training"), WIDE), (_now("Who held it"), WIDE), (_now("First day"), NARROW), (_now("Last day"), NARROW), (_now("Academic hours"), NARROW), (_now("Number of the paper"), NARROW), (_now("State"), NARROW), (_now("Reason"), WIDE)],
        (
            [one.title, one.organiser, one.starts_on, one.ends_on, one.hours, one.paper, str(one.get_state_display()), one.reason]
            for one in OutsideTraining.objects.filter(person=person).order_by("-ends_on", "-pk")
        ),
    )  # fmt: skip
