"""Coverage as a spreadsheet: the table, and beside it what it counts, as of when, who took it and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orken.insights.coverage import PEOPLE, Coverage, Line
from orken.insights.shown import APART, COUNTED, HEADS, HIDDEN, PERIODS, TRAINED, figures
from orken.kit.audit import services as audit
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.people.models import Account


@transaction.atomic
def taken(answer: Coverage, told: Sequence[tuple[str, str]], by: Account) -> IO[bytes]:
    """The file, with a row of the trail that it left."""
    asked = answer.question
    facts = {
        "on": asked.on.isoformat(),
        "known_at": asked.known_at.isoformat() if asked.known_at else "",
        "years": asked.years,
    }
    audit.record("coverage.taken_away", answer.unit, by=by, scope_path=answer.unit.path, after=facts)
    return write_xlsx([_numbers(answer), _about(answer, told, by)])


def _numbers(answer: Coverage) -> Table:
    columns = [Column(_("Code"), 16), Column(_("Unit"), 50)]
    for name, label in HEADS.items():
        columns.append(Column(str(label), 14))
        if name.startswith("in-") or name == "never":
            columns.append(Column(f"{label}, %", 10))
    lines = [(line, _("its own staff") if line.own else "") for line in answer.lines]
    return Table(
        pgettext("share of people who were trained", "Coverage"), columns, [*(_row(line, answer, more) for line, more in lines), _row(answer.total, answer, _("in all"))]
    )  # fmt: skip


def _row(line: Line, answer: Coverage, more: str) -> list[Any]:
    cells: list[Any] = [line.code, f"{line.name} ({more})" if more else line.name]
    for one in figures(line, answer.question.years):
        cells.append(_("hidden") if one.value is None else one.value)
        if one.name.startswith("in-") or one.name == "never":
            cells.append(one.share)
    return cells


def _about(answer: Coverage, told: Sequence[tuple[str, str]], by: Account) -> Table:
    """What a report has to say of itself: denominators, day, knowledge, who and when."""
    asked = answer.question
    total = answer.total.people
    pairs: list[tuple[str, Any]] = [
        (_("Unit"), answer.unit.name),
        (_("As of"), asked.on),
        (_("As was known on"), timezone.localdate(asked.known_at) if asked.known_at else _("the moment it was taken")),
        (_("Period of participations, certificates and hours"), str(PERIODS[asked.years])),
        *told,
        (str(HEADS[PEOPLE]), _("hidden") if total is None else total),
        (_("What is counted"), " ".join(map(str, [COUNTED, TRAINED, APART, *([] if answer.whole else [HIDDEN])]))),
        (_("Minutes of an academic hour"), answer.total.norm),
        (_("Taken by"), str(by)),
        (_("Taken at"), timezone.now()),
    ]  # fmt: skip
    return Table(_("About this table"), [Column(_("What"), 50), Column(_("Value"), 100)], pairs)
