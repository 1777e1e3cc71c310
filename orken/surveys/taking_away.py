"""Results as a spreadsheet, and its trace: who took them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orken.kit.audit import services as audit
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.people.models import Account
from orken.surveys.models import Survey
from orken.surveys.results import Result


@transaction.atomic
def xlsx(survey: Survey, results: Sequence[Result], by: Account) -> IO[bytes]:
    """Counts in one sheet, free answers in another: a sheet as a whole is nowhere, it would tell who wrote it."""
    audit.record("survey.taken_away", survey, by=by, scope_path=survey.unit.path)
    counts = Table(
        _("Results"),
        [Column(_("Question"), 60), Column(_("What is rated"), 30), Column(pgettext("noun", "Answer"), 30), Column(_("How many"), 12), Column("%", 8), Column(_("Mean"), 10)],
        _counts(results),
    )  # fmt: skip
    words = Table(
        _("In their own words"), [Column(_("Question"), 60), Column(pgettext("noun", "Answer"), 90)], _words(results)
    )
    return write_xlsx([counts, words])


def _counts(results: Sequence[Result]) -> Iterator[list[Any]]:
    for result in results:
        text = str(result.question.text)
        for bar in result.bars:
            yield [text, "", str(bar.text), bar.count, bar.share, None]
        for line in result.lines:
            mean = round(line.mean, 2) if line.mean is not None else None
            if not line.bars:
                yield [text, str(line.text or ""), "", None, None, mean]
            for place, bar in enumerate(line.bars):
                yield [text, str(line.text or ""), str(bar.text), bar.count, bar.share, mean if place == 0 else None]


def _words(results: Sequence[Result]) -> Iterator[list[Any]]:
    for result in results:
        for text in result.texts:
            yield [str(result.question.text), text]
