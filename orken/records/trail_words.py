"""How the trail calls what is done to papers and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from orken.kit.audit import words
from orken.records import kinds
from orken.records.models import Delivery, Number, Paper, Signature

VERBS = {
    "number.spoiled": _("spoiled a number"),
    "paper.prepared": _("prepared a paper"),
    "paper.rewritten": _("changed the draft of a paper"),
    "paper.dropped": _("threw the draft of a paper away"),
    "paper.registered": _("registered a paper"),
    "paper.signed": _("entered the signature of a paper"),
    "paper.spoiled": _("spoiled the number of a paper"),
    "paper.amended": _("amended a paper by another"),
    "paper.cancelled": _("cancelled a paper by another"),
    "paper.handed_over": _("handed a paper over"),
    "paper.handing_over_struck": _("struck a line of the hand-over journal out"),
    "paper.words_written": _("wrote the words of papers"),
    "papers.taken_away": _("took the register of papers as a file"),
}


def _kind_names(codes: Sequence[str]) -> dict[str, str]:
    return {kind.code: str(kind.label) for kind in kinds.all_kinds() if kind.code in codes}


def _line_names(codes: Sequence[str]) -> dict[str, str]:
    return {code: str(line.label) for code, line in kinds.lines().items() if code in codes}


def _number(number: Number) -> str:
    line = kinds.lines().get(number.series.code)
    return f"{line.label if line else number.series.code} {number.series.year} · {number.sequence}"


def register() -> None:
    words.register(
        about={"number": _("Numbers of papers"), "paper": _("Official papers"), "papers": _("Registers of papers")},
        verbs=VERBS,
        fields={
            "number.spoiled.number": _("Number"), "number.spoiled.series": _("Series"), "number.spoiled.year": _("Year"), "paper.number": _("Number"),
            "subject": _("What it is about"), "way": _("Way"), "paper.signatory": _("Signed by"),
            "by_paper": _("By the paper"), "paper.words_written.number": _("Version"),
        },
        values={
            "paper.handed_over.way": Delivery.Way, "paper.signed.way": Signature.Way, "paper.amended.state": Paper.State,
            "paper.cancelled.state": Paper.State,
        },
        named={"paper.kind": _kind_names, "number.spoiled.series": _line_names},
        things={
            "records.number": words.rows_of("records.Number", "series", text=_number),
            "records.paper": words.rows_of("records.Paper", text=str),
            "records.template": words.rows_of("records.Template", "issuer", text=lambda row: row.issuer.name),
        },
    )  # fmt: skip
