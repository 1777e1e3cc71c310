"""What she answered, as a sheet of the file that she takes with her."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from orken.attempts.models import AttemptItem
from orken.kit.sheets.writing import Column, Table
from orken.network import held_file
from orken.people.models import Person
from orken.questions.showing import AnswerRefused, judge

TITLE = gettext_lazy("My tests and exercises")


def register() -> None:
    held_file.register(TITLE, address="attempts:mine", sheet=sheet)


def sheet(person: Person) -> Table:
    rows = AttemptItem.objects.filter(attempt__person=person).select_related("attempt__version", "question").order_by("attempt__opened_at", "position")  # fmt: skip
    columns = [
        Column(pgettext("of questions", "Exercise"), 40), Column(_("Begun"), 16), Column(_("Score, per cent"), 10), Column(_("Question"), 60), Column(pgettext("of a question", "Answer"), 60),
        Column(_("State"), 20), Column(_("Comment"), 40),
    ]  # fmt: skip
    return Table(str(TITLE), columns, _lines(rows))


def _lines(rows: Any) -> Iterator[list[Any]]:
    for row in rows:
        attempt = row.attempt
        yield [
            attempt.version.title, attempt.opened_at, attempt.score, row.question.label if row.question else row.kind, answered(row),
            str(row.get_state_display()), row.comment,
        ]  # fmt: skip


def answered(item: AttemptItem) -> str:
    """An answer in words."""
    if item.answer is None:
        return ""
    try:
        return "\n".join(judge(item.kind, item.asked, item.seed, item.answer).answered)
    except (AnswerRefused, KeyError):
        return str(item.answer)
