"""The results of an exercise as a table that leaves: who took it away is told in the trail and under «who looked»."""

from __future__ import annotations

from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from orken.attempts import owners, selectors, statistics
from orken.kit.sheets.writing import Column, Table, write_xlsx
from orken.network import taking_away
from orken.people.models import Account
from orken.people.services import rights
from orken.questions.models import Exercise


@transaction.atomic
def table(*, exercise: Exercise, places: list[str], by: Account) -> IO[bytes]:
    """Sittings at these places, and the figures of the questions on a second sheet."""
    rows = list(selectors.sittings(exercise, places))
    names = owners.titles(places)
    people = sorted({row.person_id for row in rows})
    rights.note_taken(people=people, by=by, numbers=False)
    taking_away.written("attempt.taken_away", by, [exercise.unit.path], len(rows), taking_away.Numbers.NONE, [exercise.code])  # fmt: skip
    sittings = Table(
        pgettext("sheet of a table", "Attempts"),
        [
            Column(_("Full name"), 40), Column(_("Where"), 40), Column(_("Attempt"), 8), Column(_("Begun"), 16), Column(_("Ended"), 16),
            Column(_("State"), 20), Column(_("Score, per cent"), 10), Column(_("Passed"), 10),
        ],
        (
            [
                row.person.full_name(), names.get(row.context, ("", ""))[0], row.number, row.opened_at, row.closed_at, str(row.get_state_display()),
                row.score, "" if row.passed is None else _("yes") if row.passed else _("no"),
            ]
            for row in rows
        ),
    )  # fmt: skip
    figures = Table(
        _("Questions"),
        [
            Column(_("Question"), 70),
            Column(_("Answers"), 10),
            Column(_("Facility"), 10),
            Column(_("Discrimination"), 14),
        ],
        ([one.label, one.answers, one.facility, one.discrimination] for one in statistics.of_exercise(exercise)),
    )
    return write_xlsx([sittings, figures])
